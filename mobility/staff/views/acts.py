"""The base of every page that changes an activity."""

from django.shortcuts import get_object_or_404

from mobility.staff.models import Activity
from mobility.web import acts


class Act(acts.Step):
    template_name = "staff/act.html"
    of = "activity"
    activity: Activity

    def find(self) -> None:
        visible = Activity.objects.visible_to(self.request.user).select_related("person", "department", "partner")
        self.activity = get_object_or_404(visible, pk=self.kwargs["pk"])

    def could_be_late(self) -> bool:
        return self.activity.steps.exists() and super().could_be_late()

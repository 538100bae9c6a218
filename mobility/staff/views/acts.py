"""The base of every page that changes an activity."""

from django.shortcuts import get_object_or_404

from mobility.staff import permissions
from mobility.staff.models import Activity
from mobility.web import acts


class Act(acts.Step):
    template_name = "staff/act.html"
    of = "activity"
    activity: Activity

    def find(self) -> None:
        visible = Activity.objects.visible_to(self.request.user).select_related("person", "department", "partner")
        self.activity = get_object_or_404(visible, pk=self.kwargs["pk"])

    @property
    def where_it_stands(self) -> str:
        """In the words of whoever reads: the office's, or the traveller's own."""
        mine = permissions.is_own(self.request.user, self.activity)
        return self.activity.travellers_state if mine else str(self.activity.get_state_display())

    def could_be_late(self) -> bool:
        return self.activity.steps.exists() and super().could_be_late()

"""The base of every page that changes an activity, and of every page whose subject moves through states."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from mobility.staff.models import Activity
from mobility.web import acts


class Step(acts.Act):
    """Of two that press at once, or one who presses twice, the second reads where it stands."""

    is_late = False

    @property
    def moving(self) -> Any:
        """What has the state."""
        return self.subject

    def forbid(self) -> None:
        if not self.could_be_late():
            super().forbid()
        self.is_late = True

    def could_be_late(self) -> bool:
        """It is this person's to do, only not now."""
        moving, now = self.moving, self.moving.state
        try:
            for state in dict(moving._meta.get_field("state").choices):
                moving.state = state
                if self.allowed(self.request.user, self.subject):
                    return True
        finally:
            moving.state = now
        return False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_late:
            return super().dispatch(request, *args, **kwargs)
        told = _("This was done already, or moved on meanwhile. Where it stands now: %(state)s.")
        messages.warning(request, told % {"state": self.moving.get_state_display()})
        return redirect(self.home())


class Act(Step):
    template_name = "staff/act.html"
    of = "activity"
    activity: Activity

    def find(self) -> None:
        visible = Activity.objects.visible_to(self.request.user).select_related("person", "department", "partner")
        self.activity = get_object_or_404(visible, pk=self.kwargs["pk"])

    def could_be_late(self) -> bool:
        return self.activity.steps.exists() and super().could_be_late()

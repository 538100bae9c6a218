from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from mobility.students.models import ApplicationState
from mobility.web.lists import List
from mobility.web.tables import Column
from mobility.web.templatetags.ui import pill
from selection.desk import Progress, with_progress
from selection.filters import QueueFilter
from selection.models import Conflict

from .faculty import OfFaculty


class Queue(OfFaculty, List):
    template_name = "selection/queue.html"
    filterset_class = QueueFilter
    sort = "number"
    columns = (
        Column(_("Applicant"), "number", ("number",)),
        Column(_("Specialty")),
        Column(_("Course year"), css="number"),
        Column(_("Mean mark"), css="number"),
        Column(_("Read"), css="number"),
        Column(_("Points so far"), css="number deciding"),
        Column(_("State")),
    )
    fields = (
        "number",
        "student__family_name",
        "student__given_name",
        "student__patronymic",
        "state",
        "specialty",
        "course_year",
        "group",
        "mean_mark",
        "points",
        "claims_count",
        "claims_read",
        "stays_out",
    )

    def calls(self) -> QuerySet:
        return with_progress(super().calls(), self.faculty)

    def get_queryset(self) -> QuerySet:
        mine = Conflict.objects.of_person(self.request.user).filter(application=OuterRef("pk"))
        return self.applications().annotate(stays_out=Exists(mine))

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        names = (row["student__family_name"], row["student__given_name"], row["student__patronymic"])
        return row | {
            "name": " ".join(filter(None, names)),
            "mark": None if row["mean_mark"] is None else row["mean_mark"] / 100,
            "points": row["points"] / 100,
            "shown_as": self.shown_as(row),
        }

    def shown_as(self, row: dict[str, Any]) -> str:
        if row["stays_out"]:
            return "stays-out"
        if row["state"] == ApplicationState.WITHDRAWN:
            return "withdrawn"
        return "read" if row["claims_read"] >= row["claims_count"] else "to-read"

    def heads(self) -> dict[str, Any]:
        """The words of all rows, looked up once."""
        states = {
            "stays-out": pill("neutral", _now("You stay out"), "eye"),
            "withdrawn": pill("neutral", _now("withdrawn")),
            "read": pill("done", pgettext("state of an application", "Read")),
            "to-read": pill("info", _now("To read"), "circle"),
        }
        words = {"year": _now("course year"), "mark": _now("mean mark"), "read": _now("read")}
        return words | {"of": _now("%(done)s of %(whole)s"), "states": states}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Progress.of(self.call.progress)
        self.request.waiting = {"desk-queue": found.left}  # type: ignore[attr-defined] -- the tabs read it
        return super().get_context_data(
            progress=found,
            heads=self.heads(),
            verify_at=self.verify_at(),
            pending=self.call.pending or 0,
            is_early=timezone.now() < self.call.deadline,
            **kwargs,
        )

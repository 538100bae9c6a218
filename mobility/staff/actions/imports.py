"""Earlier years' trips, from a spreadsheet: they are over, and enter the room as completed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.people.models import User
from mobility.staff.models import Activity, Report, State, StepKind
from partners.models import Direction, Institution

from .decisions import hold_days
from .steps import note, tell_partners


@transaction.atomic
def import_trips(*, rows: Iterable[Mapping[str, Any]], by: User, at: datetime) -> int:
    """All or nothing. A trip that is there, by person and first day, takes the values of the row."""
    return sum(_put(values, by=by, at=at) for values in rows)


def _put(values: Mapping[str, Any], *, by: User, at: datetime) -> int:
    person, institution = values["person"], values["institution"]
    there = Activity.objects.seated().filter(person=person, starts=values["starts"]).first()
    staff = getattr(person, "staff", None)
    activity = there or Activity(
        person=person, author=by, department=staff.department if staff else None, direction=Direction.OUTGOING
    )
    activity.form, activity.subject, activity.starts, activity.ends = (
        values[name] for name in ("form", "subject", "starts", "ends")
    )
    if isinstance(institution, Institution):
        activity.partner, activity.elsewhere = institution, ""
        activity.country, activity.city = institution.country, institution.city
    else:
        activity.partner, activity.condition, activity.elsewhere = None, None, institution
        activity.country, activity.city = values["country"], values.get("city", "")
    activity.host_reason = activity.host_reason or _("Entered from a list of earlier years")
    activity.purpose = activity.purpose or values["subject"]
    activity.expected_result = activity.expected_result or values["subject"]
    activity.state, activity.since = State.ACCEPTED, at
    activity.full_clean()
    activity.save()
    hold_days(activity)
    tell_partners(activity)
    if values.get("result"):
        Report.objects.update_or_create(activity=activity, defaults={"results": values["result"]})
    note(activity, kind=StepKind.IMPORTED, by=by, at=at)
    return 1

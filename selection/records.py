"""What the roster says of an applicant by now, against what the application took from it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from mobility.people.models.students import Funding, StudyLanguage
from mobility.students.actions import COPIED, OF_MARKS, roster_of
from mobility.students.models import Application
from mobility.web.templatetags.ui import points

TAKEN = (*COPIED, *OF_MARKS, "sanctions", "is_on_leave", "earlier_mobility")
CHOICES = {"funding": Funding, "study_language": StudyLanguage}


class Difference(NamedTuple):
    """In words."""

    field: str
    before: str
    after: str


class Compared(NamedTuple):
    """`has_moved` is to another faculty, which is no matter of numbers."""

    differences: list[Difference]
    has_moved: bool


def compared(application: Application, *, at: datetime) -> Compared:
    now = roster_of(application.student, call=application.call, at=at)
    changed = [name for name in TAKEN if getattr(application, name) != now[name]]
    told = [
        Difference(_label(name), _said(name, getattr(application, name)), _said(name, now[name])) for name in changed
    ]
    return Compared(told, now["faculty_id"] != application.faculty_id)


def _label(name: str) -> str:
    return str(_("Mean mark") if name == "mean_mark" else Application._meta.get_field(name).verbose_name)


def _said(name: str, value: Any) -> str:
    if name == "mean_mark":
        return points(None if value is None else value / 100)
    if name == "is_on_leave":
        return _("yes") if value else _("no")
    if name in CHOICES and value:
        return str(CHOICES[name](value).label)
    return str(getattr(value, "name", value)) or "–"

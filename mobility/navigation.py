"""The tabs of every page, by role. They ask for `user.roles` and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from mobility.people.models import RoleKind
from mobility.people.permissions import can_open_people, can_open_students
from mobility.staff.permissions import can_open_staff
from mobility.students.permissions import can_apply
from partners.permissions import can_read_agreements

PAGES_OF_TABS = {
    "desk-queue": ("queue", "verify"),
    "desk-ranking": ("standing",),
    "desk-protocol": ("protocol", "commission"),
}


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    current: bool
    count: int | None = None


def navigation(request: HttpRequest) -> dict[str, SimpleLazyObject]:
    """The context processor: what shows no tabs asks for no roles."""
    return {"navigation": SimpleLazyObject(partial(tabs, request))}


def tabs(request: HttpRequest, *, counts: Mapping[str, int] | None = None) -> list[Tab]:
    """`counts` are what waits, by URL name; a page that knows them says so in `request.waiting`."""
    counts = counts or getattr(request, "waiting", {})
    return [
        Tab(label, url, current=_is_current(request.path, url) or _is_at(name, request.path), count=counts.get(name))
        for name, label in _entries(getattr(request, "user", None))
        if (url := reverse(name))
    ]


def _entries(user) -> Iterator[tuple[str, Promise]]:
    if user is None or not user.is_authenticated:
        yield "home", _("Start")
        yield "call-list", _("Calls")
        yield "event-list", _("Events")
        yield "partner-list", _("Partners")
        return
    kinds = {role.kind for role in user.roles}
    yield "home", _("What awaits you")
    yield "call-list", _("Calls")
    yield "event-list", _("Events")
    yield "partner-list", _("Partners")
    if can_apply(user):
        yield "application-list", _("My application")
    if can_read_agreements(user):
        yield "agreement-list", _("Agreements")
    if can_open_staff(user):
        yield "staff", _("Staff mobility")
    if RoleKind.DEANS_OFFICE in kinds:
        yield "desk-queue", _("Queue")
        yield "desk-ranking", _("Ranking")
        yield "desk-protocol", _("Protocol")
    if can_open_students(user):
        yield "student-list", _("Students")
    if can_open_people(user):
        yield "person-list", _("People")
    if RoleKind.ADMINISTRATOR in kinds:
        yield "admin:index", _("Administration")
    elif RoleKind.IR_OFFICER in kinds:
        yield "admin:index", _("Reference data")


def _is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _is_at(name: str, path: str) -> bool:
    """/selection/PT27/general/queue/ belongs to the tab of the queue, runs to that of calls."""
    if name == "call-list":
        return path.startswith("/runs/")
    parts = path.split("/")
    return path.startswith("/selection/") and len(parts) > 4 and parts[4] in PAGES_OF_TABS.get(name, ())

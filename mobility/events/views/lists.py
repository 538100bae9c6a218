"""Coming events for everybody, one's own, the faculty's, and International Relations' board: one table, four doors."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.events import permissions, sheet
from mobility.events.filters import EventFilter
from mobility.events.models import BEING_NAMED, STUDENTS_NAMES, Event, Kind, State
from mobility.events.querysets import faculties_of
from mobility.web.lists import List
from mobility.web.spreadsheets import answer, xlsx_bytes
from mobility.web.tables import Column
from mobility.web.templatetags.ui import pill
from partners.atlas import country_name

PILLS = {
    State.ANNOUNCED: ("info", "circle"),
    State.NAMED: ("info", "circle"),
    State.CONFIRMED: ("info", "circle"),
    State.APPROVED: ("info", "circle"),
    State.DECIDED: ("info", "circle"),
    State.ORDERED: ("ok", "calendar-event"),
    State.AWAY: ("ok", ""),
    State.REPORT_DUE: ("warn", ""),
    State.REPORTED: ("info", "circle"),
    State.CLOSED: ("done", ""),
    State.COMPETED: ("neutral", "list"),
    State.REFUSED: ("neutral", ""),
    State.CANCELLED: ("neutral", ""),
}
MOST_EXPORTED = 20_000
KINDS = dict(Kind.choices)


def columns_by(*days: str) -> tuple[Column, ...]:
    """`days` is what the list is sorted by."""
    return (
        Column(_("Event")),
        Column(_("Kind")),
        Column(_("Where")),
        Column(_("Days"), "days", days),
        Column(_("Team of places"), css="number"),
        Column(_("State")),
    )


class EventList(List):
    template_name = "events/list.html"
    sort = "-days"
    title: Any
    line: Any = ""
    for_offices = False
    columns = columns_by("starts")

    @property
    def fields(self) -> tuple[str, ...]:
        plain = ("pk", "title", "kind", "state", "starts", "ends", "report_due", "country", "city", "elsewhere")
        return (*plain, "places", "agreed", "wishes", "wishes_until", *self.of_partner)

    @property
    def of_partner(self) -> tuple[str, str]:
        """Its name and city in the reader's language."""
        return f"partner__short_name_{get_language()}", f"partner__city_{get_language()}"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.allowed(request.user):
            raise Http404
        self.today = timezone.localdate()
        self.drawn: dict[tuple[str, bool], SafeString] = {}
        self.team = _now("%(team)s of %(places)s")

    @staticmethod
    def allowed(user: Any) -> bool:
        raise NotImplementedError

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        state = row["state"]
        is_late = state == State.REPORT_DUE and row["report_due"] and row["report_due"] < self.today
        host, city = (row[name] for name in self.of_partner)
        return row | {
            "pk": str(row["pk"]),  # a page would ask how the reader's language writes a number
            "kind": KINDS[row["kind"]],
            "host": host or row["elsewhere"],
            "place": ", ".join(filter(None, (city or row["city"], country_name(row["country"])))),
            "team": self.team % {"team": row["agreed"], "places": row["places"]},
            "pill": self.pill(state, is_late=bool(is_late and self.for_offices)),
            "is_open": state in BEING_NAMED and bool(row["wishes_until"] and row["wishes_until"] >= self.today),
        }

    def pill(self, state: str, *, is_late: bool) -> SafeString:
        """Drawn once for all rows of one state."""
        if (state, is_late) not in self.drawn:
            kind, icon = ("bad", "") if is_late else PILLS[state]
            word = State(state).label if self.for_offices else STUDENTS_NAMES[state]
            self.drawn[state, is_late] = pill(kind, _now("Report late") if is_late else word, icon)
        return self.drawn[state, is_late]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs)
        return context | {
            "title": self.title,
            "line": self.line,
            "all": reverse("event-list"),
            "labels": {"team": _now("Team of places")},
            "ways": ways(self.request),
            "for_offices": self.for_offices,
            "may_announce": user.is_authenticated and permissions.can_announce(user),
            "export": f"{reverse('event-export')}{self.address(page=None)}" if self.may_export else "",
        }

    @property
    def may_export(self) -> bool:
        return False


@method_decorator(login_not_required, name="dispatch")
class EventsComing(EventList):
    title, line = _("Students' events"), _("Invitations to teams of our students: what comes, where, and who pays.")
    sort = "days"
    columns = columns_by("ends", "starts")  # along the index that leaves the past out

    @staticmethod
    def allowed(_user: Any) -> bool:
        return True

    def get_queryset(self) -> QuerySet:
        return Event.objects.visible_to(self.request.user).coming(self.today).with_team()


class EventsMine(EventList):
    title, line = _("My events"), _("Where you are in the team, or wished to be.")
    allowed = staticmethod(permissions.can_open_own)

    def get_queryset(self) -> QuerySet:
        mine = Event.objects.of_member(self.request.user).values("pk")
        return Event.objects.filter(pk__in=mine).with_team()


class EventsFaculty(EventList):
    title, line = _("The faculty's events"), _("Those to name a team for, and those your students are in.")
    filterset_class = EventFilter
    for_offices = True
    allowed = staticmethod(permissions.is_deans_office)

    def get_queryset(self) -> QuerySet:
        return Event.objects.of_faculties(faculties_of(self.request.user)).with_team()


class EventsBoard(EventList):
    title, line = _("All events"), _("Every invitation, from the announcement to the report.")
    filterset_class = EventFilter
    for_offices = True
    allowed = staticmethod(permissions.can_open_board)

    def get_queryset(self) -> QuerySet:
        return Event.objects.visible_to(self.request.user).with_team()

    @property
    def may_export(self) -> bool:
        return True


class EventsExport(EventsBoard):
    """The board as it stands, all its pages, as a spreadsheet."""

    http_method_names = ["get", "head"]

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        found = self._filterset(self.get_queryset()).qs.order_by("-starts", "-pk")[:MOST_EXPORTED]
        content = xlsx_bytes(header=sheet.header(), rows=sheet.rows(found), title=_now("Students' events"))
        return answer(content, name=f"events-{timezone.localdate().isoformat()}.xlsx")


def ways(request: HttpRequest) -> list[dict[str, Any]]:
    """The room's own tabs, by role; a visitor has none."""
    user = request.user
    if not user.is_authenticated:
        return []
    all_of_them = [
        (True, "event-list", _("Coming"), "calendar-event"),
        (permissions.can_open_own(user), "event-mine", _("Mine"), "person"),
        (permissions.is_deans_office(user), "event-faculty", _("Faculty"), "people"),
        (permissions.can_open_board(user), "event-board", _("All"), "list"),
        (permissions.can_open_offices(user), "event-calendar", _("Calendar of the year"), "calendar2-week"),
        (permissions.can_open_offices(user), "event-figures", _("Figures"), "bar-chart"),
    ]
    return [
        {"label": label, "url": reverse(name), "icon": icon, "current": request.resolver_match.url_name == name}
        for may, name, label, icon in all_of_them
        if may
    ]

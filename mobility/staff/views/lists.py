"""My mobility, the department's, and International Relations' board: one table, three doors."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.staff import permissions, sheet
from mobility.staff.filters import LATE, ActivityFilter, DepartmentFilter
from mobility.staff.models import TRAVELLERS_NAMES, Activity, Form, State
from mobility.staff.plans.permissions import can_open_plans
from mobility.web.lists import List
from mobility.web.spreadsheets import answer, xlsx_bytes
from mobility.web.tables import Column
from mobility.web.templatetags.ui import pill
from partners.atlas import country_name

from .bulk import verbs_of

PILLS = {
    State.DRAFT: ("neutral", "pencil"),
    State.PROPOSED: ("info", "circle"),
    State.RETURNED: ("warn", ""),
    State.ENDORSED: ("info", "circle"),
    State.PREPARED: ("info", "circle"),
    State.APPROVED: ("info", "circle"),
    State.ORDERED: ("ok", "calendar-event"),
    State.UNDER_WAY: ("ok", ""),
    State.REPORT_DUE: ("warn", ""),
    State.REPORTED: ("info", "circle"),
    State.ACCEPTED: ("done", ""),
    State.REFUSED: ("neutral", ""),
    State.CANCELLED: ("neutral", ""),
}
MOST_EXPORTED = 20_000
FORMS = dict(Form.choices)


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """To where this person's work with staff mobility begins."""
    if permissions.can_open_board(request.user):
        return redirect("staff-board")
    if permissions.can_open_department(request.user):
        return redirect("staff-department")
    if permissions.can_travel(request.user):
        return redirect("staff-mine")
    raise Http404


class ActivityList(List):
    template_name = "staff/list.html"
    filterset_class = ActivityFilter
    sort = "-days"
    title: Any
    line: Any = ""
    traveller = False
    columns = (
        Column(_("Who, what for")),
        Column(_("Form")),
        Column(_("Where")),
        Column(_("Days"), "days", ("starts",)),
        Column(_("State")),
    )

    @property
    def fields(self) -> tuple[str, ...]:
        return (
            "pk",
            "subject",
            "form",
            "direction",
            "state",
            "starts",
            "ends",
            "report_due",
            "country",
            "city",
            "elsewhere",
            f"partner__short_name_{get_language()}",
            "person",
            "person__family_name",
            "person__given_name",
        )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.allowed(request.user):
            raise Http404
        self.today = timezone.localdate()
        self.drawn: dict[str, SafeString] = {}
        self.forms = {form: str(label) for form, label in FORMS.items()}  # translated once for all rows

    @staticmethod
    def allowed(user: Any) -> bool:
        raise NotImplementedError

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        state = row["state"]
        is_late = state == State.REPORT_DUE and row["report_due"] and row["report_due"] < self.today
        host = row[f"partner__short_name_{get_language()}"] or row["elsewhere"]
        name = f"{row['person__family_name']} {row['person__given_name']}".strip()
        return row | {
            "pk": str(row["pk"]),  # a page would ask how the reader's language writes a number
            "name": row["subject"] if self.traveller else name,
            "second": self.second(row, name),
            "form": self.forms[row["form"]],
            "host": host,
            "country": country_name(row["country"]),
            "pill": self.pill(LATE if is_late else state),
            "is_guest": row["direction"] == "incoming",
        }

    def pill(self, state: str) -> SafeString:
        """Drawn once for all rows of one state."""
        if state not in self.drawn:
            kind, icon = PILLS.get(state, ("bad", ""))
            word = _now("Report late") if state == LATE else self.word(state)
            self.drawn[state] = pill(kind, word, icon)
        return self.drawn[state]

    def second(self, row: dict[str, Any], name: str) -> str:
        """Under the name what for; on one's own list nobody needs to read their own name."""
        if not self.traveller:
            return row["subject"]
        return "" if row["person"] == self.request.user.pk else name

    def word(self, state: str) -> Any:
        return TRAVELLERS_NAMES[state] if self.traveller else State(state).label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "title": self.title,
            "line": self.line,
            "verbs": [] if self.traveller else verbs_of(self.request.user, self.request.GET.get("state", "")),
            "ways": ways(self.request),
            "may_write": permissions.can_travel(self.request.user),
            "export": f"{reverse('staff-export')}{self.address(page=None)}" if self.may_export else "",
            "today": self.today,
            "staff": reverse("staff"),
            "may_import": permissions.can_import(self.request.user),
        }

    @property
    def may_export(self) -> bool:
        return not self.traveller and permissions.can_open_board(self.request.user)


class StaffMine(ActivityList):
    columns = (Column(_("What for")), *ActivityList.columns[1:])
    title, line = _("My mobility"), _("Your trips and your guests, from the memo to the report.")
    filterset_class = None
    traveller = True
    allowed = staticmethod(permissions.can_travel)

    def get_queryset(self) -> QuerySet:
        return Activity.objects.of(self.request.user)


class StaffDepartment(ActivityList):
    """A head's department, or the departments of a dean's office."""

    line = _("Who leaves and who comes, what waits, whose report is late.")
    filterset_class = DepartmentFilter
    allowed = staticmethod(permissions.can_open_department)

    @property
    def title(self) -> str:
        heads = permissions.heads_a_department(self.request.user)
        return _now("The department's mobility") if heads else _now("The faculty's mobility")

    def get_queryset(self) -> QuerySet:
        return Activity.objects.of_departments(Activity.objects.departments_of(self.request.user))


class StaffBoard(ActivityList):
    title, line = _("Staff mobility"), _("Every trip and every guest of the university.")
    allowed = staticmethod(permissions.can_open_board)

    def get_queryset(self) -> QuerySet:
        """All that were sent: whoever opens the board sees all; their own drafts stand on their own list."""
        return Activity.objects.sent()


class StaffExport(StaffBoard):
    """The board as it stands, all its pages, as a spreadsheet."""

    http_method_names = ["get", "head"]

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        found = self._filterset(self.get_queryset()).qs.order_by("-starts", "-pk")[:MOST_EXPORTED]
        content = xlsx_bytes(header=sheet.header(), rows=sheet.rows(found), title=_now("Staff mobility"))
        return answer(content, name=f"staff-{timezone.localdate().isoformat()}.xlsx")


def ways(request: HttpRequest) -> list[dict[str, Any]]:
    """The room's own tabs, by role."""
    user = request.user
    all_of_them = [
        (permissions.can_travel(user), "staff-mine", _("Mine"), "person"),
        (
            permissions.can_open_department(user),
            "staff-department",
            _("Department") if permissions.heads_a_department(user) else _("Faculty"),
            "people",
        ),
        (permissions.can_open_board(user), "staff-board", _("All"), "list"),
        (permissions.can_open_staff(user), "staff-calendar", _("Calendar of the year"), "calendar-event"),
        (can_open_plans(user), "plan-list", _("Annual plans"), "clipboard-check"),
        (permissions.can_read_figures(user), "staff-figures", _("Figures"), "bar-chart"),
    ]
    return [
        {"label": label, "url": reverse(name), "icon": icon, "current": request.resolver_match.url_name == name}
        for may, name, label, icon in all_of_them
        if may
    ]

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.people.academic_years import AcademicYear
from mobility.web.charts import Pair, bars
from mobility.web.lists import List
from mobility.web.tables import Column
from partners.atlas import country_name, map_of
from partners.filters import PartnerFilter
from partners.models import Agreement, AgreementState, Condition, Flow, Institution, MobilityKind, NameKind
from partners.permissions import can_edit_institutions, can_read_agreements

from .agreements import PILLS, shown_to
from .papers_of import papers_of

ON_A_MAP = 500
"""More partners than this make no picture; the page says how to narrow them."""


@method_decorator(login_not_required, name="dispatch")
class PartnerList(List):
    template_name = "partners/list.html"
    filterset_class = PartnerFilter
    sort = "name"
    whole_by = ("archived",)

    @property
    def columns(self) -> list[Column]:
        return [
            Column(_("University"), "name", [f"sort_name_{get_language()}"]),
            Column(_("City"), "city", [f"city_{get_language()}"]),
            Column(_("Country")),
            Column(_("Website")),
        ]

    @property
    def fields(self) -> list[str]:
        named = [f"{field}_{get_language()}" for field in ("short_name", "name", "city")]
        return [
            *named,
            "code",
            "own_name",
            "own_language",
            "city",
            "city_en",
            "country",
            "website",
            "is_key",
            "archived_at",
        ]

    def get_queryset(self):
        everyone = Institution.objects.visible_to(self.request.user).partners()
        return everyone if self.request.GET.get("archived") else everyone.active()

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        language = get_language()
        return row | {
            "name": row[f"short_name_{language}"],
            "city": row[f"city_{language}"] or row["city_en"] or row["city"],
            "country": country_name(row["country"]),
            "host": row["website"].split("//")[-1].removeprefix("www.").rstrip("/"),
        }

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        count = context["list"].state.found
        context["map"] = map_of(self.found) if 0 < count <= ON_A_MAP else None
        context["too_many"] = count > ON_A_MAP
        context["unplaced"] = count - context["map"]["placed"] if context["map"] else 0
        context["may_edit"] = self.request.user.is_authenticated and can_edit_institutions(self.request.user)
        return context


@login_not_required
@require_safe
def partner_detail(request: HttpRequest, code: str) -> HttpResponse:
    visible = Institution.objects.visible_to(request.user).partners()
    institution = get_object_or_404(visible, code=code)
    names = list(institution.names.all())
    may_edit = request.user.is_authenticated and can_edit_institutions(request.user)
    agreements = agreements_with(institution, request.user)
    context = {
        "institution": institution,
        "names": [name for name in names if name.kind == NameKind.FULL],
        "former_names": [name for name in names if name.kind == NameKind.FORMER],
        "predecessors": institution.origins.select_related("predecessor"),
        "successors": institution.successions.select_related("successor"),
        "contacts": institution.contacts.all() if may_edit else [],
        "map": map_of(Institution.objects.filter(pk=institution.pk), counted=False),
        "may_edit": may_edit,
        "agreements": agreements,
        "papers": papers_of(institution, [row["agreement"] for row in agreements]),
        "people": people_with(institution, request.user),
    }
    return render(request, "partners/detail.html", context)


def people_with(institution: Institution, user: Any) -> dict[str, Any] | None:
    """Who went there and who came, by year and by kind of mobility, for those who may read agreements."""
    if not user.is_authenticated or not can_read_agreements(user):
        return None
    found = Flow.objects.filter(institution=institution).summed_each_way("academic_year", "kind")
    rows = [dict.fromkeys(row, 0) | {name: value for name, value in row.items() if value} for row in found]
    if not rows:
        return None
    years = sorted({row["academic_year"] for row in rows}, reverse=True)
    each = [(year, [row for row in rows if row["academic_year"] == year]) for year in years]
    pairs = [Pair(year, sum(row["went"] for row in of), sum(row["came"] for row in of)) for year, of in each]
    kinds = MobilityKind.values
    return {
        "bars": bars(pairs),
        "rows": [
            row | {"word": MobilityKind(row["kind"]).label}
            for _year, of in each
            for row in sorted(of, key=lambda row: kinds.index(row["kind"]))
        ],
    }


def agreements_with(institution: Institution, user: Any) -> list[dict[str, Any]]:
    """With their conditions and the seats of this year, for those who may read agreements; nothing for the public."""
    if not user.is_authenticated or not can_read_agreements(user):
        return []
    found = shown_to(user).filter(parties__institution=institution).order_by("-starts", "pk")
    year = AcademicYear.of(timezone.localdate())
    lines = Condition.objects.filter(partner=institution).with_seats_of(year)
    conditions = Prefetch("conditions", lines, to_attr="lines_here")
    return [with_pill(agreement) for agreement in found.prefetch_related(conditions)]


def with_pill(agreement: Agreement) -> dict[str, Any]:
    state = AgreementState(agreement.state)
    kind, icon = PILLS[state]
    return {"agreement": agreement, "word": state.label, "pill": kind, "icon": icon}

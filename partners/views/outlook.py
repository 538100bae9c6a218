"""What lies ahead: agreements that end soon, years that nothing covers, and the balance of seats."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from mobility.people.academic_years import AcademicYear
from mobility.web.charts import Pair, bars
from mobility.web.lists import paging
from mobility.web.tables import Column
from partners.coverage import days_left, uncovered
from partners.models import MobilityKind, Renewal
from partners.parity import Balance, parity
from partners.querysets import EXPIRING_DAYS

from .agreements import AgreementList, only_readers
from .conditions import asked_year

URGENT_DAYS, SOON_DAYS = 30, 90
LINES_A_PAGE = 50
MOST = 2**31


class AgreementExpiring(AgreementList):
    template_name = "agreements/expiring.html"
    filterset_class = None
    sort = "until"
    columns = (
        Column(_("Agreement"), "number", ("number",)),
        Column(_("Partners")),
        Column(_("Last day"), "until", ("last_day",)),
        Column(_("Renewal")),
        Column(_("Who answers for it"), "owner", ("owner__sort_name",)),
        Column(_("Days left"), css="number deciding"),
    )
    fields = (*AgreementList.fields, "renewal")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().expiring_within(EXPIRING_DAYS, of=timezone.localdate())

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        left = days_left(row["last_day"], today=timezone.localdate())
        kind = "bad" if left <= URGENT_DAYS else "warn" if left <= SOON_DAYS else "plain"
        renewal = Renewal(row["renewal"]).label
        return super().show(row) | {"days_left": left, "urgency": kind, "renewal_word": renewal}


class AgreementCoverage(TemplateView):
    """Per partner and kind of mobility, a page after the other: `after` is the last line of the page before."""

    template_name = "agreements/coverage.html"
    http_method_names = ["get", "head"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        only_readers(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        coming = AcademicYear.of(timezone.localdate()).plus(1)
        partner, _dot, kind = self.request.GET.get("after", "").partition(".")
        after = (int(partner) if is_key(partner) else 0, kind)
        found = uncovered(coming=coming, language=get_language(), after=after, size=LINES_A_PAGE + 1)
        lines = found[:LINES_A_PAGE]
        rows = [{"line": line, "kind": MobilityKind(line.kind).label} for line in lines]
        is_more = len(found) > len(lines)
        further = f"?after={lines[-1].partner}.{lines[-1].kind}" if is_more else ""
        return super().get_context_data(rows=rows, coming=coming, further=further, is_first=not after[0], **kwargs)


class AgreementParity(TemplateView):
    """Seats each way for one year and kind: what was confirmed, or else what was agreed; and who went."""

    template_name = "agreements/parity.html"
    http_method_names = ["get", "head"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        only_readers(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        today = timezone.localdate()
        year = asked_year(asked.get("year", ""), today=today)
        kinds = dict(MobilityKind.choices)
        kind = asked["kind"] if asked.get("kind") in kinds else MobilityKind.PRACTICAL_TRAINING.value
        number = int(asked["page"]) if is_key(asked.get("page", "")) else 1
        found = parity(year, kind, language=get_language(), start=(number - 1) * LINES_A_PAGE, size=LINES_A_PAGE)
        if number > 1 and not found.partners:
            raise Http404
        pairs = [Pair(partner.name, partner.seats_out, partner.seats_in) for partner in found.partners]
        return super().get_context_data(
            year=year,
            years=[AcademicYear.of(today).plus(offset) for offset in (-2, -1, 0, 1)],
            kind=kind,
            kinds=list(kinds.items()),
            kind_word=kinds[kind],
            rows=list(zip(bars(pairs), found.partners, strict=True)),
            total=found.total,
            words=words_of(found.total),
            paging=paging(found.count, number, size=LINES_A_PAGE, furthest=found.count, url=self._page),
            **kwargs,
        )

    def _page(self, number: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"


def words_of(total: Balance) -> dict[str, str]:
    """What the numbers of a row are, looked up once; of people only where somebody went or came."""
    seats = {"seats_out": _now("seats out"), "seats_in": _now("seats in")}
    return seats | ({"went": _now("went"), "came": _now("came")} if total.has_people else {})


def is_key(text: str) -> bool:
    return text.isdecimal() and 0 < int(text) < MOST

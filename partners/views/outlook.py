"""What lies ahead: agreements that end soon, years that nothing covers, and the balance of seats."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.people.academic_years import AcademicYear
from mobility.web.charts import Pair, bars
from mobility.web.tables import Column
from partners.coverage import days_left, gaps
from partners.models import Condition, MobilityKind, Renewal
from partners.querysets import EXPIRING_DAYS

from .agreements import AgreementList, only_readers
from .conditions import asked_year

URGENT_DAYS, SOON_DAYS = 30, 90


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


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Per partner and kind of mobility."""
    only_readers(request)
    today = timezone.localdate()
    coming = AcademicYear.of(today).plus(1)
    rows = []
    for line, validities in groupby(Condition.objects.validities(get_language()), key=lambda row: row[:4]):
        missing = gaps([(start, end) for *_line, start, end in validities], coming=coming)
        if missing:
            _pk, code, name, kind = line
            rows.append({"code": code, "name": name, "kind": MobilityKind(kind).label, "missing": missing})
    return render(request, "agreements/coverage.html", {"rows": rows, "coming": coming})


@require_safe
def parity(request: HttpRequest) -> HttpResponse:
    """Seats each way for one year and kind: what was confirmed, or else what was agreed."""
    only_readers(request)
    today = timezone.localdate()
    year = asked_year(request.GET.get("year", ""), today=today)
    kinds = dict(MobilityKind.choices)
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else MobilityKind.PRACTICAL_TRAINING.value
    conditions = Condition.objects.of_year(year).filter(kind=kind).with_seats_of(year)
    pairs = [Pair(name, out, into) for _pk, name, out, into in conditions.parity(get_language())]
    context = {
        "year": year,
        "years": [AcademicYear.of(today).plus(offset) for offset in (-2, -1, 0, 1)],
        "kind": kind,
        "kinds": list(kinds.items()),
        "kind_word": kinds[kind],
        "bars": bars(pairs),
        "total": Pair(_("In sum"), sum(pair.first for pair in pairs), sum(pair.second for pair in pairs)),
    }
    return render(request, "agreements/parity.html", context)

"""The calendar of a year, together with places and trips, and the figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.events import calendar, figures, permissions
from mobility.web.asked import asked_year
from mobility.web.charts import bars
from mobility.web.spreadsheets import answer, xlsx_bytes

from .lists import ways


@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_offices(request.user):
        raise Http404
    year, kind = asked_year(request), request.GET.get("kind", "")
    if kind and kind not in calendar.KINDS:
        raise Http404
    found = calendar.of_year(request.user, year, kind=kind)
    context = {
        "year": year,
        "years": [year - 1, year, year + 1],
        "kinds": calendar.KINDS.items(),
        "kind": kind,
        "months": calendar.months(found[: calendar.MOST], year),
        "is_cut": len(found) > calendar.MOST,
        "most": calendar.MOST,
        "ways": ways(request),
        "now": timezone.now(),
    }
    return render(request, "events/calendar.html", context)


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_offices(request.user):
        raise Http404
    whole = figures.counted(request.user)
    years, year = figures.by_year(whole), asked_year(request)
    context = {
        "year": year,
        "years": [pair.label for pair in years],
        "by_year": bars(years),
        "charts": figures.charts(whole.filter(event__year=year)),
        "ways": ways(request),
    }
    return render(request, "events/figures.html", context)


@require_safe
def figures_export(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_offices(request.user):
        raise Http404
    whole = figures.counted(request.user)
    header = [_("Year"), _("Table"), _("Row"), _("Students"), _("Events")]
    rows = figures.sheet_rows([int(pair.label) for pair in figures.by_year(whole)], whole)
    content = xlsx_bytes(header=header, rows=rows, title=_("Figures"))
    return answer(content, name=f"event-figures-{timezone.localdate().isoformat()}.xlsx")

"""The calendar of a year, to look at and to print, and the figures."""

from calendar import monthrange
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.people.models import Department
from mobility.staff import figures, permissions
from mobility.staff.models import Activity, Form, State
from mobility.web.asked import asked_year
from mobility.web.charts import bars
from mobility.web.spreadsheets import answer, xlsx_bytes
from mobility.web.templatetags.ui import pill
from partners.atlas import country_name
from partners.models import Direction

from .lists import PILLS, ways

MOST = 300
"""Rows on one page: a year that has more is shown month by month."""
FORMS = dict(Form.choices)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_staff(request.user):
        raise Http404
    year = asked_year(request)
    rows = Activity.objects.visible_to(request.user).seated().of_year(year)
    departments = list(Department.objects.filter(pk__in=rows.order_by().values("department")))
    chosen = next((row for row in departments if str(row.pk) == request.GET.get("department")), None)
    if chosen:
        rows = rows.filter(department=chosen)
    month = asked_month(request, year, is_long=rows.count() > MOST)
    if month:
        rows = rows.during(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    found = list(rows.order_by("starts", "pk").values(*fields())[: MOST + 1])
    context = {
        "year": year,
        "years": [year - 1, year, year + 1],
        "month": month,
        "names_of_months": MONTHS.items(),
        "months": months(found[:MOST], year),
        "departments": departments,
        "chosen": chosen,
        "is_cut": len(found) > MOST,
        "most": MOST,
        "count": len(found[:MOST]),
        "ways": ways(request),
        "now": timezone.now(),
        "staff": reverse("staff"),
    }
    return render(request, "staff/calendar.html", context)


def asked_month(request: HttpRequest, year: int, *, is_long: bool) -> int | None:
    """None is the whole year; a long one begins with the present month, or with January."""
    asked = request.GET.get("month", "")
    if asked.isdecimal() and 1 <= int(asked) <= len(MONTHS):
        return int(asked)
    today = timezone.localdate()
    return (today.month if year == today.year else 1) if is_long else None


def fields() -> tuple[str, ...]:
    language = get_language()
    return (
        "pk", "form", "direction", "state", "starts", "ends", "country", "elsewhere",
        "person__family_name", "person__given_name", f"partner__short_name_{language}",
        f"department__short_name_{language}", f"department__name_{language}",
    )  # fmt: skip


def months(found: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    """By the month of the first day within the year; each with where its bar lies in the year, in hundredths."""
    pills = {state: pill(kind, State(state).label, icon) for state, (kind, icon) in PILLS.items()}
    grouped = groupby(found, key=lambda row: max(row["starts"], date(year, 1, 1)).month)
    return [{"name": str(MONTHS[month]), "rows": [drawn(row, year, pills) for row in rows]} for month, rows in grouped]


def drawn(row: dict[str, Any], year: int, pills: dict[str, Any]) -> dict[str, Any]:
    first, last = max(row["starts"], date(year, 1, 1)), min(row["ends"], date(year, 12, 31))
    days = 337 + monthrange(year, 2)[1]
    language = get_language()
    return {
        "pk": row["pk"],
        "person": f"{row['person__family_name']} {row['person__given_name']}".strip(),
        "department": row[f"department__short_name_{language}"] or row[f"department__name_{language}"],
        "form": str(FORMS[row["form"]]),
        "is_guest": row["direction"] == Direction.INCOMING,
        "host": row[f"partner__short_name_{language}"] or row["elsewhere"],
        "country": country_name(row["country"]),
        "starts": row["starts"],
        "ends": row["ends"],
        "x": round(100 * (first - date(year, 1, 1)).days / days, 2),
        "width": round(max(100 * ((last - first).days + 1) / days, 1), 2),
        "pill": pills[row["state"]],
    }


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    if not permissions.can_read_figures(request.user):
        raise Http404
    whole = figures.seated(request.user)
    years = figures.by_year(whole)
    year = asked_year(request)
    context = {
        "year": year,
        "years": [pair.label for pair in years],
        "by_year": bars(years),
        "map": figures.by_city(whole.filter(year=year)),
        "charts": figures.charts(whole.filter(year=year)),
        "ways": ways(request),
    }
    return render(request, "staff/figures.html", context)


@require_safe
def figures_export(request: HttpRequest) -> HttpResponse:
    if not permissions.can_read_figures(request.user):
        raise Http404
    whole = figures.seated(request.user)
    header = [_("Year"), _("Table"), _("Row"), _("Outgoing"), _("Incoming")]
    rows = figures.sheet_rows([pair.label for pair in figures.by_year(whole)], whole)
    content = xlsx_bytes(header=header, rows=rows, title=_("Figures"))
    return answer(content, name=f"staff-figures-{timezone.localdate().isoformat()}.xlsx")

"""What everybody reads of an opened call: its places, one destination, its rules."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.calls import above, phases, rubric, said
from mobility.calls.filters import DestinationFilter
from mobility.calls.models import Call, Cutoff, Destination
from mobility.calls.offer import cutoff_words, home_city, map_of, rows_of
from mobility.calls.permissions import can_change, can_read_quotas
from mobility.web.lists import List
from mobility.web.tables import Column
from partners.atlas import country_name, language_name


@method_decorator(login_not_required, name="dispatch")
class CallList(List):
    """All calls that one may see, the latest first."""

    http_method_names = ["get", "head"]
    template_name = "calls/list.html"
    columns = (
        Column(_("Call")),
        Column(_("State")),
        Column(_("Applications until"), "deadline", ("deadline",)),
        Column(_("Academic year"), "year", ("academic_year",)),
        Column(_("Places"), css="number"),
    )
    sort = "-deadline"
    # Whatever a phase is made of.
    of_call = (
        *("code", "academic_year", "title_en", "title_ru", "title_be", "opened_at", "opens_at", "deadline"),
        *("points_from", "points_until", "protocols_by", "answers_by", "published_at", "finished_at", "called_off_at"),
    )
    fields = (*of_call, "places", "hosts")

    def get_queryset(self) -> QuerySet:
        return Call.objects.visible_to(self.request.user).with_places()

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        call = Call(**{field: row[field] for field in self.of_call})
        state = phases.shown(call, timezone.now(), office=can_read_quotas(self.request.user))
        return row | {"title": call.title, "state": state}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_edit=can_change(self.request.user, None), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class CallDetail(List):
    http_method_names = ["get", "head"]
    template_name = "calls/detail.html"
    filterset_class = DestinationFilter
    sort = "-seats"
    columns = (
        Column(_("University"), "name", ("sort_name",)),
        Column(_("Open to")),
        Column(_("Language of training")),
        Column(_("You pay")),
        Column(_("Last year’s cut-off"), css="number"),
        Column(_("Places"), "seats", ("seats", "-sort_name"), css="number"),
    )
    fields = (
        *("code", "name", "city", "country", "faculties", "language", "language_level", "pays", "seats"),
        *("cutoff", "cutoff_state"),
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.call = seen_call(request, kwargs["code"], Call.objects.with_places())

    def get_queryset(self) -> QuerySet:
        return rows_of(self.call)

    def count(self, found: QuerySet, chosen: Sequence[str]) -> int:
        return super().count(found, chosen) if chosen else self.call.offers

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        language = f"{language_name(row['language'])} {row['language_level']}".strip() if row["language"] else ""
        return row | {
            "country": country_name(row["country"]),
            "language": language,
            "pays": row["pays"] or self.call.costs,
            "cutoff": said.cutoff_of_call(row["cutoff"], row["cutoff_state"]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "call": self.call,
            "state": phases.shown(self.call, timezone.now(), office=can_read_quotas(self.request.user)),
            "left": said.time_left(self.call, timezone.now()),
            "steps": said.steps(self.call, timezone.now()),
            "map": map_of(self.found, home_city()),
            "may_edit": can_change(self.request.user, self.call),
            "may_read_quotas": can_read_quotas(self.request.user),
            "ways": above.ways(self.call, self.request.user, at=timezone.now()),
        }


@login_not_required
@require_safe
def destination_detail(request: HttpRequest, code: str, destination: str) -> HttpResponse:
    call = seen_call(request, code)
    place = get_object_or_404(call.destinations.by_name(), code=destination)
    place.call = call
    rules = call.rules_versions.first()
    context = {
        "call": call,
        "destination": place,
        "partner": place.condition.partner,
        "country": country_name(place.condition.partner.country.code),
        "state": phases.shown(call, timezone.now(), office=can_read_quotas(request.user)),
        "left": said.time_left(call, timezone.now()),
        "requirements": said.requirements(place, rules.content if rules else None),
        "weighed_here": said.weighed_here(place, rules.content if rules else None),
        "faculties": faculties_of(place),
        "open_seats": place.seats - sum(place.quotas.values_list("seats", flat=True)),
        "may_edit": can_change(request.user, call),
        "ways": above.ways(call, request.user, at=timezone.now()),
    }
    return render(request, "calls/destination.html", context)


def faculties_of(place: Destination) -> list[dict[str, Any]]:
    """Seats of each faculty that has any, and last year's cut-off there."""
    found = Cutoff.objects.filter(
        destination__call=place.call.previous_id, destination__condition__partner=place.condition.partner_id
    )
    last = {row.faculty_id: cutoff_words(row.state, row.points) for row in found}
    quotas = place.quotas.select_related("faculty").order_by("faculty__position")
    return [{"quota": row, "cutoff": last.get(row.faculty_id, "")} for row in quotas if row.seats]


@login_not_required
@require_safe
def call_rules(request: HttpRequest, code: str) -> HttpResponse:
    call = seen_call(request, code)
    versions = list(call.rules_versions.select_related("made_by"))
    if not versions:
        raise Http404
    context = {
        "call": call,
        "version": versions[0],
        "versions": versions,
        "rules": rubric.told(versions[0].content),
        "may_edit": can_change(request.user, call),
    }
    return render(request, "calls/rules.html", context)


def seen_call(request: HttpRequest, code: str, calls: QuerySet | None = None) -> Call:
    found = Call.objects.all() if calls is None else calls
    return get_object_or_404(found.visible_to(request.user), code=code)

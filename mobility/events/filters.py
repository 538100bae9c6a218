from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.events.models import Event, Kind, State, Substitution, TeamMember
from mobility.web.facets import facets
from partners.atlas import country_choices

LATE, SILENT, SUBSTITUTED = "late", "silent", "substituted"

ACROSS = [
    (LATE, _("Report late")),
    (SILENT, _("No answer in time")),
    (SUBSTITUTED, _("Substitution on its way")),
]
"""What an event may be in beside its state."""


class EventFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Title, host or city"),
        method="search",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*State.choices, *ACROSS],
        method="in_state",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    year = django_filters.ChoiceFilter(label=_("Year"), choices=[])
    country = django_filters.ChoiceFilter(label=_("Country"), choices=[])

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes, years = facets(Event)
        self.filters["country"].extra["choices"] = country_choices(codes)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def search(self, queryset, _name, value):
        return queryset.search(value)

    def in_state(self, queryset, _name, value):
        today = timezone.localdate()
        if value == SILENT:
            return queryset.that_are_in(TeamMember.objects.visible_to(self.request.user).silent(today))
        if value == SUBSTITUTED:
            return queryset.that_are_in(Substitution.objects.on_their_way())
        return queryset.overdue(today) if value == LATE else queryset.in_states(value)

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Department
from mobility.staff.models import Activity, Form, State
from mobility.web.facets import facets
from partners.atlas import country_choices
from partners.models import Direction

LATE = "late"
TO_CALL_OFF = "to-call-off"


class ActivityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Person or subject"),
        method="search",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            *State.choices[1:],
            (LATE, _("Report late")),
            (TO_CALL_OFF, _("Order of cancellation to be issued")),
        ],
        method="in_state",
    )
    form = django_filters.ChoiceFilter(label=_("Form"), choices=Form.choices)
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction.choices)
    year = django_filters.ChoiceFilter(label=_("Year"), choices=[])
    country = django_filters.ChoiceFilter(label=_("Country"), choices=[])
    department = django_filters.ChoiceFilter(label=_("Department"), choices=[])

    class Meta:
        model = Activity
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = facets(Activity)
        self.filters["country"].extra["choices"] = country_choices(facts.countries)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in facts.years]
        departments = self.departments().values_list("pk", f"name_{get_language()}")
        self.filters["department"].extra["choices"] = [(str(pk), name) for pk, name in departments]

    def departments(self) -> QuerySet[Department]:
        return Department.objects.all()

    def search(self, queryset, _name, value):
        return queryset.search(value)

    def in_state(self, queryset, _name, value):
        return queryset.standing(value, on=timezone.localdate())


class DepartmentFilter(ActivityFilter):
    """Of one's own departments only; whoever heads one has nothing to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(self.filters["department"].extra["choices"]) == 1:
            del self.filters["department"]

    def departments(self) -> QuerySet[Department]:
        return Department.objects.filter(pk__in=Activity.objects.departments_of(self.request.user))

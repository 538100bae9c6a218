import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.atlas import country_choices
from partners.models import Agreement, AgreementState, Direction, MobilityKind

WITHIN = [
    ("180", _("within 180 days")),
    ("90", _("within 90 days")),
    ("30", _("within 30 days")),
]


class AgreementFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Number, subject or partner"),
        method="search",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=AgreementState.choices)
    expiring = django_filters.ChoiceFilter(label=_("Expires"), choices=WITHIN, method="only_expiring")
    country = django_filters.ChoiceFilter(label=_("Partner's country"), method="only_country")
    kind = django_filters.ChoiceFilter(label=_("Kind of mobility"), choices=MobilityKind.choices, method="as_one")
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction.choices, method="as_one")
    owner = django_filters.ChoiceFilter(label=_("Who answers for it"))

    class Meta:
        model = Agreement
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        countries, owners = Agreement.objects.facets()
        self.filters["country"].extra["choices"] = country_choices(countries)
        self.filters["owner"].extra["choices"] = owners

    def filter_queryset(self, queryset):
        """Kind and direction are asked of one condition together."""
        asked = {name: self.form.cleaned_data.get(name) for name in ("kind", "direction")}
        found = super().filter_queryset(queryset)
        return found.with_condition(**{name: value for name, value in asked.items() if value})

    def search(self, queryset, _name, value):
        return queryset.search(value)

    def only_expiring(self, queryset, _name, value):
        return queryset.expiring_within(int(value), of=timezone.localdate())

    def only_country(self, queryset, _name, value):
        return queryset.in_country(value)

    def as_one(self, queryset, _name, _value):
        return queryset

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from partners.atlas import country_choices
from partners.models import Institution
from partners.permissions import can_edit_institutions


class PartnerFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, city or id"),
        method="search",
        max_length=100,  # each word is looked for by itself, and anybody may ask
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("All countries"))
    key = django_filters.BooleanFilter(label=_("Key partners only"), method="only_key", widget=forms.CheckboxInput())
    archived = django_filters.BooleanFilter(
        label=_("Also those in the archive"), method="as_they_are", widget=forms.CheckboxInput()
    )

    class Meta:
        model = Institution
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = country_choices(self.queryset.countries())
        if not (self.request.user.is_authenticated and can_edit_institutions(self.request.user)):
            del self.filters["archived"]

    def search(self, queryset, _name, value):
        return queryset.search(value)

    def only_key(self, queryset, _name, value):
        return queryset.filter(is_key=True) if value else queryset

    def as_they_are(self, queryset, _name, _value):
        """The view has decided already: the archive must not be counted among all."""
        return queryset

import django_filters
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Faculty
from partners.atlas import country_choices, language_name

from .models import Destination


class DestinationFilter(django_filters.FilterSet):
    faculty = django_filters.ChoiceFilter(label=_("Faculty"), empty_label=_("All faculties"), method="open_to")
    country = django_filters.ChoiceFilter(label=_("Country"), empty_label=_("All countries"), method="in_country")
    language = django_filters.ChoiceFilter(
        label=_("Language of training"), empty_label=_("All languages"), method="in_language"
    )

    class Meta:
        model = Destination
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        codes, tags = self.queryset.countries_and_languages()
        self.filters["faculty"].extra["choices"] = [(faculty.code, str(faculty)) for faculty in Faculty.objects.all()]
        self.filters["country"].extra["choices"] = country_choices(codes)
        self.filters["language"].extra["choices"] = [(tag, language_name(tag)) for tag in tags]

    def open_to(self, queryset, _name, value):
        return queryset.open_to(value)

    def in_country(self, queryset, _name, value):
        return queryset.in_country(value)

    def in_language(self, queryset, _name, value):
        return queryset.in_language(value)

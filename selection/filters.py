import django_filters
from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people.models import User
from mobility.students.models import Application, ApplicationState
from selection.models import Reading

READ = [("no", _("not read to the end")), ("yes", _("read to the end"))]


class QueueFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name or number"), method="search", max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    read = django_filters.ChoiceFilter(label=_("Reading"), choices=READ, method="only_read")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(ApplicationState.WITHDRAWN.value, ApplicationState.WITHDRAWN.label)],
        method="only_state",
        empty_label=_("in the competition"),
    )
    course = django_filters.NumberFilter(field_name="course_year", label=_("Course year"), min_value=1, max_value=8)
    specialty = django_filters.CharFilter(
        field_name="specialty", lookup_expr="icontains", label=_("Specialty"), max_length=100
    )
    changed = django_filters.BooleanFilter(
        label=_("Roster says something else by now"), method="only_changed", widget=forms.CheckboxInput()
    )
    mine = django_filters.BooleanFilter(label=_("Read by me"), method="only_mine", widget=forms.CheckboxInput())

    class Meta:
        model = Application
        fields: list[str] = []

    def filter_queryset(self, queryset):
        """Those in the competition unless others are asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.submitted()

    def search(self, queryset, _name, value):
        named = User.objects.search(value).values("pk")
        return queryset.filter(Q(number__iexact=value.strip()) | Q(student__in=named))

    def only_read(self, queryset, _name, value):
        return queryset.filter(claims_read__gte=F("claims_count")) if value == "yes" else queryset.unverified()

    def only_state(self, queryset, _name, value):
        return queryset.filter(state=value)

    def only_changed(self, queryset, _name, value):
        return queryset.whose_roster_changed(timezone.localdate()) if value else queryset

    def only_mine(self, queryset, _name, value):
        read = Reading.objects.filter(by=self.request.user).values("claim__application")
        return queryset.filter(pk__in=read) if value else queryset

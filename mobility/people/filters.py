from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter, NumberFilter

from mobility.people.models import Faculty, Gap, RoleKind, StudentProfile, User
from mobility.people.models.students import StudentStatus


class PeopleFilter(FilterSet):
    search = CharFilter(label=_("Name, e-mail or number"), method="find", max_length=100)
    role = ChoiceFilter(label=_("Role today"), choices=RoleKind.choices, method="with_role")
    faculty = ModelChoiceFilter(label=_("Faculty"), queryset=Faculty.objects.all(), field_name="student__faculty")
    course_year = NumberFilter(label=_("Course year"), field_name="student__course_year")
    group = CharFilter(label=_("Group"), field_name="student__group")
    never_signed_in = BooleanFilter(
        label=_("Never signed in"), field_name="last_login", lookup_expr="isnull", widget=forms.CheckboxInput
    )
    no_passport_name = BooleanFilter(
        label=_("No name as in the passport"), method="without_passport_name", widget=forms.CheckboxInput
    )

    class Meta:
        model = User
        fields = []

    def find(self, people, _name, text):
        """The list sorts those found before it reads more of them: a word that many have costs no more."""
        return people.named(text)

    def with_role(self, people, _name, kind):
        return people.holding(kind, on=timezone.localdate())

    def without_passport_name(self, people, _name, asked):
        return people.without_passport_name() if asked else people

    def filter_queryset(self, queryset):
        """An empty box asks for everyone, not for those who have signed in."""
        if not self.form.cleaned_data["never_signed_in"]:
            self.form.cleaned_data["never_signed_in"] = None
        return super().filter_queryset(queryset)


def faculties_of_office(request):
    return Faculty.objects.of_students_visible_to(request.user)


class StudentFilter(FilterSet):
    """Whoever has left is found by asking for that status."""

    PRESENT = [("on-leave", _("on leave today")), *StudentStatus.choices[1:]]

    search = CharFilter(label=_("Name, e-mail or number"), method="find", max_length=100)
    faculty = ModelChoiceFilter(label=_("Faculty"), queryset=faculties_of_office)
    course_year = NumberFilter(label=_("Course year"))
    group = CharFilter(label=_("Group"))
    status = ChoiceFilter(label=_("Status"), choices=PRESENT, method="in_status", empty_label=_("studying"))
    gap = ChoiceFilter(label=_("Gap"), choices=Gap.choices, method="with_gap", empty_label=_("any"))

    class Meta:
        model = StudentProfile
        fields = []

    def find(self, students, _name, text):
        return students.filter(person__in=User.objects.search(text))

    def in_status(self, students, _name, status):
        return students.on_leave_on(timezone.localdate()) if status == "on-leave" else students.filter(status=status)

    def with_gap(self, students, _name, gap):
        return students.with_gap(gap)

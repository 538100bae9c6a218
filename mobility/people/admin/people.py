from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people import actions
from mobility.people.doors import require_recent_sign_in
from mobility.people.models import RoleKind, StaffProfile, StudentProfile, User


class RoleFilter(admin.SimpleListFilter):
    title = _("role today")
    parameter_name = "role"

    def lookups(self, request, model_admin):  # noqa: ARG002 -- Django's signature
        return RoleKind.choices

    def queryset(self, request, queryset):  # noqa: ARG002 -- Django's signature
        return queryset.holding(self.value(), on=timezone.localdate()) if self.value() else queryset


class StudentInline(admin.StackedInline):
    model = StudentProfile
    fk_name = "person"
    autocomplete_fields = ["faculty"]
    extra = 0
    can_delete = False


class StaffInline(admin.StackedInline):
    model = StaffProfile
    autocomplete_fields = ["department"]
    extra = 0
    can_delete = False


class PersonForm(forms.ModelForm):
    """A new person has no password: an invitation or a slip lets them set one."""

    class Meta:
        model = User
        fields = [
            "family_name",
            "given_name",
            "patronymic",
            "latin_family_name",
            "latin_given_name",
            "email",
            "record_book",
            "language",
        ]

    def save(self, *args, **kwargs) -> User:
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(*args, **kwargs)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    form = PersonForm
    list_display = ["name", "sign_in_name", "place", "last_login"]
    list_filter = [RoleFilter, "student__faculty", "is_active"]
    list_select_related = ["student__faculty", "staff__department"]
    search_fields = ["search_text"]
    search_help_text = _("Names in any script, e-mail, record-book number")
    ordering = ["sort_name", "id"]
    inlines = [StudentInline, StaffInline]
    readonly_fields = ["code", "created_at", "last_login"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("family_name", "given_name", "patronymic"),
                    ("latin_family_name", "latin_given_name"),
                    ("email", "record_book"),
                    "language",
                ],
                "description": _("Roles, invitations and blocking are on the person's page: “View on site”."),
            },
        ),
        (_("Kept by the system"), {"fields": [("code", "created_at", "last_login")]}),
    ]

    @admin.display(description=_("name"), ordering="sort_name")
    def name(self, person: User) -> str:
        return str(person)

    @admin.display(description=_("signs in as"))
    def sign_in_name(self, person: User) -> str:
        return person.sign_in_name

    @admin.display(description=_("faculty or department"))
    def place(self, person: User) -> str:
        if hasattr(person, "student"):
            return f"{person.student.faculty.short_name}, {person.student.course_year}"
        return str(person.staff.department or "") if hasattr(person, "staff") else ""

    def changeform_view(self, request, *args, **kwargs):
        """Whoever changes an e-mail can take the account over: an open session alone must not do that."""
        if self.has_change_permission(request):
            require_recent_sign_in(request)
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change) -> None:
        old = User.objects.values_list("email", flat=True).get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if change and obj.email != old:
            actions.email_changed(person=obj, old=old, by=request.user, at=timezone.now())

    def lookup_allowed(self, lookup, *args) -> bool:
        """The hash of a password must not be found out letter by letter."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, *args)

    def get_search_results(self, request, queryset, search_term):  # noqa: ARG002 -- Django's signature
        return queryset.search(search_term), False

    def has_delete_permission(self, request, obj=None) -> bool:  # noqa: ARG002 -- Django's signature
        """People are blocked, and their names erased where they must be; what they did stays."""
        return False

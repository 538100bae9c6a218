from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Department, Faculty, University

NAMES = {"fields": [("name_en", "short_name_en"), ("name_ru", "short_name_ru"), ("name_be", "short_name_be")]}


class NamedAdmin(admin.ModelAdmin):
    @admin.display(description=_("name"))
    def name(self, thing: Faculty | Department | University) -> str:
        return thing.name

    @admin.display(description=_("short name"))
    def short_name(self, thing: Faculty | Department | University) -> str:
        return thing.short_name


@admin.register(Faculty)
class FacultyAdmin(NamedAdmin):
    list_display = ["name", "short_name", "code", "position"]
    search_fields = ["code", "name_en", "name_ru", "name_be"]
    fieldsets = [(None, {"fields": ["code", "position", "years"]}), (_("Names"), NAMES)]


@admin.register(Department)
class DepartmentAdmin(NamedAdmin):
    list_display = ["name", "faculty", "code"]
    list_filter = ["faculty"]
    list_select_related = ["faculty"]
    search_fields = ["code", "name_en", "name_ru", "name_be"]
    autocomplete_fields = ["faculty"]
    fieldsets = [(None, {"fields": ["code", "faculty"]}), (_("Names"), NAMES)]


@admin.register(University)
class UniversityAdmin(NamedAdmin):
    list_display = ["name", "short_name"]
    fieldsets = [
        (_("Names"), NAMES),
        (
            _("Letterhead"),
            {
                "fields": [
                    ("ir_department_en", "address_en"),
                    ("ir_department_ru", "address_ru"),
                    ("ir_department_be", "address_be"),
                ]
            },
        ),
        (_("Time zone, as deadlines say it"), {"fields": [("zone_en", "zone_ru", "zone_be")]}),
    ]

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and not University.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

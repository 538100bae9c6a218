from django.contrib import admin

from selection.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(admin.ModelAdmin):
    """Declared by the person on the page of the application; ended by an administrator, who removes it here."""

    list_display = ["person", "application", "note", "declared_at"]
    list_filter = ["application__call", "application__faculty"]
    list_select_related = ["person", "application"]
    search_fields = ["person__family_name", "application__number", "note"]
    date_hierarchy = "declared_at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Role


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    """To look things up; roles are given and ended on the person's page, which asks and journals."""

    list_display = ["person", "kind", "faculty", "department", "signs", "starts", "ends"]
    list_filter = ["kind", "faculty", "signs"]
    list_select_related = ["person", "faculty", "department"]
    search_fields = ["person__search_text"]
    search_help_text = _("Names in any script, e-mail, record-book number")
    date_hierarchy = "starts"

    def get_search_results(self, request, queryset, search_term):  # noqa: ARG002 -- Django's signature
        return queryset.of_people(search_term), False

    def has_add_permission(self, request) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

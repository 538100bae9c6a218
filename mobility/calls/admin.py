from django.contrib import admin

from mobility.calls.models import RulesTemplate


@admin.register(RulesTemplate)
class RulesTemplateAdmin(admin.ModelAdmin):
    """Reference data: what a new call's rules start from. A call keeps its own copy."""

    list_display = ("name_en", "name_ru", "name_be")
    search_fields = ("code", "name_en", "name_ru", "name_be")

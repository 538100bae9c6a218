from django.contrib import admin

from mobility.people import actions
from mobility.people.models import Scale, ScaleMark


class LineInline(admin.TabularInline):
    model = ScaleMark
    extra = 3


@admin.register(Scale)
class ScaleAdmin(admin.ModelAdmin):
    """A change of the table gives every mark on the scale its place, or takes it, and its student's mean with it."""

    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    inlines = [LineInline]

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        actions.apply_table(scale=form.instance, by=request.user)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Marks keep the scale on which they were given."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.marks.exists())

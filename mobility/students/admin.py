from django.contrib import admin
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from mobility.students.models import ConsentText


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    """A text that somebody consented to stays as it was read; what is to be said otherwise is a new version."""

    list_display = ["purpose", "version", "since", "how_many"]
    list_filter = ["purpose"]
    search_fields = ["text_en", "text_ru", "text_be"]
    fields = ["purpose", "since", "text_en", "text_ru", "text_be"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(given=Count("consents"))

    @admin.display(description=_("consents given"))
    def how_many(self, text):
        return text.given

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.consents.exists())

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.consents.exists())

    def get_readonly_fields(self, request, obj=None):
        """The purpose of a version is what its number counts."""
        return ["purpose"] if obj else []

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            last = ConsentText.objects.filter(purpose=obj.purpose).aggregate(last=Max("version", default=0))["last"]
            obj.version = last + 1
        super().save_model(request, obj, form, change)

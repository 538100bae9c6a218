from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from mobility.journal.models import Event
from mobility.journal.telling import names_of
from mobility.journal.triggers import journaled_models


class NamedChangeList(ChangeList):
    """Names all people of a page in one query: the journal has no foreign keys to follow."""

    def get_results(self, request):
        super().get_results(request)
        people = get_user_model()
        events = list(self.result_list)
        names = names_of({people: {event.actor for event in events if event.actor is not None}})[people]
        for event in events:
            event.who = names.get(str(event.actor), event.actor)
        self.result_list = events


class KindFilter(admin.SimpleListFilter):
    title = _("kind of object")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(model._meta.label_lower, model._meta.verbose_name) for model in journaled_models()]

    def queryset(self, request, queryset):
        return queryset.filter(model=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["at", "who", "operation", "event", "model", "object", "reason"]
    list_filter = ["operation", KindFilter]
    list_per_page = 50
    search_fields = ["=object", "=event", "=request", "reason"]
    search_help_text = _("By an object's key, an event, a request, or words of the reason")
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return NamedChangeList

    @admin.display(description=_("who"))
    def who(self, event):
        return event.who

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.models import Agreement, AgreementState, Condition, Party


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 -- Django's signature
        return AgreementState.choices

    def queryset(self, request: Any, queryset: Any) -> Any:  # noqa: ARG002 -- Django's signature
        return queryset.filter(state=self.value()) if self.value() else queryset


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- Django's signature
        return False


class PartyInline(ReadOnlyInline):
    model = Party
    fields = ["institution", "signed_as"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("institution")


class ConditionInline(ReadOnlyInline):
    model = Condition
    fields = ["partner", "specialty", "seats", "weeks", "starts", "ends"]  # the line above each says kind and direction

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("partner")


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    """For corrections of what was entered; what has consequences is done on the agreement's own page."""

    inlines = [PartyInline, ConditionInline]
    list_display = ["__str__", "partners_", "state_", "last_day_", "owner"]
    list_filter = [StateFilter, "renewal"]
    list_select_related = ["owner"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = _("Number, subject, or a partner's name in any script")
    show_full_result_count = False
    view_on_site = True
    fields = [
        ("number", "subject"),
        ("signed_on", "starts", "ends"),
        "renewal",
        "owner",
        ("sealed_at", "sealed_by"),
        ("terminated_on", "terminated_at", "terminated_by"),
        "termination_reason",
    ]
    readonly_fields = [
        *("signed_on", "starts", "ends", "renewal", "owner", "sealed_at", "sealed_by"),
        *("terminated_on", "terminated_at", "terminated_by", "termination_reason"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        found = super().get_queryset(request).with_state(timezone.localdate()).with_partners(get_language())
        return found.select_related("owner", "sealed_by", "terminated_by")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:  # noqa: ARG002 -- Django's signature
        return queryset.search(search_term), False

    @admin.display(description=_("partners"))
    def partners_(self, agreement: Agreement) -> str:
        return ", ".join(agreement.partner_names)

    @admin.display(description=_("state"))
    def state_(self, agreement: Agreement) -> Any:
        return AgreementState(agreement.state).label

    @admin.display(description=_("last day"), ordering="last_day")
    def last_day_(self, agreement: Agreement) -> Any:
        return agreement.last_day

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """The journal knows more than Django's own log."""
        return redirect("history", "partners", "agreement", object_id)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The journal has it already."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.atlas import country_name
from partners.forms import InstitutionForm
from partners.models import Contact, Institution
from partners.permissions import can_archive, can_rename, can_restore
from partners.views.sheets import sheet_of

from .filters import ArchiveFilter, CountryFilter, PlaceFilter, RorFilter
from .inlines import ContactInline, NameInline, PredecessorInline, SuccessorInline

CONTACTS = (
    Contact.objects.filter(institution=OuterRef("pk"))
    .order_by()
    .values("institution")
    .annotate(n=Count("pk"))
    .values("n")
)


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):
    """Institutions leave by the archive, never by deletion: agreements and stays speak of them."""

    form = InstitutionForm
    inlines = [NameInline, ContactInline, SuccessorInline, PredecessorInline]
    list_display = ["shown_name", "city_", "country_", "is_key", "contacts_", "state"]
    list_filter = [ArchiveFilter, "is_key", CountryFilter, PlaceFilter, RorFilter]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = _("Names in any script, city, ids or website")
    show_full_result_count = False
    prepopulated_fields = {"code": ["city_en"]}
    actions = ["download_xlsx", "download_csv"]
    fieldsets = [
        (None, {"fields": ["code", ("is_key", "is_home"), "website", "is_another"]}),
        (
            _("Where it is"),
            {"fields": ["country", ("city", "city_en", "city_ru", "city_be"), ("latitude", "longitude")]},
        ),
        (_("Ids"), {"fields": [("ror", "schac")]}),
    ]

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> Any:
        contacts = Coalesce(Subquery(CONTACTS, output_field=IntegerField()), 0)
        found = super().get_queryset(request).defer("search_text")
        return found.annotate(contacts_count=contacts, sort_name=F(f"sort_name_{get_language()}"))

    def get_ordering(self, request: HttpRequest) -> list[str]:  # noqa: ARG002 -- Django's signature
        return [f"sort_name_{get_language()}", "pk"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """What one chooses from (autocomplete) has no archive."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.active()
        return queryset.search(search_term), False

    @admin.display(description=_("name"), ordering="sort_name")
    def shown_name(self, institution: Institution) -> str:
        """With the own name below it."""
        if institution.own_name == institution.short_name:
            return institution.short_name
        return format_html(
            '{}<br><span class="quiet" lang="{}">{}</span>',
            institution.short_name,
            institution.own_language,
            institution.own_name,
        )

    @admin.display(description=_("city"), ordering="city")
    def city_(self, institution: Institution) -> str:
        return institution.city_name

    @admin.display(description=_("country"), ordering="country")
    def country_(self, institution: Institution) -> str:
        return country_name(institution.country.code)

    @admin.display(description=_("contacts"))
    def contacts_(self, institution: Institution) -> int:
        return institution.contacts_count

    @admin.display(description=_("state"))
    def state(self, institution: Institution) -> str:
        if institution.is_home:
            return _("our university")
        return _("in the archive") if institution.is_archived else _("active")

    @admin.action(description=_("Download the chosen as XLSX"), permissions=["change"])
    def download_xlsx(self, request: HttpRequest, queryset: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        return sheet_of(queryset, kind="xlsx")

    @admin.action(description=_("Download the chosen as CSV"), permissions=["change"])
    def download_csv(self, request: HttpRequest, queryset: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        return sheet_of(queryset, kind="csv")

    # --- one institution ---

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 -- Django's signature
        return False

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, list[str]]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        institution = self.get_object(request, object_id)
        context = (
            {}
            if institution is None
            else {
                "may_archive": can_archive(request.user, institution),
                "may_restore": can_restore(request.user, institution),
                "may_rename": can_rename(request.user, institution),
            }
        )
        return super().change_view(request, object_id, form_url, (extra_context or {}) | context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """The journal knows more than Django's own log."""
        return redirect("history", "partners", "institution", object_id)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The journal has it already, as it has each change."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """See log_addition."""

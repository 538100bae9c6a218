from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.atlas import country_name
from partners.models import Institution


class CountryFilter(SimpleListFilter):
    """Only countries that an institution is in."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002 -- Django's signature
        found = ((code, country_name(code)) for code in Institution.objects.countries())
        return sorted(found, key=lambda choice: choice[1])

    def queryset(self, request: Any, queryset: Any) -> Any:  # noqa: ARG002 -- Django's signature
        return queryset.filter(country=self.value()) if self.value() else queryset


class YesNoFilter(SimpleListFilter):
    condition: Q

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 -- Django's signature
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: Any, queryset: Any) -> Any:  # noqa: ARG002 -- Django's signature
        return {"yes": queryset.filter(self.condition), "no": queryset.exclude(self.condition)}.get(
            self.value(), queryset
        )


class PlaceFilter(YesNoFilter):
    title = _("place on the map")
    parameter_name = "place"
    condition = Q(latitude__isnull=False)


class RorFilter(YesNoFilter):
    title = _("ROR id")
    parameter_name = "ror"
    condition = Q(ror__isnull=False)


class ArchiveFilter(SimpleListFilter):
    """Without a choice, the archive is out of the way."""

    title = _("archive")
    parameter_name = "archive"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002 -- Django's signature
        return [("archived", _("In the archive")), ("all", _("Everything"))]

    def choices(self, changelist: Any) -> Any:
        everything, *others = super().choices(changelist)
        return [everything | {"display": _("Not in the archive")}, *others]

    def queryset(self, request: Any, queryset: Any) -> Any:  # noqa: ARG002 -- Django's signature
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "archived")

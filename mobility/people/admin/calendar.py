from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mobility.people.models import CalendarDay


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    list_display = ["day", "weekday", "kind", "name"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    search_fields = ["name_en", "name_ru", "name_be"]

    @admin.display(description=_("weekday"))
    def weekday(self, calendar_day: CalendarDay) -> str:
        return date_format(calendar_day.day, "l")

    @admin.display(description=_("name"))
    def name(self, calendar_day: CalendarDay) -> str:
        return calendar_day.name

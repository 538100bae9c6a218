from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudentsConfig(AppConfig):
    name = "mobility.students"
    verbose_name = _("Applications")

    def ready(self) -> None:
        from mobility.calls import above  # noqa: PLC0415 -- it needs the models
        from mobility.students import history, told_below  # noqa: PLC0415 -- likewise

        history.open_doors()
        above.knows_concerned(told_below.concerned)
        above.knows_applied(told_below.applied)
        above.knows_points(told_below.points)
        above.knows_ways(told_below.ways)

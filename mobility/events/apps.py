from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "mobility.events"
    verbose_name = _("Students' events")

    def ready(self) -> None:
        from mobility.events import achievements, history  # noqa: PLC0415 -- they need the models
        from mobility.students import above  # noqa: PLC0415 -- likewise

        history.open_doors()
        above.offers_achievements(achievements.offered)
        above.vouches_for(achievements.vouched)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "mobility.events"
    verbose_name = _("Students' events")

    def ready(self) -> None:
        from mobility.events import history  # noqa: PLC0415 -- it needs the models

        history.open_doors()

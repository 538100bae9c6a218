from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "mobility.calls"
    verbose_name = _("Calls")

    def ready(self) -> None:
        from mobility.calls import history  # noqa: PLC0415 -- it needs the models

        history.open_doors()

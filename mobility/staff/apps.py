from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "mobility.staff"
    verbose_name = _("Staff mobility")

    def ready(self) -> None:
        from mobility.staff import history  # noqa: PLC0415 -- it needs the models

        history.open_doors()

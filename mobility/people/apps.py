from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "mobility.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from mobility.people.history import open_doors  # noqa: PLC0415 -- it needs the models

        open_doors()
        for room in ("checks", "receivers"):
            import_module(f"mobility.people.{room}")


class AdminConfig(admin.AdminConfig):
    default = False
    default_site = "mobility.people.admin_site.AdminSite"

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from mobility.journal import checks


class JournalConfig(AppConfig):
    name = "mobility.journal"
    verbose_name = _("Journal")

    def ready(self):
        register(checks.the_journal_is_not_the_applications_own, deploy=True)

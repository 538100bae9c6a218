from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelectionConfig(AppConfig):
    name = "selection"
    verbose_name = _("Selection")

    def ready(self) -> None:
        from mobility.calls import above  # noqa: PLC0415 -- it needs the models
        from selection import history, told_below  # noqa: PLC0415 -- likewise
        from selection.actions.scoring import rescore_call  # noqa: PLC0415 -- likewise

        history.open_doors()
        above.counts_anew(lambda call: rescore_call(call=call))
        above.knows_ways(told_below.ways)

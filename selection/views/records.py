from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from selection.actions import records as actions
from selection.forms.standings import RecordForm
from selection.records import compared

from .faculty import Act
from .verify import OfApplication


class RecordTakeOver(OfApplication, Act):
    template_name = "selection/record.html"
    form_class = RecordForm
    title, button = _("Compare with the roster"), _("Take the record over from the roster")
    done = _("The record is as in the roster, and the points are counted again. The student is told by mail.")

    def find(self) -> None:
        super().find()
        if self.stays_out():
            raise Http404

    def act(self, **entered: Any) -> None:
        actions.take_record_over(application=self.application, **entered, **self.by_at)

    def home(self) -> str:
        return self.url("verify", self.application.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = compared(self.application, at=timezone.now())
        return super().get_context_data(application=self.application, found=found, **kwargs)

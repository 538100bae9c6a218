from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import Form


class ReasonForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("It stands in the history."))

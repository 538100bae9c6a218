from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import Form


class LockForm(Form):
    with_unread = forms.BooleanField(
        label=_("Lock although not everything is read"),
        help_text=_("What nobody has read counts 0, and the protocol is written over that."),
        required=False,
    )


class RecordForm(Form):
    reason = forms.CharField(
        label=_("Why it is taken over"), max_length=300, help_text=_("The student reads it in the letter.")
    )


class UnlockForm(Form):
    reason = forms.CharField(label=_("Why it is unlocked"), max_length=300)

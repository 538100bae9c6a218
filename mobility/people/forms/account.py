from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from mobility.people.models import User
from mobility.web.forms import Form, ModelForm


class AboutMeForm(ModelForm):
    cancel = reverse_lazy("account")

    class Meta:
        model = User
        fields = ["latin_family_name", "latin_given_name", "language"]
        labels = {"language": _("Language of pages and letters")}
        help_texts = {
            "latin_family_name": _("Exactly as in the passport: letters to partner universities use it."),
            "language": _("Empty: pages follow the browser."),
        }


class EmailChangeForm(Form):
    button = _("Send the letter")
    cancel = reverse_lazy("account")

    email = forms.EmailField(
        label=_("New e-mail"),
        help_text=_("A letter with a link goes there. The e-mail changes when the link is opened."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

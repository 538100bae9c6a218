from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.files.fields import EvidenceField
from mobility.web.forms import Form
from mobility.web.inputs import day_field, moment_field
from selection.models import CommissionMember, Seat


class MemberForm(Form):
    name = forms.CharField(label=_("Name"), help_text=_("As protocols name the person."), max_length=200)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices, initial=Seat.MEMBER, widget=forms.RadioSelect)


class ProtocolForm(Form):
    met_at = moment_field(_("Meeting"), help_text=_("Day and hour."))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    present = forms.ModelMultipleChoiceField(
        label=_("Present"), queryset=CommissionMember.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    agenda = forms.CharField(label=_("Agenda"), widget=forms.Textarea(attrs={"rows": 2}))
    heard = forms.CharField(label=_("Heard"), widget=forms.Textarea(attrs={"rows": 6}))
    decided = forms.CharField(label=_("Decided"), widget=forms.Textarea(attrs={"rows": 12}))
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=100)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=100, initial=0)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=100, initial=0)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = members  # type: ignore[attr-defined] -- a choice among rows


class NumberForm(Form):
    number = forms.CharField(label=_("Number"), max_length=60)
    dated = day_field(_("Date"))


class ScanForm(Form):
    scan = EvidenceField(label=_("Signed scan"), help_text=_("One PDF, JPEG or PNG of at most 10 MB."))

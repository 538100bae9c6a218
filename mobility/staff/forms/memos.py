"""The memo: one page, which asks what its form needs and nothing more."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.people.finding import one_of_staff
from mobility.people.models import Department, User
from mobility.staff.models import DETAIL_MODELS, Activity, Form, FundingLine, Source
from mobility.staff.papers import subject_label
from mobility.web import forms as web
from mobility.web.inputs import day_field, text_field
from partners.finding import FindsPartnerOrNone
from partners.models import Direction

GUEST = ("family_name", "given_name", "latin_family_name", "latin_given_name")
WHERE = ("partner", "elsewhere", "country", "city", "host_reason")
WHEN = ("starts", "ends")
WHY = ("purpose", "expected_result")
OUR_OWN = ("classes_taken_by", "student_group")


class MemoForm(FindsPartnerOrNone):
    """`kind` is one of the six forms. Of a guest it asks the name, once, and the curator."""

    button = _("Save the memo")

    family_name = forms.CharField(label=_("Guest's family name"), max_length=150)
    given_name = forms.CharField(label=_("Guest's given name"), max_length=150)
    latin_family_name = forms.CharField(label=_("Family name in Latin letters"), max_length=150)
    latin_given_name = forms.CharField(label=_("Given name in Latin letters"), max_length=150)
    curator = forms.ModelChoiceField(User.objects.none(), label=_("Curator"), help_text=_("Who meets the guest."))
    subject = forms.CharField(max_length=300)
    elsewhere = forms.CharField(
        label=_("Other institution"), max_length=300, required=False, help_text=_("Where it is no partner of ours.")
    )
    country = Activity._meta.get_field("country").formfield(
        label=_("Country"), required=False, help_text=_("For another institution; a partner's is known.")
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    host_reason = forms.CharField(
        label=_("Why outside an agreement"),
        max_length=300,
        required=False,
        help_text=_("Only where no agreement of ours covers this form there."),
    )
    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"))
    purpose = text_field(label=_("Purpose"))
    expected_result = text_field(label=_("Expected result"))
    classes_taken_by = forms.CharField(
        label=_("Who takes your classes"), max_length=300, required=False, help_text=_("Names, or “no classes”.")
    )
    student_group = forms.CharField(
        label=_("Students you accompany"), max_length=300, required=False, help_text=_("Such as “6 students, team”.")
    )

    def __init__(self, *args, kind: str, direction: str, user: User, activity: Activity | None = None, **kwargs):
        self.kind, self.is_guest = kind, direction == Direction.INCOMING
        self.detail_fields = fields_for_model(DETAIL_MODELS[kind], exclude=["activity"])
        super().__init__(*args, **kwargs | {"initial": self._initial(activity, user)})
        self.fields["subject"].label = subject_label(kind)
        self._ask_what_is_needed(is_new=activity is None, user=user)

    def _initial(self, activity: Activity | None, user: User) -> dict[str, Any]:
        if activity is None:
            return {"curator": user.pk}
        common = {name: getattr(activity, name) for name in ("subject", *WHERE, *WHEN, *WHY, *OUR_OWN)}
        detail = {name: getattr(activity.detail, name, None) for name in self.detail_fields}
        return common | detail | {"curator": activity.curator_id, "partner": activity.partner_id}

    def _ask_what_is_needed(self, *, is_new: bool, user: User) -> None:
        for name in OUR_OWN if self.is_guest else (*GUEST, "curator"):
            del self.fields[name]
        if self.is_guest and not is_new:
            for name in GUEST:
                del self.fields[name]
        if "curator" in self.fields:
            self.fields["curator"].queryset = User.objects.colleagues_of(user)
        self.fields |= self.detail_fields
        if "hours" in self.fields:
            self.fields["hours"].widget.attrs["class"] = "width-4"
        if "part" in self.fields:
            self.fields["title"].help_text = _("Of a talk or a poster.")
        self.order_fields([name for _legend, names in self.groups for name in names])

    @property
    def groups(self) -> list[tuple[Any, tuple[str, ...]]]:
        """Headings, and the fields under each."""
        return [
            (_("The guest"), (*GUEST, "curator")),
            (_("What"), ("subject", *self.detail_fields)),
            (_("When"), WHEN),
            (_("Where from") if self.is_guest else _("Where"), ("find", *WHERE)),
            (_("What for"), WHY),
            (_("Meanwhile here"), OUR_OWN),
        ]

    @property
    def helper(self) -> web.Helper:
        helper = super().helper
        shown = [(legend, [name for name in names if name in self.fields]) for legend, names in self.groups]
        helper.layout = Layout(*(Fieldset(legend, *names) for legend, names in shown if names))
        return helper

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if entered.get("partner") and entered.get("elsewhere"):
            self.add_error("elsewhere", ValidationError(_now("Find a partner or name another institution, not both.")))
        elif not entered.get("partner"):
            self._ask_another_place(entered)
        if entered.get("starts") and entered.get("ends") and entered["ends"] < entered["starts"]:
            self.add_error("ends", ValidationError(_now("The last day is before the first."), code="reversed"))
        return entered

    def _ask_another_place(self, entered: dict[str, Any]) -> None:
        if {"find", "partner"} & set(self.errors):
            return
        if not entered.get("elsewhere"):
            self.add_error("find", ValidationError(_now("Find a partner, or name another institution below.")))
        elif not entered.get("country"):
            self.add_error("country", ValidationError(_now("Say in which country it is.")))

    @property
    def values(self) -> dict[str, Any]:
        names = ("curator", "subject", *WHERE, *WHEN, *WHY, *OUR_OWN)
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    @property
    def detail(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.detail_fields}

    @property
    def guest(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in GUEST}


class ChooseForm(web.Form):
    """The first page: which of the six, and which way."""

    button = _("Go on to the memo")
    kind = forms.ChoiceField(label=_("What it is"), choices=Form.choices, widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=_("Who travels"),
        choices=[(Direction.OUTGOING.value, _("I travel")), (Direction.INCOMING.value, _("a guest comes to us"))],
        widget=forms.RadioSelect,
        initial=Direction.OUTGOING,
    )


class CompanionForm(web.Form):
    button = _("Write the memo for the colleague")
    person = forms.ModelChoiceField(User.objects.none(), label=_("Colleague of the department"), required=False)
    other = forms.CharField(
        label=_("Or of another department"), help_text=_("E-mail or full name."), max_length=150, required=False
    )

    def __init__(self, *args, department: Department | None, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.in_department(department).exclude(pk=user.pk)

    def clean_other(self) -> User | None:
        text = self.cleaned_data["other"].strip()
        return one_of_staff(text) if text else None

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        chosen = [entered[name] for name in ("person", "other") if entered.get(name)]
        if len(chosen) == 1:
            return {"person": chosen[0]}
        if not self.errors:
            told = _now("Choose a colleague, or write one of another department, not both.")
            self.add_error("person", ValidationError(told, code="one-colleague"))
        return entered


class FundingForm(web.ModelForm):
    button = _("Add the funding")

    source = forms.ChoiceField(label=_("Who pays"), choices=Source.choices, widget=forms.RadioSelect)

    class Meta:
        model = FundingLine
        fields = ["source", "what", "amount", "currency"]
        widgets = {
            "currency": forms.TextInput(attrs={"class": "width-4"}),
            "amount": forms.NumberInput(attrs={"class": "width-20"}),
        }

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()

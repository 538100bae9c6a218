"""The event as its invitation says it: one page, which asks nothing twice."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.events.models import Event, Kind
from mobility.events.models.events import MOST_PLACES
from mobility.files.fields import EvidenceField
from mobility.people.finding import one_of_staff
from mobility.people.models import RoleKind, User
from mobility.web.forms import Helper
from mobility.web.inputs import day_field
from partners.finding import FindsPartnerOrNone

PLAIN = (
    "kind", "title", "partner", "elsewhere", "country", "city", "host_reason", "starts", "ends", "places",
    "host_pays", "university_pays", "students_pay", "invited_on", "owner", "wishes_until",
)  # fmt: skip


class EventForm(FindsPartnerOrNone):
    button = _("Announce the event")

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=300)
    elsewhere = forms.CharField(label=_("Other institution"), max_length=300, required=False)
    country = Event._meta.get_field("country").formfield(
        label=_("Country"), required=False, help_text=_("For another institution; a partner's is known.")
    )
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    host_reason = forms.CharField(
        label=_("Why outside an agreement"),
        max_length=300,
        required=False,
        help_text=_("Only where no agreement of ours covers this kind of event there."),
    )
    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"))
    places = forms.IntegerField(
        label=_("Places for us"), min_value=1, max_value=MOST_PLACES, widget=forms.NumberInput({"class": "width-4"})
    )
    host_pays = forms.CharField(
        label=_("The host pays"), max_length=300, required=False, help_text=_("Such as “lodging and meals”.")
    )
    university_pays = forms.CharField(label=_("Our university pays"), max_length=300, required=False)
    students_pay = forms.CharField(label=_("Students pay"), max_length=300, required=False)
    invited_on = day_field(label=_("Date of the invitation"))
    invitation = EvidenceField(
        label=_("Invitation"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB. It may follow later.")
    )
    chaperone = forms.CharField(
        label=_("Who accompanies the team"),
        max_length=200,
        required=False,
        help_text=_("A colleague's e-mail or full name. With your approval a staff trip is made for them."),
    )
    wishes_until = day_field(
        label=_("Students put themselves forward until"),
        required=False,
        help_text=_("Empty: the dean's offices name the team."),
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it"))

    def __init__(self, *args, user: User, event: Event | None = None, **kwargs) -> None:
        today = timezone.localdate()
        super().__init__(*args, **kwargs | {"initial": _entered(event, user, today)})
        officers = User.objects.holding(RoleKind.IR_OFFICER, on=today)
        self.fields["owner"].queryset = officers | User.objects.filter(pk=event.owner_id) if event else officers
        if event:
            self.button = _("Save the event")

    @property
    def helper(self) -> Helper:
        """Headings, and the fields under each."""
        helper = super().helper
        helper.layout = Layout(
            Fieldset(_("What"), "kind", "title"),
            Fieldset(_("Where"), "find", "partner", "elsewhere", "country", "city", "host_reason"),
            Fieldset(_("When and how many"), "starts", "ends", "places"),
            Fieldset(_("Who pays"), "host_pays", "university_pays", "students_pay"),
            Fieldset(_("The invitation"), "invited_on", "invitation"),
            Fieldset(_("The team"), "chaperone", "wishes_until", "owner"),
        )
        return helper

    def clean_chaperone(self) -> User | None:
        """One of our staff, found by the words that were typed."""
        text = self.cleaned_data["chaperone"].strip()
        return one_of_staff(text) if text else None

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if entered.get("partner") and entered.get("elsewhere"):
            self.add_error("elsewhere", _now("Find a partner or name another institution, not both."))
        elif not entered.get("partner") and not {"find", "partner"} & set(self.errors):
            self._ask_another_place(entered)
        if entered.get("starts") and entered.get("ends") and entered["ends"] < entered["starts"]:
            self.add_error("ends", ValidationError(_now("The last day is before the first."), code="reversed"))
        if not any(entered.get(name) for name in ("host_pays", "university_pays", "students_pay")):
            self.add_error("host_pays", _now("Say who pays what, at least in one of the three lines."))
        return entered

    def _ask_another_place(self, entered: dict[str, Any]) -> None:
        if not entered.get("elsewhere"):
            self.add_error("find", _now("Find a partner, or name another institution below."))
        elif not entered.get("country"):
            self.add_error("country", _now("Say in which country it is."))
        if entered.get("elsewhere") and not entered.get("host_reason"):
            self.add_error("host_reason", _now("Say why it takes place outside an agreement."))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*PLAIN, "chaperone")}


def _entered(event: Event | None, user: User, today: date) -> dict[str, Any]:
    if event is None:
        return {"owner": user.pk, "invited_on": today}
    who = event.chaperone
    told = {name: getattr(event, name) for name in PLAIN} | {"owner": event.owner_id, "partner": event.partner_id}
    return told | {"chaperone": (who.email or str(who)) if who else ""}

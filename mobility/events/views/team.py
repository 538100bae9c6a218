"""The team: named by the offices from wishes and from the roster, answered by each student."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mobility.events import candidates, permissions
from mobility.events.actions import substitutions, team
from mobility.events.forms.team import AnswerForm, NameForm, SubstituteForm, WishForm
from mobility.events.models import Event, MemberEvidence, MemberState, Permission, TeamMember
from mobility.files.serving import serve
from mobility.web.forms import ReasonForm
from mobility.web.templatetags.ui import day

from .acts import Act, OfMember


class EventName(Act):
    """Wishes and the roster on one page; whoever may not go has the reason instead of a box."""

    template_name = "events/name.html"
    form_class = NameForm
    title, button = _("Name the team"), _("Name the ticked students")
    allowed = staticmethod(permissions.can_name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": candidates.nameable_by(self.request.user)}

    def act(self, *, person: Any, permission: str) -> None:
        self.named = team.name(event=self.event, people=list(person), permission=permission, **self.by_at)

    @property
    def done(self) -> str:  # type: ignore[override] -- it counts
        count = len(self.named)
        told = ngettext(
            "%(count)s student is named and asked to confirm.",
            "%(count)s students are named and asked to confirm.",
            count,
        )
        return told % {"count": count}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        taken = self.event.members.in_team().count()
        found = candidates.of_roster(self.request.user, self.event, text) if text else []
        return super().get_context_data(
            q=text,
            wishes=candidates.of_wishes(self.request.user, self.event),
            found=found,
            missing=candidates.not_found(self.request.user, text) if found else [],
            is_cut=len(found) == candidates.MOST,
            most=candidates.MOST,
            taken=taken,
            free=self.event.places - taken,
            ticked=set(self.request.POST.getlist("person")),
            permissions=Permission.choices,
            **kwargs,
        )


class EventWish(Act):
    form_class = WishForm
    title, done = _("Put yourself forward"), _("Your dean's office has your wish. It chooses within the places.")
    sentence = _("Your dean's office reads it and chooses within the places. You are told either way.")

    @staticmethod
    def allowed(user: Any, event: Event) -> bool:
        return permissions.can_put_forward(user, event, on=timezone.localdate())

    def could_be_late(self) -> bool:
        return permissions.could_put_forward(self.request.user, self.event)

    @property
    def where_it_stands(self) -> str:
        if permissions.takes_wishes(self.event, on=self.event.wishes_until):
            return _now("students put themselves forward until %(day)s") % {"day": day(self.event.wishes_until)}
        return self.event.students_state

    def act(self, **entered: Any) -> None:
        team.put_forward(event=self.event, person=self.request.user, **entered, **self.by_at)


class OfOwn(OfMember):
    """One's own place: found by who asks."""

    def find(self) -> None:
        Act.find(self)
        found = TeamMember.objects.filter(event=self.event, person=self.request.user).select_related("person")
        self.member = get_object_or_404(found)
        self.member.event = self.event


class EventAnswer(OfOwn):
    template_name = "events/answer.html"
    form_class = AnswerForm
    title, button = _("Confirm that you go"), _("Confirm that I go")
    sentence = _("The days of the event are kept for it. When the order is issued, you get a letter.")
    allowed = staticmethod(permissions.can_answer)

    @property
    def done(self) -> Any:  # type: ignore[override] -- it tells a stand-in what comes first
        if self.member.state == MemberState.STAND_IN:
            return _("You have confirmed. You step in when the rector has decided and the order is changed.")
        return _("You have confirmed. International Relations approves the team next.")

    def get_form_kwargs(self) -> dict[str, Any]:
        needs = team.consents_of(self.event, at=timezone.now())
        return super().get_form_kwargs() | {"member": self.member, "needs": needs}

    def act(self, **entered: Any) -> None:
        team.confirm(member=self.member, **entered, **self.by_at)


class EventDecline(OfOwn):
    danger = True
    title, button, done = _("Decline"), _("Decline the place"), _("You have declined. Whoever named you is told.")
    sentence = _("The place is free for another student at once.")
    allowed = staticmethod(permissions.can_answer)

    def act(self) -> None:
        team.decline(member=self.member, **self.by_at)


class WishWithdraw(OfOwn):
    title, button, done = _("Take the wish back"), _("Take my wish back"), _("Your wish is taken back.")
    sentence = _("Your dean's office no longer considers you for this event.")
    allowed = staticmethod(permissions.can_withdraw_wish)

    def act(self) -> None:
        team.withdraw_wish(member=self.member, **self.by_at)


class MemberAnswer(OfMember):
    """What the student signed on paper, entered by the office."""

    template_name = "events/member_answer.html"
    form_class = AnswerForm
    title, button = _("Confirmation on paper"), _("Enter the confirmation")
    done = _("The confirmation is entered.")
    allowed = staticmethod(permissions.can_answer_on_paper)

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the student
        told = _("%(person)s signed on paper that they go and consent. Keep the paper.")
        return told % {"person": self.member.person}

    def get_form_kwargs(self) -> dict[str, Any]:
        needs = team.consents_of(self.event, at=timezone.now())
        return super().get_form_kwargs() | {"member": self.member, "needs": needs}

    def act(self, **entered: Any) -> None:
        team.confirm(member=self.member, **entered, **self.by_at)


class MemberDecline(OfMember):
    title, button, done = _("The student declines"), _("Enter the refusal"), _("The place is free again.")
    allowed = staticmethod(permissions.can_answer_on_paper)

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the student
        return _("%(person)s does not go. The place is free for another student at once.") % {
            "person": self.member.person
        }

    def act(self) -> None:
        team.decline(member=self.member, **self.by_at)


class MemberTakeOff(OfMember):
    form_class = ReasonForm
    title, button, done = _("Take off the team"), _("Take the student off"), _("The place is free again.")
    allowed = staticmethod(permissions.can_take_off)

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the student
        told = _("%(person)s leaves the team and is told why. A team that was approved is approved anew.")
        return told % {"person": self.member.person}

    def act(self, **entered: Any) -> None:
        team.take_off(member=self.member, **entered, **self.by_at)


class MemberPassOver(OfMember):
    title, button, done = _("Do not choose"), _("Do not choose the student"), _("The student is told.")
    allowed = staticmethod(permissions.can_pass_over)

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the student
        return _("%(person)s is told that others were chosen.") % {"person": self.member.person}

    def act(self) -> None:
        team.pass_over(member=self.member, **self.by_at)


class MemberSubstitute(OfMember):
    form_class = SubstituteForm
    title, done = _("Substitution"), _("Asked for. The rector decides, then an amendment order is issued.")
    allowed = staticmethod(permissions.can_substitute)

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the student
        return _("%(person)s does not travel. Whoever steps in confirms first.") % {"person": self.member.person}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": candidates.nameable_by(self.request.user)}

    def act(self, **entered: Any) -> None:
        substitutions.ask(leaves=self.member, **entered, **self.by_at)


@require_safe
def member_file(request: HttpRequest, pk: int, member: int, file: int) -> HttpResponseBase:
    found = TeamMember.objects.visible_to(request.user).filter(event=pk)
    row = get_object_or_404(MemberEvidence.objects.select_related("file"), pk=file, member__in=found, member=member)
    return serve(request, row.file)


@require_safe
def member_permission(request: HttpRequest, pk: int, member: int) -> HttpResponseBase:
    found = TeamMember.objects.visible_to(request.user).select_related("permission_file")
    row = get_object_or_404(found.exclude(permission_file=None), pk=member, event=pk)
    return serve(request, row.permission_file)

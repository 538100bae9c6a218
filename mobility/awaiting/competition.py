"""What the competition asks of a student, of a dean's office and of International Relations."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.awaiting.tasks import Pile, Task, shown
from mobility.calls.models import Call
from mobility.calls.permissions import can_edit_calls
from mobility.people.models import RoleKind, User
from mobility.students.models import Application, Offer
from mobility.students.permissions import can_apply
from mobility.web.templatetags.ui import moment
from selection.models import Publication, Reading
from selection.overview import calls_to_publish
from selection.permissions import can_run

MOST_DRAFTS = 5
SOME = 5
LAST_DAYS = timedelta(days=3)


def tasks_of(user: User, *, at: datetime) -> list[Task | Pile]:
    return [
        *own_applications(user, at=at),
        *calls_to_apply_to(user, at=at),
        *applications_to_read(user, at=at),
        *verdicts_to_second(user),
        *withdrawals_asked_for(user),
        *calls_not_opened(user),
        *selections(user, at=at),
    ]


def own_applications(user: User, *, at: datetime) -> Iterator[Task]:
    """Unsent before the deadline; points while they can be looked at; the result until answers are over."""
    if not can_apply(user):
        return
    for own in Application.objects.of_student(user).current_at(at).select_related("call"):
        if own.is_unsent and at < own.call.deadline:
            yield unfinished(own, at=at)
        elif own.is_submitted and own.call.published_at:
            yield result_of(own, at=at)
        elif own.is_submitted and own.points_shown_at and at < own.call.points_until:
            yield Task(
                name=_("Look at your points: %(call)s") % {"call": own.call},
                hint=_("If one is wrong, tell your dean’s office until %(until)s.")
                % {"until": moment(own.call.points_until)},
                url=own.get_absolute_url(),
            )


def unfinished(own: Application, *, at: datetime) -> Task:
    hint = _("It is saved and not submitted. It counts only if you submit it by %(until)s.")
    if own.is_submitted:
        hint = _("You changed it after you submitted it. The changes count only if you submit again by %(until)s.")
    return Task(
        name=_("Finish your application: %(call)s") % {"call": own.call},
        hint=hint % {"until": moment(own.call.deadline)},
        url=own.get_absolute_url(),
        state="problem" if own.call.deadline - at < LAST_DAYS else "todo",
        word=_("Not submitted"),
    )


def result_of(own: Application, *, at: datetime) -> Task:
    url = reverse("outcome", args=[own.number])
    place = own.offers.filter(run=own.call.published_run).select_related("destination__condition__partner").first()
    if place is not None and place.state == Offer.State.OPEN and at < place.answer_by:
        return Task(
            name=_("Confirm or decline your place: %(host)s") % {"host": place.destination},
            hint=_("Answer by %(until)s. No answer counts as declining.") % {"until": moment(place.answer_by)},
            url=url,
            state="problem" if place.answer_by - at < LAST_DAYS else "todo",
            word=_("Waits for your answer"),
        )
    return Task(
        name=_("Your result and its reasons: %(call)s") % {"call": own.call},
        hint=_("You won no place; the page says why, choice by choice.") if place is None else str(place.destination),
        url=url,
        state="completed",
        word=_("Published") if place is None else place.get_state_display().capitalize(),
    )


def calls_to_apply_to(user: User, *, at: datetime) -> Iterator[Task]:
    if not can_apply(user):
        return
    begun = Application.objects.of_student(user).values("call")
    for call in Call.objects.accepting_at(at).exclude(pk__in=begun).order_by("deadline", "pk")[:SOME]:
        yield Task(
            name=_("You can apply: %(call)s") % {"call": call},
            hint=_("Applications until %(until)s. The page says what is open to you.")
            % {"until": moment(call.deadline)},
            url=reverse("application-new", args=[call.code]),
            word=_("You have not applied"),
        )


def applications_to_read(user: User, *, at: datetime) -> Iterator[Pile]:
    def told(count: int) -> Task:
        name = ngettext("%(count)s application is to be read", "%(count)s applications are to be read", count)
        return Task(
            name=name % {"count": shown(count)},
            hint=_("Achievements beside their evidence: accept, correct or refuse with a reason."),
            url=reverse("desk-queue"),
        )

    if faculties := [role.faculty_id for role in user.roles if role.kind == RoleKind.DEANS_OFFICE]:
        calls = Call.objects.being_read_at(at)
        yield Pile(Application.objects.unverified().filter(call__in=calls, faculty__in=faculties), told)


def verdicts_to_second(user: User) -> Iterator[Task]:
    faculties = [role.faculty_id for role in user.roles if role.kind == RoleKind.DEANS_OFFICE]
    if not faculties:
        return
    pending = Reading.objects.to_settle().filter(claim__application__faculty__in=faculties).exclude(by=user)
    pending = pending.exclude(claim__application__conflicts__person=user)
    for code, faculty, number in (
        pending.values_list(
            "claim__application__call__code", "claim__application__faculty__code", "claim__application__number"
        )
        .order_by()
        .distinct()[:SOME]
    ):
        yield Task(
            name=_("A verdict of %(number)s waits for you as the second person") % {"number": number},
            hint=_("Points have been shown: agree, or keep the verdict before it."),
            url=reverse("verify", args=[code, faculty, number]),
        )


def withdrawals_asked_for(user: User) -> Iterator[Task]:
    faculties = [role.faculty_id for role in user.roles if role.kind == RoleKind.DEANS_OFFICE]
    if not faculties:
        return
    asked = Application.objects.asked_to_withdraw().filter(faculty__in=faculties).order_by("withdrawal_asked_at")
    for number, reason in asked.values_list("number", "withdrawal_reason")[:SOME]:
        yield Task(
            name=_("%(number)s asks to be withdrawn") % {"number": number},
            hint=reason,
            url=reverse("application-withdraw", args=[number]),
        )


def calls_not_opened(user: User) -> Iterator[Task]:
    """Drafts of this person's: their desk says what each still lacks, quotas among it."""
    if not can_edit_calls(user):
        return
    for call in Call.objects.drafts().owned_by(user)[:MOST_DRAFTS]:
        yield Task(
            name=_("Open the call “%(title)s”") % {"title": call.title},
            hint=_("Its page says what it still lacks, from dates to quotas."),
            url=reverse("call-desk", args=[call.code]),
        )


def selections(user: User, *, at: datetime) -> Iterator[Task]:
    """A run where every faculty has locked its ranking; then a second person's look. One query where there is none."""
    if not can_run(user):
        return
    calls = list(calls_to_publish(at)[:SOME])
    for call in calls:
        if call.is_locked and not call.is_run:
            yield Task(
                name=_("Run the selection: %(call)s") % {"call": call},
                hint=_("Every faculty has locked its ranking. A run tells nobody anything before it is published."),
                url=reverse("run-list", args=[call.code]),
            )
    if any(call.is_run for call in calls):
        yield from publications_to_second(user)


def publications_to_second(user: User) -> Iterator[Task]:
    for publication in Publication.objects.waiting_for(user).select_related("run__call", "prepared_by")[:SOME]:
        yield Task(
            name=_("Publish as the second person: %(call)s") % {"call": publication.run.call},
            hint=_("%(person)s prepared run %(number)s. Look at the counts, then publish, or have it taken back.")
            % {"person": publication.prepared_by, "number": publication.run.number},
            url=publication.run.get_absolute_url(),
        )

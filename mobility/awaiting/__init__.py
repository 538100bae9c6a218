"""What awaits a person: one task for each kind of work, saying how much of it there is. Everything here only asks."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.awaiting import competition
from mobility.awaiting.events import events_of
from mobility.awaiting.tasks import Pile, Task, settled, shown
from mobility.people.models import RoleKind, User
from mobility.people.permissions import can_open_doors
from mobility.post.models import Letter
from mobility.staff.models import Activity, Amendment, AnnualPlan, PlanLine, State
from mobility.staff.permissions import can_open_board, can_travel
from partners.models import Agreement, Institution
from partners.permissions import can_edit_institutions, can_write_agreements

SOON_DAYS = 90
SOME = 5
LATE = "late"
TO_CALL_OFF = "to-call-off"
MANY_OF_ONE = 5
"""Tasks that name one thing each stop here."""


def tasks_of(user: User, *, at: datetime) -> list[Task]:
    found = [
        *own_passport_name(user),
        *letters_not_delivered(user),
        *people_without_a_way_in(user, at=at),
        *students_without_a_passport_name(user),
        *competition.tasks_of(user, at=at),
        *partners_off_the_map(user),
        *agreements_that_end_soon(user, at=at),
        *annual_plans(user, at=at),
        *own_lines_to_begin(user, at=at),
        *own_trips(user),
        *trips_to_decide(user, at=at),
        *changes_to_decide(user),
        *events_of(user, at=at),
    ]
    return settled(found)


def own_passport_name(user: User) -> Iterator[Task]:
    if user.roles and not (user.latin_family_name and user.latin_given_name):
        yield Task(
            name=_("Enter your name as in your passport"),
            hint=_("Letters to partner universities use its Latin letters."),
            url=reverse("account-about-me"),
        )


def letters_not_delivered(user: User) -> Iterator[Pile]:
    def told(count: int) -> Task:
        name = ngettext("%(count)s letter was not delivered", "%(count)s letters were not delivered", count)
        return Task(
            name=name % {"count": shown(count)},
            hint=_("The list says why. Correct the address, then send it again."),
            url=reverse("admin:post_letter_changelist") + "?state__exact=failed",
            state="problem",
        )

    if user.holds(RoleKind.ADMINISTRATOR):
        yield Pile(Letter.objects.undelivered(), told)


def people_without_a_way_in(user: User, *, at: datetime) -> Iterator[Pile]:
    def told(count: int) -> Task:
        name = ngettext("%(count)s person has no way in yet", "%(count)s people have no way in yet", count)
        return Task(
            name=name % {"count": shown(count)},
            hint=_("Print sign-in slips for those without an e-mail, and invite the others."),
            url=reverse("person-list") + "?never_signed_in=on",
        )

    if can_open_doors(user):
        yield Pile(User.objects.invitable_by(user, on=timezone.localdate(at)).without_a_way_in(at), told)


def students_without_a_passport_name(user: User) -> Iterator[Pile]:
    def told(count: int) -> Task:
        name = ngettext(
            "%(count)s student has not entered the name in the passport",
            "%(count)s students have not entered the name in the passport",
            count,
        )
        return Task(
            name=name % {"count": shown(count)},
            hint=_("Without it nobody can be nominated to a partner. Remind them."),
            url=reverse("person-list") + "?no_passport_name=on",
        )

    if user.holds(RoleKind.DEANS_OFFICE):
        students = User.objects.visible_to(user).exclude(pk=user.pk).filter(is_active=True)
        yield Pile(students.without_passport_name(), told)


def partners_off_the_map(user: User) -> Iterator[Pile]:
    def told(count: int) -> Task:
        name = ngettext("%(count)s partner is not on the map", "%(count)s partners are not on the map", count)
        return Task(
            name=name % {"count": shown(count)},
            hint=_("Enter the latitude and longitude of the city."),
            url=reverse("admin:partners_institution_changelist") + "?latitude__isnull=True",
        )

    if user.holds(RoleKind.IR_OFFICER) and can_edit_institutions(user):
        yield Pile(Institution.objects.partners().active().off_the_map(), told)


def agreements_that_end_soon(user: User, *, at: datetime) -> Iterator[Pile]:
    """Those this person answers for."""

    def told(count: int) -> Task:
        name = ngettext("%(count)s agreement ends within 90 days", "%(count)s agreements end within 90 days", count)
        return Task(
            name=name % {"count": shown(count)},
            hint=_("Prolong it by a letter, or let it end."),
            url=reverse("agreement-list") + f"?expiring={SOON_DAYS}&owner={user.pk}",
        )

    if can_write_agreements(user):
        mine = Agreement.objects.owned_by(user).expiring_within(SOON_DAYS, of=timezone.localdate(at))
        yield Pile(mine.filter(terminated_at=None), told)


def annual_plans(user: User, *, at: datetime) -> Iterator[Task]:
    """Whose turn it is: the heads', International Relations', the rector's."""
    day = timezone.localdate(at)
    if user.holds(RoleKind.HEAD_OF_DEPARTMENT):
        for plan in AnnualPlan.objects.open_on(day):
            name = _("Propose candidates for the plan of %(year)s") % {"year": plan.year}
            hint = _("Internships and advanced training abroad, until %(day)s.")
            yield Task(name=name, hint=hint % {"day": date_format(plan.proposals_until)}, url=plan.get_absolute_url())
    if user.holds(RoleKind.IR_OFFICER):
        for plan in AnnualPlan.objects.to_choose_on(day):
            name = _("Choose candidates for the plan of %(year)s") % {"year": plan.year}
            yield Task(name=name, hint=_("Then hand the plan to the rector."), url=plan.get_absolute_url())
    if user.holds(RoleKind.RECTOR):
        for plan in AnnualPlan.objects.with_rector():
            name = _("Decide on the plan of %(year)s") % {"year": plan.year}
            yield Task(name=name, hint=_("Approve it, or send it back with a reason."), url=plan.get_absolute_url())


def own_lines_to_begin(user: User, *, at: datetime) -> Iterator[Task]:
    if not user.holds(RoleKind.TEACHING_STAFF):
        return
    for line in PlanLine.objects.to_begin(user, timezone.localdate(at))[:SOME]:
        yield Task(
            name=_("Begin the memo: %(programme)s") % {"programme": line.place.programme},
            hint=_("You are in the plan of %(year)s.") % {"year": line.place.plan.year},
            url=reverse("plan-begin", args=[line.place.plan.year, line.pk]),
        )


def own_trips(user: User) -> Iterator[Task]:
    """What one must do oneself: correct a memo, write a report, send what a colleague wrote."""
    if not can_travel(user):
        return
    told = {
        State.RETURNED: (_("Correct the memo: %(subject)s"), _("Its page says why it came back.")),
        State.REPORT_DUE: (_("Write the report: %(subject)s"), _("One page and your files.")),
        State.DRAFT: (_("Send your memo: %(subject)s"), _("A colleague with whom you travel has written it.")),
    }
    mine = Activity.objects.to_do_by(user).order_by("starts", "pk")
    for pk, subject, state in mine.values_list("pk", "subject", "state")[:MANY_OF_ONE]:
        name, hint = told[state]
        yield Task(
            name=name % {"subject": subject},
            hint=hint,
            url=reverse("activity-detail", args=[pk]),
            state="problem" if state == State.RETURNED else "todo",
        )


def trips_to_decide(user: User, *, at: datetime) -> Iterator[Pile]:
    """Each role's own turn, on its own list; late reports, for the head and whoever accepts them."""
    address = reverse("staff-board" if can_open_board(user) else "staff-department")

    def told(words: Callable[[int], str], state: str, count: int) -> Task:
        hints = {
            LATE: _("Whoever is late is reminded every week by e-mail."),
            TO_CALL_OFF: _("Ordered, then cancelled: the page of each has the draft."),
        }
        return Task(
            name=words(count) % {"count": shown(count)},
            hint=hints.get(state, _("Tick several to do them at once.")),
            url=f"{address}?state={state}",
            state="problem" if state == LATE else "todo",
        )

    turns = dict(turns_of(user))
    rows = Activity.objects.turns(user, turns, on=timezone.localdate(at))
    for state, words in turns.items():
        yield Pile(rows[state], partial(told, words, state))


def turns_of(user: User) -> Iterator[tuple[str, Callable[[int], str]]]:
    if user.holds(RoleKind.HEAD_OF_DEPARTMENT):
        yield State.PROPOSED, memos_to_endorse
        yield LATE, reports_late
    if user.holds(RoleKind.IR_OFFICER):
        yield State.ENDORSED, memos_to_prepare
        yield State.APPROVED, orders_to_issue
        yield TO_CALL_OFF, orders_of_cancellation
        yield State.REPORTED, reports_to_accept
        yield LATE, reports_late
    if user.holds(RoleKind.RECTOR):
        yield State.PREPARED, trips_to_approve


def memos_to_endorse(count: int) -> str:
    return ngettext("%(count)s memo waits for your endorsement", "%(count)s memos wait for your endorsement", count)


def memos_to_prepare(count: int) -> str:
    return ngettext("%(count)s memo is to be prepared", "%(count)s memos are to be prepared", count)


def orders_to_issue(count: int) -> str:
    return ngettext("%(count)s order is to be issued", "%(count)s orders are to be issued", count)


def orders_of_cancellation(count: int) -> str:
    return ngettext(
        "%(count)s order of cancellation is to be issued", "%(count)s orders of cancellation are to be issued", count
    )


def reports_to_accept(count: int) -> str:
    return ngettext("%(count)s report is to be accepted", "%(count)s reports are to be accepted", count)


def trips_to_approve(count: int) -> str:
    return ngettext("%(count)s trip waits for your decision", "%(count)s trips wait for your decision", count)


def reports_late(count: int) -> str:
    return ngettext("%(count)s report is late", "%(count)s reports are late", count)


def changes_to_decide(user: User) -> Iterator[Task]:
    if not (can_open_board(user) or user.holds(RoleKind.HEAD_OF_DEPARTMENT)):
        return
    for change in Amendment.objects.turn_of(user)[:MANY_OF_ONE]:
        yield Task(
            name=_("A change waits for you: %(subject)s") % {"subject": change.activity.subject},
            hint=change.reason,
            url=change.activity.get_absolute_url(),
        )

"""Who may do what with students' events. Announced ones are public; the team is the offices' and its own."""

from datetime import date

from mobility.people.models import RoleKind, User

from .models import (
    ASKED,
    BEFORE_ORDER,
    BEING_NAMED,
    CANCELLABLE,
    IN_TEAM,
    OFF,
    REPORTABLE,
    SUBSTITUTABLE,
    Event,
    MemberState,
    State,
    Substitution,
    SubstitutionState,
    TeamMember,
)


def is_officer(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER)


def is_deans_office(user: User) -> bool:
    return user.holds(RoleKind.DEANS_OFFICE)


def can_open_board(user: User) -> bool:
    return any(user.holds(kind) for kind in (RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR))


def can_open_offices(user: User) -> bool:
    """The calendar and the figures."""
    return can_open_board(user) or is_deans_office(user)


def can_open_own(user: User) -> bool:
    return user.holds(RoleKind.STUDENT) or user.holds(RoleKind.TEACHING_STAFF)


def can_open_events(user: User) -> bool:
    return can_open_offices(user) or can_open_own(user)


def can_read_history(user: User, _event: Event) -> bool:
    return can_open_offices(user)


def can_read_facts(user: User, event: Event) -> bool:
    """What only the offices and who accompanies know: invitation, papers, what happened."""
    return can_open_offices(user) or event.chaperone_id == user.pk


def can_read_orders(user: User, _event: Event) -> bool:
    """They name the whole team."""
    return can_open_board(user)


def can_announce(user: User) -> bool:
    return is_officer(user)


def can_change(user: User, event: Event) -> bool:
    return is_officer(user) and event.state in BEING_NAMED


def can_name(user: User, event: Event) -> bool:
    """International Relations any student, a dean's office its own."""
    return (is_officer(user) or is_deans_office(user)) and event.state in BEFORE_ORDER


def takes_wishes(event: Event, *, on: date) -> bool:
    return event.wishes_until is not None and event.wishes_until >= on and event.state in BEING_NAMED


def can_put_forward(user: User, event: Event, *, on: date) -> bool:
    return user.holds(RoleKind.STUDENT) and takes_wishes(event, on=on)


def could_put_forward(user: User, event: Event) -> bool:
    """Until a day that may be over: whoever comes late is told so."""
    return user.holds(RoleKind.STUDENT) and event.wishes_until is not None


def keeps(user: User, member: TeamMember) -> bool:
    """The office that answers for the student."""
    return is_officer(user) or user.holds(RoleKind.DEANS_OFFICE, faculty=member.faculty)


def can_answer(user: User, member: TeamMember) -> bool:
    return user.pk == member.person_id and member.state in ASKED and _is_on(member.event)


def can_answer_on_paper(user: User, member: TeamMember) -> bool:
    return keeps(user, member) and member.state in ASKED and _is_on(member.event)


def can_take_off(user: User, member: TeamMember) -> bool:
    return keeps(user, member) and member.state in IN_TEAM and member.event.state in BEFORE_ORDER


def can_pass_over(user: User, member: TeamMember) -> bool:
    return keeps(user, member) and member.state == MemberState.PUT_FORWARD and _is_on(member.event)


def can_withdraw_wish(user: User, member: TeamMember) -> bool:
    mine = user.pk == member.person_id and member.state == MemberState.PUT_FORWARD
    return mine and member.event.state in BEFORE_ORDER


def can_substitute(user: User, member: TeamMember) -> bool:
    return keeps(user, member) and member.state == MemberState.CONFIRMED and member.event.state in SUBSTITUTABLE


def can_approve(user: User, event: Event) -> bool:
    return is_officer(user) and event.state == State.CONFIRMED


def can_decide(user: User, event: Event) -> bool:
    return user.holds(RoleKind.RECTOR) and event.state == State.APPROVED


def can_order(user: User, event: Event) -> bool:
    return is_officer(user) and event.state == State.DECIDED


def can_keep_orders(user: User, _event: Event) -> bool:
    return is_officer(user)


def can_turn_into_call(user: User, event: Event) -> bool:
    return is_officer(user) and event.state == State.ANNOUNCED


def can_take_winners(user: User, event: Event) -> bool:
    return is_officer(user) and event.state == State.COMPETED


def can_take_back(user: User, event: Event) -> bool:
    """Nobody has seen its call yet."""
    return is_officer(user) and event.state == State.COMPETED and event.call is not None and event.call.is_draft


def can_cancel(user: User, event: Event) -> bool:
    return is_officer(user) and event.state in CANCELLABLE


def can_report(user: User, event: Event) -> bool:
    """Whoever travelled, and International Relations for them."""
    return _went(user, event) and event.state in REPORTABLE


def can_enter_results(user: User, event: Event) -> bool:
    return _went(user, event) and event.state in (*REPORTABLE, State.REPORTED)


def can_close(user: User, event: Event) -> bool:
    return is_officer(user) and event.state == State.REPORTED


def can_decide_substitution(user: User, one: Substitution) -> bool:
    return user.holds(RoleKind.RECTOR) and one.state == SubstitutionState.ASKED and one.event.state in SUBSTITUTABLE


def can_order_substitution(user: User, one: Substitution) -> bool:
    return is_officer(user) and one.state == SubstitutionState.DECIDED and one.event.state in SUBSTITUTABLE


def _went(user: User, event: Event) -> bool:
    return is_officer(user) or event.chaperone_id == user.pk or event.members.confirmed().filter(person=user).exists()


def _is_on(event: Event) -> bool:
    return event.state not in OFF and event.state in (*BEFORE_ORDER, *SUBSTITUTABLE)

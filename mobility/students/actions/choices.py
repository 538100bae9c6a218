"""The list of destinations, the dearest first. Each act says which list it saw, so that two windows lose nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.models import Destination
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Application, Choice
from mobility.students.openings import offered_to

from .editing import locked_for_editing, save


@transaction.atomic
def set_choices(
    *, application: Application, destinations: Sequence[Destination], seen: Sequence[str], by: User, at: datetime
) -> Application:
    """The whole list at once; `seen` are the codes in the order in which the page showed them."""
    application = locked_for_editing(application, at=at)
    _refuse_if_changed(application, seen)
    _refuse_ineligible(application, [destination.code for destination in destinations])
    _write(application, [destination.pk for destination in destinations])
    journal.record(event="choices-changed", of=application, by=by)
    save(application, at=at)
    return application


@transaction.atomic
def add_choice(
    *, application: Application, destination: Destination, seen: Sequence[str], by: User, at: datetime
) -> Application:
    """Last on the list."""
    return _rearranged(application, destination, seen=seen, by=by, at=at, to="end")


@transaction.atomic
def remove_choice(
    *, application: Application, destination: Destination, seen: Sequence[str], by: User, at: datetime
) -> Application:
    return _rearranged(application, destination, seen=seen, by=by, at=at, to="off")


@transaction.atomic
def move_choice_up(
    *, application: Application, destination: Destination, seen: Sequence[str], by: User, at: datetime
) -> Application:
    return _rearranged(application, destination, seen=seen, by=by, at=at, to="up")


@transaction.atomic
def move_choice_down(
    *, application: Application, destination: Destination, seen: Sequence[str], by: User, at: datetime
) -> Application:
    return _rearranged(application, destination, seen=seen, by=by, at=at, to="down")


def _rearranged(
    application: Application, destination: Destination, *, seen: Sequence[str], by: User, at: datetime, to: str
) -> Application:
    application = locked_for_editing(application, at=at)
    _refuse_if_changed(application, seen)
    order = list(application.choices.values_list("destination_id", flat=True))
    moved = moved_in(order, destination.pk, to)
    if moved == order:
        return application
    if to == "end":
        _refuse_ineligible(application, [destination.code])
    _write(application, moved)
    journal.record(event="choices-changed", of=application, by=by)
    save(application, at=at)
    return application


def moved_in(order: list[int], one: int, to: str) -> list[int]:
    """The order with `one` moved up or down a place, taken off, or put at the end."""
    if to == "end":
        return order if one in order else [*order, one]
    if one not in order:
        return order
    rest = [other for other in order if other != one]
    if to == "off":
        return rest
    place = order.index(one) + (1 if to == "down" else -1)
    place = min(max(place, 0), len(rest))
    return [*rest[:place], one, *rest[place:]]


def _refuse_if_changed(application: Application, seen: Sequence[str]) -> None:
    """Compared in order: what is moved by one place twice is moved by two."""
    if list(application.choices.values_list("destination__code", flat=True)) != list(seen):
        raise ValidationError(
            _("Your list changed in another window, or by a second press. Here it is as it stands now."),
            code="changed-elsewhere",
        )


def _refuse_ineligible(application: Application, codes: Sequence[str]) -> None:
    offered = {one.destination.code: one for one in offered_to(application)}
    for code in codes:
        one = offered.get(code)
        if one is None or not one.is_eligible:
            raise ValidationError(
                _("%(destination)s is not open to you: the list says why."),
                code="not-eligible",
                params={"destination": one.destination if one else code},
            )


def _write(application: Application, order: Sequence[int]) -> None:
    """Rows keep their destination and change their place; the places are compared at the end of the transaction."""
    existing = {choice.destination_id: choice for choice in application.choices.all()}
    gone = [choice.pk for key, choice in existing.items() if key not in order]
    if gone:
        application.choices.filter(pk__in=gone).delete()
    moved, new = [], []
    for position, key in enumerate(order, start=1):
        if key not in existing:
            new.append(Choice(application=application, destination_id=key, position=position))
        elif existing[key].position != position:
            existing[key].position = position
            moved.append(existing[key])
    Choice.objects.bulk_update(moved, ["position"])
    Choice.objects.bulk_create(new)

from collections.abc import Iterable

from django.utils import timezone

from mobility.people.context import current
from mobility.people.models import RoleKind, User
from mobility.post.actions import queue

from .models import Call, Extension, RulesVersion


def tell_extended(*, extension: Extension, to: Iterable[User]) -> None:
    _tell("calls/mail/extended", extension.call, to, {"extension": extension}, on=extension.at.date())


def tell_called_off(*, call: Call, to: Iterable[User]) -> None:
    _tell("calls/mail/called_off", call, to, {}, on=timezone.localdate(call.called_off_at))


def tell_rules_changed(*, rules: RulesVersion, to: Iterable[User]) -> None:
    _tell("calls/mail/rules_changed", rules.call, to, {"rules": rules}, on=rules.made_at.date())


def _tell(template: str, call: Call, to: Iterable[User], context: dict, *, on) -> None:
    """One letter each: those concerned, and the deans' offices of the faculties that have a seat."""
    offices = User.objects.holding(RoleKind.DEANS_OFFICE, on=on).filter(is_active=True)
    readers = {person.pk: person for person in (*to, *offices)}
    for person in readers.values():
        if person.email:
            queue(template=template, to=person, context={"call": call, "university": current(), **context})

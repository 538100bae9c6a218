"""Which objects have a history page, and who may read it. An app opens its own doors in its AppConfig.ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model

MayRead = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Door:
    model: type[Model]
    may_read: MayRead
    events: Mapping[str, Any] = field(default_factory=dict)
    is_told_in_whole: bool = False


_doors: dict[type[Model], Door] = {}
_told: dict[str, dict[str, Any]] = {}


def open_history(
    model: type[Model], *, may_read: MayRead, events: Mapping[str, Any] | None = None, is_told_in_whole: bool = False
) -> None:
    """Give each object of a model a history page: for those who see it by `visible_to` and pass `may_read(user, it)`.

    `events` has the words for the names that the app's actions record: `{"archived": _("Archived")}`. Of a part that
    `is_told_in_whole`, whose readers are those of the whole, the whole's history names the part of each act and tells
    what the act wrote into the part's own parts.
    """
    _doors[model] = Door(model, may_read, events or {}, is_told_in_whole)


def tell_events(model: type[Model], events: Mapping[str, Any]) -> None:
    """Words for the events that a room above records about a model whose door another room opens."""
    _told.setdefault(model._meta.label_lower, {}).update(events)


def may_read_history(user: Any, instance: Model) -> bool:
    """For a page that links to it."""
    door = _doors.get(type(instance))
    return door is not None and door.may_read(user, instance)


def door_of(app_label: str, model_name: str) -> Door | None:
    try:
        return _doors.get(apps.get_model(app_label, model_name))
    except LookupError:
        return None


def told_in_whole() -> set[str]:
    """Labels of the models of such parts."""
    return {door.model._meta.label_lower for door in _doors.values() if door.is_told_in_whole}


def words_of_events() -> dict[tuple[str, str], Any]:
    """Of all open doors: (model's label, event) → words."""
    told = {label: dict(events) for label, events in _told.items()}
    for door in _doors.values():
        told.setdefault(door.model._meta.label_lower, {}).update(door.events)
    return {(label, event): words for label, events in told.items() for event, words in events.items()}

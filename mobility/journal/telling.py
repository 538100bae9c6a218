"""Turns rows of the journal into words: who, when, what changed from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model
from django.utils import formats, timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from mobility.journal.doors import words_of_events
from mobility.journal.models import Event, Operation
from mobility.journal.triggers import label_of

# Transaction numbers start again on a restored cluster: one number long apart is two transactions.
LONGEST_TRANSACTION = timedelta(hours=1)
EMPTY = (None, "", [], {})


# A field, and its values before and after in words; there is no "before" of what was added, or of a secret.
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Act:
    what: str
    changes: list[Change]


@dataclass(frozen=True)
class Entry:
    """What one transaction did to an object and its parts: the named event first, or else what came first."""

    at: datetime
    who: str
    reason: str
    what: str
    changes: list[Change]
    more: list[Act]


def tell(events: Sequence[Event], *, about: Model) -> list[Entry]:
    """Entries, newest first, of events that came newest first. Asks one query a kind of object pointed at."""
    teller = Teller(events, about)
    return [teller.entry(together) for together in transactions(events)]


def transactions(events: Sequence[Event]) -> Iterable[list[Event]]:
    together = list(events[:1])
    for newer, older in pairwise(events):
        if older.transaction != newer.transaction or newer.at - older.at > LONGEST_TRANSACTION:
            yield together
            together = []
        together.append(older)
    if together:
        yield together


class Teller:
    def __init__(self, events: Sequence[Event], about: Model) -> None:
        self.about = label_of(about)
        self.words = words_of_events()
        self.names = names_of(pointed_at(events))

    def entry(self, together: list[Event]) -> Entry:
        actor = next((event.actor for event in together if event.actor is not None), None)
        named_then_oldest_first = sorted(together, key=lambda event: (event.operation != Operation.EVENT, event.pk))
        first, *more = [self.act(event) for event in named_then_oldest_first]
        return Entry(
            at=together[0].at,
            who=_("the system") if actor is None else self.name(get_user_model(), actor),
            reason=next((event.reason for event in together if event.reason), ""),
            what=first.what,
            changes=first.changes,
            more=more,
        )

    def act(self, event: Event) -> Act:
        model = model_of(event.model)
        if event.operation == Operation.EVENT:
            title = str(self.words.get((event.model, event.event), event.event))
        else:
            title = capfirst(str(event.get_operation_display()))
        if event.model != self.about:
            kind = model._meta.verbose_name if model else event.model
            title = f"{capfirst(str(kind))}: {title[:1].lower()}{title[1:]}"
        return Act(title, [self.change(model, column, event.changes[column]) for column in told_columns(model, event)])

    def change(self, model: type[Model] | None, column: str, values: list | None) -> Change:
        found = field_of(model, column)
        label = capfirst(str(found.verbose_name)) if found else column
        if values is None:
            return label, "", _("changed; its value is not shown")
        before, after = (self.value(found, value) for value in values)
        return label, before, after or _("empty")

    def value(self, found: Field | None, value: Any) -> str:
        if value in EMPTY:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(found, ForeignKey):
            return self.name(found.related_model, value)
        if found and found.flatchoices:
            return str(dict(found.flatchoices).get(value, value))
        return Truncator(in_words(python_value(found, value))).chars(300)

    def name(self, model: type[Model], key: Any) -> str:
        return self.names.get(model, {}).get(str(key)) or _("No. %(key)s (deleted)") % {"key": key}


def told_columns(model: type[Model] | None, event: Event) -> list[str]:
    """In the order of the model's fields; without the key, the pointer to the whole, and what was empty all along."""
    order = [found.column for found in model._meta.concrete_fields if not found.primary_key] if model else []
    columns = [column for column in order if column in event.changes]
    if not model:
        columns = sorted(event.changes)
    return [column for column in columns if not points_at_whole(model, column, event) and is_told(event, column)]


def is_told(event: Event, column: str) -> bool:
    values = event.changes[column]
    return event.operation == Operation.UPDATE if values is None else any(value not in EMPTY for value in values)


def points_at_whole(model: type[Model] | None, column: str, event: Event) -> bool:
    found = field_of(model, column)
    return isinstance(found, ForeignKey) and found.related_model._meta.label_lower == event.within


def model_of(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def field_of(model: type[Model] | None, column: str) -> Field | None:
    return next((found for found in model._meta.concrete_fields if found.column == column), None) if model else None


def pointed_at(events: Iterable[Event]) -> dict[type[Model], set[Any]]:
    keys: dict[type[Model], set[Any]] = defaultdict(set)
    for event in events:
        if event.actor is not None:
            keys[get_user_model()].add(event.actor)
        model = model_of(event.model)
        for column, values in event.changes.items():
            found = field_of(model, column)
            if isinstance(found, ForeignKey) and values is not None:
                keys[found.related_model].update(value for value in values if value is not None)
    return keys


def names_of(keys: dict[type[Model], set[Any]]) -> dict[type[Model], dict[str, str]]:
    return {
        model: {str(key): str(found) for key, found in model._base_manager.in_bulk(list(of_model)).items()}
        for model, of_model in keys.items()
    }


def python_value(found: Field | None, value: Any) -> Any:
    if found is None:
        return value
    try:
        return found.to_python(value)
    except (ValidationError, ValueError, TypeError):
        return value


def in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(in_words(part) for part in value)
    return formats.localize(value) if isinstance(value, int | float) else str(value)

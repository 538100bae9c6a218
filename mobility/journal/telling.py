"""Turns rows of the journal into words: who, when, what changed from what to what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import DecimalField, Field, ForeignKey, Model
from django.utils import formats, timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from mobility.journal.doors import told_in_whole, words_of_events
from mobility.journal.models import Event, Operation
from mobility.journal.triggers import label_of

# Transaction numbers start again on a restored cluster: one number long apart is two transactions.
LONGEST_TRANSACTION = timedelta(hours=1)
EMPTY = (None, "", [], {})
MOST_LETTERS = 300  # of a value


# A field, and its values before and after in words; there is no "before" of what was added, or of a secret.
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """What one transaction did to an object and its parts."""

    at: datetime
    who: str
    reason: str
    what: str
    changes: list[Change]


def tell(events: Sequence[Event], *, about: Model) -> list[Entry]:
    """Entries, newest first, of events that came newest first. Asks one query a kind of object pointed at."""
    events = with_parts_of_parts(events, about)
    teller = Teller(events, about)
    return [teller.entry(together) for together in transactions(events)]


def with_parts_of_parts(events: Sequence[Event], about: Model) -> list[Event]:
    """An act on a part may have written into that part's own parts: a whole's history tells of it too."""
    parts = told_in_whole() - {label_of(about)}
    acts = [event for event in events if event.operation == Operation.EVENT and event.model in parts]
    further = Event.objects.of_parts_of(acts) if acts else ()
    return sorted({event.pk: event for event in (*events, *further)}.values(), key=lambda event: -event.pk)


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
        self.words, self.told_in_whole = words_of_events(), told_in_whole()
        self.names = names_of(pointed_at(events))

    def entry(self, together: list[Event]) -> Entry:
        oldest_first = sorted(together, key=lambda event: event.pk)
        actor = next((event.actor for event in together if event.actor is not None), None)
        reason = next((event.reason for event in together if event.reason), "")
        changes = [change for event in oldest_first for change in self.changes(event)]
        said = Truncator(reason).chars(MOST_LETTERS)  # a row that keeps its reason would tell it a second time
        return Entry(
            at=together[0].at,
            who=_("the system") if actor is None else self.name(get_user_model(), actor),
            reason=reason,
            what=self.title(oldest_first),
            changes=[change for change in changes if not reason or change[1:] != ("", said)],
        )

    def title(self, oldest_first: list[Event]) -> str:
        """The acts that have names; where there are none, what was done to the object itself."""
        acts = [self.act(event) for event in oldest_first if event.operation == Operation.EVENT]
        if acts:
            return " · ".join(dict.fromkeys(acts))
        done = next((event.operation for event in oldest_first if event.model == self.about), Operation.UPDATE)
        return capfirst(str(Operation(done).label))

    def act(self, event: Event) -> str:
        """Of a part that has acts of its own, which one."""
        words = self.event_words(event)
        is_of_a_part = event.model != self.about and event.model in self.told_in_whole
        part = self.names.get(model_of(event.model), {}).get(str(event.object)) if is_of_a_part else None
        return f"{words} ({part})" if part else words  # a part that is gone has no name

    def event_words(self, event: Event) -> str:
        """Of a part: its own door's words, or else those of the whole."""
        words = self.words.get((event.model, event.event)) or self.words.get((self.about, event.event))
        return str(words or event.event)

    def changes(self, event: Event) -> list[Change]:
        model = model_of(event.model)
        columns = told_columns(model, event)
        if event.model == self.about or event.operation == Operation.EVENT:
            return [self.change(model, column, event.changes[column]) for column in columns]
        kind = capfirst(str(model._meta.verbose_name if model else event.model))
        if event.operation == Operation.UPDATE:
            told = [self.change(model, column, event.changes[column]) for column in columns]
            return [(f"{kind}, {label}", before, after) for label, before, after in told]
        if event.operation == Operation.INSERT:
            return [(kind, "", _("added: %(values)s") % {"values": self.in_a_line(model, columns, event)})]
        return [(kind, self.in_a_line(model, columns, event), _("deleted"))]

    def in_a_line(self, model: type[Model] | None, columns: list[str], event: Event) -> str:
        """What a part holds; a "yes" alone would say nothing, so it is the field's name that stands there."""
        told = []
        for column in columns:
            found = field_of(model, column)
            before, after = event.changes[column]
            value = before if event.operation == Operation.DELETE else after
            told.append(str(found.verbose_name) if found and value is True else self.value(found, value))
        return ", ".join(told)

    def change(self, model: type[Model] | None, column: str, values: list | None) -> Change:
        found = field_of(model, column)
        label = str(found.verbose_name) if found else column
        label = label if model is None or model._meta.label_lower != self.about else capfirst(label)
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
        value = python_value(found, value)
        if isinstance(value, Decimal) and isinstance(found, DecimalField):
            value = round(value, found.decimal_places)
        return Truncator(in_words(value)).chars(MOST_LETTERS)

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
    """Of a new or deleted row, only what it holds: neither what is empty nor a "no"."""
    values = event.changes[column]
    if event.operation == Operation.UPDATE:
        return True
    return values is not None and any(value not in EMPTY and value is not False for value in values)


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
        if model and event.operation == Operation.EVENT and event.model in told_in_whole():
            keys[model].add(python_value(model._meta.pk, event.object))
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
    return formats.localize(value) if isinstance(value, int | float | Decimal) else str(value)

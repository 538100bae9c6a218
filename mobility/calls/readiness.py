"""What a draft lacks before it can be opened: each with a code, a sentence, and the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from mobility.web.templatetags.ui import day
from partners.models import Condition

from .models import Call, Destination, Release, RulesVersion
from .soundness import faults_of

TEXTS = ("title", "costs", "replaces")
LANGUAGES = ("en", "ru", "be")


@dataclass(frozen=True)
class Missing:
    """`part` is the part of the call that it belongs to: dates, texts, rules, destinations or quotas."""

    part: str
    code: str
    text: str
    call: str
    blocks: bool = True

    @property
    def url(self) -> str:
        return reverse(PAGES[self.part], args=[self.call])


def missing(call: Call, *, at: datetime) -> list[Missing]:
    """What keeps the call from being opened."""
    return [item for item in wanting(call, at=at) if item.blocks]


def wanting(call: Call, *, at: datetime) -> list[Missing]:
    """That, and what is only to be known: a partner that has not confirmed its seats may still do so."""
    destinations = list(
        call.destinations.by_name()
        .select_related("condition__agreement", "condition__partner")
        .annotate(reserved=Sum("quotas__seats", default=0))
    )
    rules = call.rules_versions.first()
    return [
        *_dates(call, at),
        *_texts(call),
        *_rules(call, rules),
        *_destinations(call, destinations, rules),
        *_seats(call, destinations),
        *_quotas(call, destinations),
    ]


def _dates(call: Call, at: datetime) -> Iterator[Missing]:
    if call.is_draft and call.deadline <= at:
        yield _item(call, "dates", "deadline-over", _("The deadline has passed already: move the dates."))


def _texts(call: Call) -> Iterator[Missing]:
    words = {"title": _("title"), "costs": _("who pays what"), "replaces": _("what the stay replaces")}
    for text in TEXTS:
        lacking = [language for language in LANGUAGES if not getattr(call, f"{text}_{language}")]
        if lacking:
            told = _("The text “%(text)s” is missing in %(languages)s.")
            names = ", ".join(language.upper() for language in lacking)
            yield _item(call, "texts", f"no-{text}", told % {"text": words[text], "languages": names})


def _rules(call: Call, rules: RulesVersion | None) -> Iterator[Missing]:
    if rules is None:
        yield _item(call, "rules", "no-rules", _("The call has no rules: start from a template."))
        return
    for fault in faults_of(rules.content):
        yield _item(call, "rules", "unsound", fault)


def _destinations(call: Call, destinations: list[Destination], rules: RulesVersion | None) -> Iterator[Missing]:
    criteria = {row["code"] for row in rules.content["criteria"]} if rules else set()
    if not destinations:
        yield _item(call, "destinations", "no-destinations", _("The call has no destination."))
    outliving = set(call.destinations.outliving().values_list("pk", flat=True))
    for destination in destinations:
        if destination.pk in outliving:
            yield _item(call, "destinations", "outlives", outlives(destination))
        if set(destination.weights) - criteria:
            told = _("%(host)s: its weights name a criterion that the rules no longer have.")
            yield _item(call, "destinations", "weights", told % {"host": destination})


def outlives(destination: Destination) -> str:
    """The agreement that the stay goes beyond, and its last day."""
    agreement = destination.condition.agreement
    last = min((found for found in (destination.condition.ends, agreement.last_day) if found), default=None)
    told = _("%(host)s: the stay until %(until)s outlives agreement %(agreement)s, which ends on %(last)s.")
    if last is None or destination.ends <= last:
        told = _("%(host)s: agreement %(agreement)s does not hold from the first day of the stay to the last.")
    return told % {"host": destination, "until": day(destination.ends), "agreement": agreement, "last": day(last)}


def _seats(call: Call, destinations: list[Destination]) -> Iterator[Missing]:
    """More than the partner gives, over all calls of the year; or nothing confirmed yet."""
    conditions = Condition.objects.filter(pk__in={row.condition_id for row in destinations})
    counted = {row.pk: row for row in conditions.with_seats_of(AcademicYear.read(call.academic_year))}
    given = dict(
        Destination.objects.filter(condition__in=counted, call__academic_year=call.academic_year)
        .order_by()
        .values_list("condition")
        .annotate(n=Sum("seats"))
    )
    silent = []
    for destination in destinations:
        seats = counted[destination.condition_id]
        words = {"host": destination, "given": given[seats.pk], "seats": seats.counted, "year": call.academic_year}
        if given[seats.pk] > seats.counted:
            told = _("%(host)s: calls of %(year)s give %(given)s places, the partner gives %(seats)s.")
            yield _item(call, "destinations", "too-many-seats", told % words)
        if seats.confirmed is None:
            silent.append(destination.condition.partner.short_name)
    if silent:
        told = _("Seats of %(year)s are not confirmed yet by: %(partners)s.")
        words = {"year": call.academic_year, "partners": ", ".join(silent)}
        yield replace(_item(call, "destinations", "not-confirmed", told % words), blocks=False)


def _quotas(call: Call, destinations: list[Destination]) -> Iterator[Missing]:
    """Nothing is open or released where a call releases nothing: the quotas add up to the seats."""
    if not destinations:
        yield _item(call, "quotas", "no-places", _("There are no places to divide yet."))
    for destination in destinations:
        left = destination.seats - destination.reserved
        if destination.reserved == 0 or (call.release == Release.NONE and left):
            told = _("%(host)s: %(left)s of %(seats)s places have no faculty yet.")
            words = {"host": destination, "left": left, "seats": destination.seats}
            yield _item(call, "quotas", "quotas-short", told % words)


PAGES = {
    "dates": "call-edit",
    "texts": "call-texts",
    "rules": "call-rules",
    "destinations": "call-destinations",
    "quotas": "call-quotas",
}


def _item(call: Call, part: str, code: str, text: str) -> Missing:
    return Missing(part, code, text, call.code)

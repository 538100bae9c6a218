"""An application's published outcome: card, place and words, for the page, the PDF and the calendar. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.calls.models import RulesVersion
from mobility.files.documents import Facts, Heading, Letterhead, Name, Paper, Table, Text, as_pdf
from mobility.people.context import current
from mobility.people.marks import on_paper
from mobility.students.models import Application, Card, Offer
from mobility.students.reasons import Choice, Told, paper, told
from mobility.web.templatetags.ui import moment, period, points


@dataclass(frozen=True)
class Needed:
    """How many points more would have brought a choice."""

    points: str
    choice: Choice


@dataclass(frozen=True)
class Outcome:
    application: Application
    card: Card
    offer: Offer | None
    told: Told

    @property
    def needed(self) -> list[Needed] | None:
        """By the list's order; None while the real runs are still being made."""
        if self.card.needed is None:
            return None
        return [
            Needed(f"+{points(paper(more))}", choice)
            for choice in self.told.choices
            if (more := self.card.needed.get(choice.destination.code)) is not None
        ]

    @property
    def checksum(self) -> str:
        return " ".join(self.card.checksum[start : start + 4] for start in range(0, 12, 4))


def of(application: Application) -> Outcome | None:
    """None until the results of the call are published."""
    card = application.cards.order_by("-run").first()
    if card is None:
        return None
    destinations = {row.code: row for row in application.call.destinations.select_related("condition__partner")}
    for row in destinations.values():
        row.call = application.call
    rules = RulesVersion.objects.get(call=application.call_id, number=card.rules_version)
    offer = offer_of(application)
    place = offer.state if offer else ""
    words = told(card.content, destinations=destinations, rules=rules.content, place=place)
    return Outcome(application, card, offer, words)


def offer_of(application: Application) -> Offer | None:
    offer = application.offers.select_related("destination__condition__partner").order_by("-run").first()
    if offer:
        offer.application = application
    return offer


def paper_of(outcome: Outcome, *, at: datetime) -> bytes:
    application, university = outcome.application, current()
    letterhead = (str(university), university.ir_department) if university else ()
    made = Paper(
        name=_("Card of reasons"),
        title=application.call.title,
        language=get_language() or "en",
        letterhead=Letterhead(letterhead),
        blocks=(
            Facts(tuple(_facts(outcome))),
            Heading(_("Why, choice by choice")),
            Table(
                (_("Choice"), _("What happened"), _("Cut-off"), _("Short by")),
                tuple(_row(choice) for choice in outcome.told.choices),
                numbers=(2, 3),
            ),
            Text(_("The cut-off is the score of the last student of your faculty who was placed there. A position in "
                   "the reserve is a position, not a promise.")),
            Heading(_("Your points")),
            Table(
                (_("Criterion"), _("Claimed"), _("Verified"), _("At most"), _("Counted")),
                tuple(_points(outcome)),
                numbers=(1, 2, 3, 4),
            ),
        ),
        footer=_("Run %(run)s of %(moment)s, checksum %(checksum)s")
        % {"run": outcome.card.run, "moment": moment(outcome.card.published_at), "checksum": outcome.card.checksum},
    )  # fmt: skip
    dated = timezone.localdate(at)
    return as_pdf(made.as_content(), number=application.number, dated=dated, at=at)


def _facts(outcome: Outcome) -> Iterator[tuple[str, str | Name]]:
    application, words = outcome.application, outcome.told
    student = application.student
    yield _("Student"), Name(student.get_full_name(), student.latin_name)
    yield _("Application"), application.number
    yield _("Faculty"), application.faculty.name
    yield _("Mean mark"), points(on_paper(application.mean_mark))
    if words.rank:
        yield _("Rank in the faculty"), _("%(rank)s of %(ranked)s") % {"rank": words.rank, "ranked": words.ranked}
    if words.won:
        destination = words.won.destination
        yield _("Place"), str(destination)
        yield _("Stay"), period(destination.starts, destination.ends)
        if outcome.offer:
            yield _("Answer"), outcome.offer.get_state_display()
    else:
        yield _("Place"), _("none")


def _points(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    for row in outcome.told.criteria:
        title = f"{row.title}: {row.remark}" if row.remark else row.title
        yield title, *(str(points(value)) for value in (row.claimed, row.verified, row.at_most, row.counted))
    yield _("Together"), "", "", "", str(points(outcome.told.total))


def _row(choice: Choice) -> tuple[str, str, str, str]:
    happened = " ".join((f"{choice.word}.", *choice.sentences))
    return f"{choice.position}. {choice.destination}", happened, str(points(choice.cutoff)), choice.short


def calendar_of(offer: Offer) -> bytes:
    """The date for the answer and the stay, for the student's calendar."""
    from icalendar import Calendar, Event  # noqa: PLC0415 -- for the few who ask for the file

    calendar = Calendar({"prodid": "-//academic mobility//", "version": "2.0"})
    number, destination = offer.application.number, offer.destination
    until = Event({"uid": f"{number}-answer", "summary": _("Last moment to confirm or decline your place")})
    until.add("dtstamp", offer.made_at)
    until.add("dtstart", offer.answer_by)
    stay = Event({"uid": f"{number}-stay", "summary": str(destination)})
    stay.add("dtstamp", offer.made_at)
    stay.add("dtstart", destination.starts)
    stay.add("dtend", destination.ends + timedelta(days=1))
    for event in (until, stay):
        calendar.add_component(event)
    return calendar.to_ical()

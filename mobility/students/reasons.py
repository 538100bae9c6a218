"""A card of reasons in words: the engine's explanation of one application, as the page and the PDF say it.

Asks the database nothing; destinations and rules come in. Other students appear by no name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mobility.calls.models import Destination
from mobility.calls.rubric import MODIFIERS, titles_of
from mobility.people.marks import on_paper
from mobility.students.models import Offer
from mobility.students.sentences import TIE_RULES, failed
from mobility.web.charts import Strip, strip
from mobility.web.templatetags.ui import points

Json = Mapping[str, Any]
MARGIN = 200  # hundredths left free at the ends of the scale

COUNTED_AS_THEY_ARE = {"course", "no_earlier_mobility"}


@dataclass(frozen=True)
class Choice:
    position: int
    destination: Destination
    seats: str
    kind: str  # of the pill
    word: str
    icon: str
    sentences: list[str]
    cutoff: Decimal | None
    short: str  # by how much, or "equal", or a dash
    strip: Strip | None
    is_won: bool
    is_held: bool  # won, and neither declined nor lapsed since


@dataclass(frozen=True)
class Criterion:
    title: str
    remark: str
    claimed: Decimal
    verified: Decimal
    at_most: Decimal
    counted: Decimal


@dataclass(frozen=True)
class Told:
    """`low` and `high` are the ends of the scale that the strips lie on."""

    choices: list[Choice]
    criteria: list[Criterion]
    modifiers: list[tuple[str, Decimal]]
    total: Decimal | None
    rank: int | None
    ranked: int | None
    low: Decimal
    high: Decimal

    @property
    def won(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.is_won), None)

    @property
    def has_strips(self) -> bool:
        return any(choice.strip for choice in self.choices)


def told(card: Json, *, destinations: Mapping[str, Destination], rules: Json, place: str = "") -> Told:
    """`place` is the state of the offer, where there is one: what was declined or has lapsed is said so."""
    score, rank = card["score"], card["rank"] or (None, None)
    low, high = _scale(card)
    choices = [
        _choice(number, wish, card, destinations[wish["destination"]], (low, high))
        for number, wish in enumerate(card["wishes"], start=1)
    ]
    if place in GONE:
        choices = [
            _given_up(choice, wish["verdict"], GONE[place])
            for choice, wish in zip(choices, card["wishes"], strict=True)
        ]
    return Told(
        choices=choices,
        criteria=_criteria(score, rules) if score else [],
        modifiers=[(capfirst(MODIFIERS[fact]), paper(value)) for fact, value in score["modifiers"]] if score else [],
        total=paper(score["total"]) if score else None,
        rank=rank[0],
        ranked=rank[1],
        low=paper(low),
        high=paper(high),
    )


def paper(value: int) -> Decimal:
    return Decimal(value).scaleb(-2)


def _scale(card: Json) -> tuple[int, int]:
    """Whole tens of points around everything that a strip shows."""
    shown = [own["total"] for wish in card["wishes"] if (own := wish.get("score", card["score"]))]
    shown += [wish["cutoff"]["points"] for wish in card["wishes"] if wish["cutoff"]["points"] is not None]
    if not shown:
        return 0, 1000
    return (min(shown) - MARGIN) // 1000 * 1000, -(-(max(shown) + MARGIN) // 1000) * 1000


def _choice(number: int, wish: Json, card: Json, destination: Destination, ends: tuple[int, int]) -> Choice:
    verdict, cutoff = wish["verdict"], wish["cutoff"]["points"]
    own = (wish.get("score") or card["score"] or {}).get("total")
    is_won = verdict == "won"
    kind, word, icon, sentences = VERDICTS[verdict](wish, card, destination)
    shown = None
    if own is not None and verdict != "not_eligible":
        shown = strip(you=own, cutoff=None if is_won and cutoff == own else cutoff, low=ends[0], high=ends[1])
    return Choice(
        position=number,
        destination=destination,
        seats=_seats(wish["seats"]),
        kind=kind,
        word=word,
        icon=icon,
        sentences=sentences,
        cutoff=on_paper(cutoff),
        short=_short(wish),
        strip=shown,
        is_won=is_won,
        is_held=is_won,
    )


def _seats(seats: Sequence[int]) -> str:
    own, free, released = seats
    words = [ngettext("%(count)s place for your faculty", "%(count)s places for your faculty", own) % {"count": own}]
    if free:
        words.append(ngettext("%(count)s open place", "%(count)s open places", free) % {"count": free})
    if released:
        words.append(ngettext("%(count)s released place", "%(count)s released places", released) % {"count": released})
    return ", ".join(words)


def _short(wish: Json) -> str:
    if wish["verdict"] != "below_cutoff" or not wish["distance"]:
        return "–"
    missing = wish["distance"][0]
    return str(points(paper(missing))) if missing else _("equal")


def _won(wish: Json, card: Json, _destination: Destination) -> tuple[str, str, str, list[str]]:
    sentences = []
    if card["protected"] == wish["destination"]:
        sentences.append(_("The place was yours before this run and is protected."))
    elif wish["cutoff"]["state"] == "open":
        sentences.append(_("Nobody of your faculty was refused here, so there is no cut-off."))
    return "ok", _("Your place"), "", sentences


def _given_up(choice: Choice, verdict: str, word: Promise) -> Choice:
    """What the run gave and the student has no longer."""
    if verdict == "won":
        return replace(choice, kind="plain", word=str(word), icon="dash-circle", is_held=False)
    if verdict == "not_needed":
        return replace(choice, sentences=[_("You were given a place higher on your list.")])
    return choice


GONE = {
    Offer.State.DECLINED: gettext_lazy("You declined this place"),
    Offer.State.LAPSED: gettext_lazy("This place lapsed"),
}


def _below(wish: Json, card: Json, _destination: Destination) -> tuple[str, str, str, list[str]]:
    sentences, word = [], _("Below the cut-off")
    if wish["cutoff"]["state"] == "closed":
        sentences.append(_("Nobody of your faculty got a place here."))
    elif wish["distance"] and wish["distance"][0] == 0:
        word = _("Equal, tie rule")
        sentences.append(_tie(wish["distance"][1], wish["cutoff"]["ties"], card["ties"]))
    if wish["reserve"]:
        sentences.append(
            _("You are number %(number)s of your faculty in the reserve.") % {"number": wish["reserve"][0]}
        )
    return "bad", word, "x-circle-fill", sentences


def _tie(rule: str | None, theirs: Json, own: Json) -> str:
    if rule is None or rule == "lottery" or rule not in own:
        return _("Equal points, and equal by every rule. The lot decided.")
    return _("Equal points. Decided by %(rule)s: %(theirs)s over %(own)s.") % {
        "rule": TIE_RULES.get(rule, rule),
        "theirs": _value(rule, theirs[rule]),
        "own": _value(rule, own[rule]),
    }


def _value(rule: str, value: int) -> str:
    return str(value) if rule in COUNTED_AS_THEY_ARE else str(points(paper(value)))


def _not_needed(_wish: Json, _card: Json, _destination: Destination) -> tuple[str, str, str, list[str]]:
    return "plain", _("Not needed"), "dash-circle", [_("You have a place higher on your list.")]


def _not_eligible(wish: Json, _card: Json, destination: Destination) -> tuple[str, str, str, list[str]]:
    sentences = [failed(*failure, of=destination.language) for failure in wish["failures"]]
    return "bad", _("Requirements not met"), "x-circle-fill", sentences


VERDICTS = {"won": _won, "below_cutoff": _below, "not_needed": _not_needed, "not_eligible": _not_eligible}


def _criteria(score: Json, rules: Json) -> list[Criterion]:
    titles = titles_of(rules["criteria"])
    caps = {row["code"]: row["cap"] for row in rules["criteria"]}
    return [
        Criterion(
            title=titles[part["criterion"]],
            remark=_remark(part, score),
            claimed=paper(part["claimed"]),
            verified=paper(part["verified"]),
            at_most=paper(caps[part["criterion"]]),
            counted=paper(part["points"]),
        )
        for part in score["parts"]
        if part["claimed"] or part["points"] or part["verified"]
    ]


def _remark(part: Json, score: Json) -> str:
    lines = [line for line in score["lines"] if line["criterion"] == part["criterion"]]
    fates = [FATES[line["fate"]] for line in lines if line["fate"] in FATES]
    remarks = [str(fate) for fate in dict.fromkeys(fates)]
    if part["weight"] != 100:
        remarks.append(_("weight %(percent)s%%") % {"percent": part["weight"]})
    if part["capped"] < part["verified"]:
        remarks.append(_("limited to %(points)s") % {"points": points(paper(part["capped"]))})
    return "; ".join(remarks)


FATES = {
    "unverified": gettext_lazy("some achievements were not counted"),
    "outside_window": gettext_lazy("some lie outside the period that counts"),
    "same_event": gettext_lazy("one event counts once"),
}

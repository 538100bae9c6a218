"""A faculty's ranking as a page shows it: rows from the stored ranks, in a few questions whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, JSONField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.calls.models import Call, Destination, RulesVersion
from mobility.calls.rubric import titles_of
from mobility.people.models import Faculty
from mobility.students.models import Application, Choice
from mobility.students.sentences import TIE_RULES, failed
from mobility.web.templatetags.ui import points as in_words
from selection.desk import pending_in
from selection.engine.ranking import LOTTERY
from selection.models import Outlook, Rank

FIELDS = {
    "number": F("application__number"),
    "family": F("application__student__family_name"),
    "given": F("application__student__given_name"),
    "patronymic": F("application__student__patronymic"),
    "year": F("application__course_year"),
    "mark": F("application__mean_mark"),
    "points": F("application__points"),
    "parts": F("application__parts"),
    "earlier": F("application__earlier_mobility"),
    "claims": F("application__claims_count"),
    "read": F("application__claims_read"),
}
SHOWN_WISHES = 2
NAMES_OF_HOSTS = [f"condition__partner__short_name_{language}" for language, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Column:
    code: str
    title: str
    cap: int


@dataclass
class Line:
    """One applicant; `tie` is the sentence about the one below, `border` says that places end here.

    Papers name them by `full_name`, the page by family and given name, in one line.

    What a row says is put into words here: a page has fifty of them, and a template takes many times as long.
    """

    order: int
    place: int
    number: str
    name: str
    full_name: str
    study: str
    year: int
    mark: float | None
    parts: list[float]
    points: float
    host: str = ""
    wish: int | None = None
    choice: str = ""
    waits_for: list[str] = field(default_factory=list)
    waits: str = ""
    unread: int = 0
    not_read: str = ""
    tie: str = ""
    is_lot: bool = False
    is_border: bool = False


@dataclass(frozen=True)
class Sums:
    ranked: int
    placed: int
    seats: int
    ties: int  # decided by a rule
    equal: int  # whom only the lottery could tell apart
    last_placed: int | None  # the order of the last one placed

    @property
    def is_full(self) -> bool:
        return self.seats > 0 and self.placed == self.seats


@dataclass(frozen=True)
class Host:
    name: str
    seats: int
    filled: int
    cutoff: float | None


def columns_of(version: RulesVersion) -> list[Column]:
    """The criteria that the base ranking counts: languages have a standing of their own."""
    rows = version.content["criteria"]
    titles = titles_of(rows)
    return [Column(row["code"], titles[row["code"]], row["cap"] // 100) for row in rows if row["code"] != "language"]


def hosts_of(call: Call, faculty: Faculty) -> dict[int, Destination]:
    """With the seats of the faculty's quota: `own`."""
    found = call.destinations.select_related("condition__partner").only("code", "call", *NAMES_OF_HOSTS)
    found = found.annotate(quota=FilteredRelation("quotas", condition=Q(quotas__faculty=faculty)))
    found = found.annotate(own=Coalesce("quota__seats", 0))
    return {row.pk: row for row in found.order_by("code")}


def lines_of(
    call: Call, faculty: Faculty, columns: Sequence[Column], hosts: Mapping[int, Destination], *, after: int, size: int
) -> tuple[list[Line], bool]:
    """A page of them, and whether more follow."""
    wishes = Choice.objects.filter(application=OuterRef("application")).order_by("position").values("destination")
    asked = (
        Rank.objects.filter(call=call, faculty=faculty, order__gt=after)
        .order_by("order")
        .values("order", "place", "tie_rule", "wish", "destination", **FIELDS)
        .annotate(wishes=ArraySubquery(wishes[:SHOWN_WISHES]))
    )
    rows = list(asked[: size + 1])
    words, names = Words.now(), {key: short(host) for key, host in hosts.items()}
    lines = [_line(row, columns, names, words) for row in rows]
    titles = {column.code: column.title for column in columns}
    rules = {rule: tie_rule_name(rule, titles) for rule in {row["tie_rule"] for row in rows}}
    for line, row, below in zip(lines, rows, rows[1:], strict=False):
        if below["tie_rule"]:
            line.tie, line.is_lot = tie_note(row, below, rules, words), below["tie_rule"] == LOTTERY
    return lines[:size], len(rows) > size


@dataclass(frozen=True)
class Words:
    """What each row says, looked up once a page."""

    study: str
    choice: str
    waits: str
    equal: str
    decided: str

    @classmethod
    def now(cls) -> "Words":
        return cls(
            study=_("Year %(year)s, mean mark %(mark)s"),
            choice=_("choice %(wish)s"),
            waits=_("waits for %(hosts)s"),
            equal=_("Equal with the next one on %(points)s by every rule: only the lot could decide."),
            decided=_("Equal with rank %(rank)s on %(points)s. Decided by %(rule)s: %(better)s over %(worse)s"),
        )


def _line(row: dict[str, Any], columns: Sequence[Column], hosts: Mapping[int, str], words: Words) -> Line:
    held, year, unread = row["destination"], row["year"], row["claims"] - row["read"]
    mark = None if row["mark"] is None else row["mark"] / 100
    waits_for = [] if held else [hosts[wish] for wish in row["wishes"] if wish in hosts]
    return Line(
        order=row["order"],
        place=row["place"],
        number=row["number"],
        name=f"{row['family']} {row['given']}".strip(),
        full_name=" ".join(filter(None, [row["family"], row["given"], row["patronymic"]])),
        study=words.study % {"year": year, "mark": in_words(mark)},
        year=year,
        mark=mark,
        parts=[row["parts"].get(column.code, 0) / 100 for column in columns],
        points=row["points"] / 100,
        host=hosts[held] if held else "",
        wish=row["wish"],
        choice=words.choice % {"wish": row["wish"]} if held else "",
        waits_for=waits_for,
        waits=words.waits % {"hosts": ", ".join(waits_for)} if waits_for else "",
        unread=unread,
        not_read=ngettext("%(count)s claim not read", "%(count)s claims not read", unread) % {"count": unread}
        if unread
        else "",
    )


def short(host: Destination) -> str:
    return host.condition.partner.short_name


def tie_note(row: dict[str, Any], below: dict[str, Any], rules: Mapping[str, str], words: Words) -> str:
    """“Equal with rank 7 on 51.20. Decided by the mean mark: 9.02 over 8.92.”"""
    rule, total = below["tie_rule"], in_words(row["points"] / 100)
    if rule == LOTTERY:
        return words.equal % {"points": total}
    better, worse = (_fact(rule, one) for one in (row, below))
    names = {"rank": below["place"], "points": total, "rule": rules[rule]}
    return words.decided % (names | {"better": better, "worse": worse})


def tie_rule_name(rule: str, titles: Mapping[str, str]) -> str:
    """As it stands within a sentence."""
    return str(TIE_RULES.get(rule) or titles.get(rule, rule))


def _fact(rule: str, row: dict[str, Any]) -> str:
    if rule == "mean_mark":
        return in_words(row["mark"] / 100)
    if rule == "course":
        return str(row["year"])
    if rule == "no_earlier_mobility":
        return _("none earlier") if not row["earlier"] else str(row["earlier"])
    return in_words(row["parts"].get(rule, 0) / 100)


def sums_of(outlook: Outlook | None, hosts: Mapping[int, Destination]) -> Sums:
    """As they were stored with the ranks."""
    stored = outlook.sums if outlook else {}
    return Sums(
        ranked=stored.get("ranked", 0),
        placed=sum(stored.get("filled", {}).values()),
        seats=sum(host.own for host in hosts.values()),
        ties=stored.get("ties", 0),
        equal=stored.get("equal", 0),
        last_placed=stored.get("last_placed"),
    )


@dataclass(frozen=True)
class OwnLine:
    place: int
    number: str
    name: str
    parts: list[float]
    points: float
    tie: str  # the rule that put them below the one above, or empty


@dataclass(frozen=True)
class OwnStanding:
    """The ranking of a destination that weighs otherwise; `more` is how many follow those shown."""

    host: Destination
    columns: list[str]
    lines: list[OwnLine]
    more: int


def own_standings_of(
    outlook: Outlook | None, hosts: Mapping[int, Destination], version: RulesVersion, *, at_most: int
) -> list[OwnStanding]:
    found = {code: rows for code, rows in outlook.own_standings.items() if rows} if outlook else {}
    if not found:
        return []
    numbers = {row["code"] for rows in found.values() for row in rows[:at_most]}
    students = Application.objects.filter(number__in=numbers).select_related("student")
    names = {row.number: row.student.get_full_name() for row in students}
    titles = titles_of(version.content["criteria"])
    by_code = {host.code: host for host in hosts.values()}
    return [
        OwnStanding(
            host=by_code[code],
            columns=list(titles.values()),
            lines=[
                OwnLine(
                    place=row["place"],
                    number=row["code"],
                    name=names[row["code"]],
                    parts=[row["parts"].get(criterion, 0) / 100 for criterion in titles],
                    points=row["points"] / 100,
                    tie=tie_rule_name(row["tie_rule"], titles) if row["tie_rule"] else "",
                )
                for row in rows[:at_most]
            ],
            more=max(0, len(rows) - at_most),
        )
        for code, rows in sorted(found.items())
        if code in by_code
    ]


def places_of(hosts: Mapping[int, Destination], outlook: Outlook | None) -> list[Host]:
    cutoffs, filled = (outlook.cutoffs, outlook.sums.get("filled", {})) if outlook else ({}, {})
    return [
        Host(short(row), row.own, filled.get(row.code, 0), _hundredths(cutoffs.get(row.code)))
        for row in hosts.values()
        if row.own
    ]


def _hundredths(points: int | None) -> float | None:
    return None if points is None else points / 100


def with_state_of(calls: QuerySet, faculty: Faculty) -> QuerySet:
    """In one reading with the call: `joined` finds the faculty's "outlook", "lock" and "showing"; and its `counts`."""
    own = Q(outlooks__faculty=faculty)
    in_force = Q(standings__faculty=faculty, standings__undone_at=None)
    states = (
        calls.annotate(
            outlook=FilteredRelation("outlooks", condition=own),
            lock=FilteredRelation("standings", condition=in_force),
            showing=FilteredRelation("showings", condition=Q(showings__faculty=faculty)),
        )
        .select_related("outlook", "lock__locked_by", "showing")
        .defer("lock__content")
    )
    return states.annotate(counts=counts_in(faculty), pending=pending_in(faculty))


def joined(call: Call, name: str) -> Any:
    """None where there is no such row: Django then sets nothing."""
    return getattr(call, name, None)


# Asked with each page of a ranking: the ORM writes it for longer than it takes.
COUNTS = """
    SELECT jsonb_build_object(
        'claims', sum(claims_count), 'read', sum(claims_read),
        'unmapped', count(*) FILTER (WHERE mean_mark IS NULL), 'whole', count(*)
    )
    FROM students_application WHERE call_id = calls_call.id AND faculty_id = %s AND state = 'submitted' GROUP BY call_id
"""


def counts_in(faculty: Faculty) -> RawSQL:
    """Of each call of a query: claims made and read, marks that no table covers, and applicants in the competition."""
    return RawSQL(COUNTS, [faculty.pk], JSONField())  # noqa: S611 -- a constant, and its value apart


def claims_of(call: Call) -> dict[str, int]:
    """Of a call that `with_state_of` read."""
    counts = call.counts or {"claims": 0, "read": 0, "unmapped": 0, "whole": 0}
    return counts | {"unread": counts["claims"] - counts["read"]}


def not_eligible(call: Call, faculty: Faculty, *, at_most: int) -> tuple[list[dict[str, Any]], bool]:
    """In the order of their numbers, and whether more follow."""
    submitted = Application.objects.submitted().filter(call=call, faculty=faculty).exclude(unmet=[])
    found = submitted.order_by("number").values(
        "number", "unmet", family=F("student__family_name"), given=F("student__given_name")
    )
    rows = list(found[: at_most + 1])
    return [
        {
            "number": row["number"],
            "name": f"{row['family']} {row['given']}",
            "why": " ".join(failed(*failure) for failure in row["unmet"]),
        }
        for row in rows[:at_most]
    ], len(rows) > at_most

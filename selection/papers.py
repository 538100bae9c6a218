"""The commission's protocol: what the form proposes, and the paper that offices here print and sign.

In the language of whoever writes it: heard and decided as they were entered, and annexes over the locked ranking.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.calls.rubric import titles_of
from mobility.files.documents import (
    LANDSCAPE,
    Facts,
    Heading,
    Letterhead,
    Name,
    PageBreak,
    Paper,
    Signatures,
    Table,
    Text,
)
from mobility.people.models import University
from mobility.students.models import Application
from mobility.students.sentences import failed
from selection import ranking
from selection.engine.ranking import LOTTERY
from selection.models import CommissionMember, Protocol, Reason, Seat, Standing


@dataclass(frozen=True)
class Locked:
    """The locked ranking, and what its codes stand for."""

    standing: Standing
    content: Mapping[str, Any]
    people: Mapping[str, Name]
    hosts: Mapping[str, str]
    kinds: Mapping[str, str]
    criteria: list[ranking.Column]
    criteria_titles: Mapping[str, str]

    @property
    def winners(self) -> list[dict[str, Any]]:
        return [row for row in self.content["ranking"] if row["to"]]

    @property
    def reserve(self) -> list[dict[str, Any]]:
        return [row for row in self.content["ranking"] if not row["to"]]


def locked(standing: Standing) -> Locked:
    content = json.loads(standing.content)
    numbers = [row["code"] for part in ("ranking", "not_eligible", "refused") for row in content[part]]
    numbers += [row["code"] for ranked in content["own_standings"].values() for row in ranked]
    students = Application.objects.filter(number__in=numbers).select_related("student")
    hosts = standing.call.destinations.select_related("condition__partner")
    version = standing.call.rules_versions.get(number=content["rules"])
    return Locked(
        standing=standing,
        content=content,
        people={row.number: Name(row.student.get_full_name(), row.student.latin_name) for row in students},
        hosts={row.code: ranking.short(row) for row in hosts},
        kinds=titles_of(version.content["catalogue"]),
        criteria=ranking.columns_of(version),
        criteria_titles=titles_of(version.content["criteria"]),
    )


def proposed(found: Locked) -> dict[str, str]:
    """What the form is filled with: the quotas alone decide, so winners and reserve follow from the ranking."""
    content = found.content
    ranked, winners, reserve = content["ranking"], found.winners, found.reserve
    counts = {"ranked": len(ranked), "faculty": found.standing.faculty.name, "call": found.standing.call.title}
    heard = [
        _("The ranking of the applicants of the faculty “%(faculty)s” to the call “%(call)s”: %(ranked)s.") % counts,
        _("Applications that do not meet the rules of the call: %(count)s.") % {"count": len(content["not_eligible"])},
        _("Achievements that were not counted, each with its reason: %(count)s.") % {"count": len(content["refused"])},
    ]
    equal = [row["code"] for row in ranked if row["tie_rule"] == LOTTERY]
    if equal:
        told = _("Equal with the one above by every rule, to be told apart by the lot only: %(numbers)s.")
        heard.append(told % {"numbers": ", ".join(equal)})
    decided = [_("To approve the ranking (annex 1).")]
    if winners:
        decided.append(_("To recommend for the places of the faculty's quota:"))
        decided += [f"– {found.people[row['code']].own} ({row['code']}): {found.hosts[row['to']]}" for row in winners]
    if reserve:
        names = ", ".join(found.people[row["code"]].own for row in reserve)
        decided.append(_("To keep in reserve, in the order of the ranking: %(names)s.") % {"names": names})
    decided.append(_("To hand the protocol to the international relations department."))
    return {
        "agenda": _("On the ranking of applicants: %(call)s") % counts,
        "heard": "\n".join(heard),
        "decided": "\n".join(decided),
    }


def protocol_paper(protocol: Protocol, found: Locked, present: list[CommissionMember], absent: list) -> Paper:
    standing = found.standing
    met = timezone.localtime(protocol.met_at)
    facts = (
        (_("Held"), date_format(met, "DATETIME_FORMAT")),
        *(((_("Place"), protocol.place),) if protocol.place else ()),
        (_("Present"), "; ".join(_member(member) for member in present)),
        *(((_("Absent"), "; ".join(_member(member) for member in absent)),) if absent else ()),
    )
    votes = _("For: %(for)s, against: %(against)s, abstained: %(abstained)s.") % {
        "for": protocol.votes_for,
        "against": protocol.votes_against,
        "abstained": protocol.abstained,
    }
    blocks = [
        Facts(facts),
        Heading(_("Agenda")),
        *_paragraphs(protocol.agenda),
        Heading(_("Heard")),
        *_paragraphs(protocol.heard),
        Heading(_("Decided")),
        *_paragraphs(protocol.decided),
        Facts(((_("Vote"), votes),)),
        Signatures(tuple((_seat(member), Name(member.name)) for member in present)),
        PageBreak(LANDSCAPE),
        Heading(_("Annex 1. The ranking")),
        _ranking(found),
        *_annexes(found),
    ]
    return Paper(
        name=_("Protocol"),
        title=_("of the meeting of the commission of the faculty “%(faculty)s”: %(call)s")
        % {"faculty": standing.faculty.name, "call": standing.call.title},
        language=get_language() or "en",
        letterhead=_letterhead(standing),
        blocks=tuple(blocks),
        footer=_("Ranking locked %(at)s, SHA-256 %(hash)s")
        % {"at": date_format(timezone.localtime(standing.locked_at), "DATETIME_FORMAT"), "hash": standing.sha256},
    )


def _letterhead(standing: Standing) -> Letterhead:
    here = University.objects.filter(pk=1).first()
    faculty = _("Faculty: %(faculty)s") % {"faculty": standing.faculty.name}
    return Letterhead((here.name, faculty) if here else (faculty,))


def _member(member: CommissionMember) -> str:
    position = f", {member.position}" if member.position else ""
    return f"{member.name}{position} ({member.get_seat_display()})"


def _seat(member: CommissionMember) -> str:
    return {Seat.CHAIR: _("Chair"), Seat.SECRETARY: _("Secretary")}.get(Seat(member.seat), _("Member"))


def _paragraphs(text: str) -> list[Text]:
    return [Text(line.strip()) for line in text.splitlines() if line.strip()]


def _ranking(found: Locked) -> Table:
    heads = (_("Rank"), _("Number"), _("Applicant"), _("Mean mark"), *(one.title for one in found.criteria))
    rows = [
        (
            str(row["place"]),
            row["code"],
            found.people[row["code"]],
            hundredths(row["mean_mark"]),
            *(hundredths(row["parts"].get(one.code, 0)) for one in found.criteria),
            hundredths(row["points"]),
            found.hosts[row["to"]] if row["to"] else _("reserve"),
        )
        for row in found.content["ranking"]
    ]
    numbers = (0, *range(3, 5 + len(found.criteria)))
    return Table((*heads, _("Total"), _("Destination")), tuple(rows), numbers)


def _annexes(found: Locked) -> list[Any]:
    """Numbered as they come, after the ranking."""
    tables = [*_own_standings(found), *_refusals(found), *_not_eligible(found)]
    blocks: list[Any] = []
    for number, (title, table) in enumerate(tables, start=2):
        blocks += [Heading(_("Annex %(number)s. %(title)s") % {"number": number, "title": title}), table]
    return blocks


def _own_standings(found: Locked) -> list[tuple[str, Table]]:
    """Of destinations whose weights are their own."""
    heads = (_("Rank"), _("Number"), _("Applicant"), *found.criteria_titles.values(), _("Total"))
    tables = []
    for code, ranked in sorted(found.content["own_standings"].items()):
        rows = tuple(
            (
                str(row["place"]),
                row["code"],
                found.people[row["code"]],
                *(hundredths(row["parts"].get(criterion, 0)) for criterion in found.criteria_titles),
                hundredths(row["points"]),
            )
            for row in ranked
        )
        if rows:
            title = _("The ranking for %(host)s, by weights of its own") % {"host": found.hosts[code]}
            tables.append((title, Table(heads, rows, (0, *range(3, len(heads))))))
    return tables


def _refusals(found: Locked) -> list[tuple[str, Table]]:
    rows = tuple(
        (row["code"], found.people[row["code"]], found.kinds.get(row["kind"], row["kind"]), row["title"], _why(row))
        for row in found.content["refused"]
    )
    if not rows:
        return []
    heads = (_("Number"), _("Applicant"), _("Kind"), _("Achievement"), _("Reason"))
    return [(_("Achievements that were not counted"), Table(heads, rows))]


def _why(row: Mapping[str, Any]) -> str:
    return str(Reason(row["reason"]).label)


def _not_eligible(found: Locked) -> list[tuple[str, Table]]:
    rows = tuple(
        (row["code"], found.people[row["code"]], " ".join(failed(*failure) for failure in row["unmet"]))
        for row in found.content["not_eligible"]
    )
    if not rows:
        return []
    title = _("Applications that do not meet the rules")
    return [(title, Table((_("Number"), _("Applicant"), _("Why")), rows))]


def hundredths(value: int | None) -> str:
    return "–" if value is None else number_format(value / 100, decimal_pos=2)

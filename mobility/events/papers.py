"""What is printed of an event: its order and the order that amends it. In the language of whoever prints."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.events.models import Event, Order, Substitution, TeamMember
from mobility.files.documents import Facts, Letterhead, Name, Paper, Signatures, Table, Text
from mobility.files.documents.drawing import PAPER
from mobility.files.models import IssuedDocument
from mobility.people.letterheads import ends_of_order, letterhead
from mobility.people.models import StudentProfile, University, User


def order(event: Event, *, day: date, by: User) -> Paper:
    """Who goes where and when, who pays, who accompanies, who answers for it."""
    team = list(event.members.confirmed().select_related("person", "faculty").order_by("person__sort_name"))
    points = list(_points(event, len(team)))
    blocks = [
        Text(_("On the ground of the invitation of %(day)s") % {"day": date_format(event.invited_on)}),
        Text(_("I order:")),
        Text(points[0], mark="1."),
        Table((_("Student"), _("In Latin letters"), _("Faculty"), _("Course, group")), tuple(_rows(team))),
        *(Text(point, mark=f"{number}.") for number, point in enumerate(points[1:], start=2)),
        *ends_of_order(day=day, by=by),
    ]
    return _paper(_("Order"), _("On a students' event"), blocks)


def _points(event: Event, students: int) -> Iterator[str]:
    yield _("To send the students named below (%(count)s) to %(place)s, %(days)s: %(kind)s event “%(title)s”.") % {
        "count": students,
        "place": place_of(event),
        "days": days_of(event),
        "kind": str(event.get_kind_display()).lower(),
        "title": event.title,
    }
    if event.chaperone:
        yield _("To appoint %(person)s to accompany the team and to answer for the students' safety.") % {
            "person": event.chaperone
        }
    yield _("Costs: %(costs)s.") % {"costs": "; ".join(costs_of(event))}
    yield _("To hand in the report with the results within ten working days after the last day.")
    yield _("The execution of this order is supervised by %(person)s.") % {"person": event.owner}


def _rows(team: Iterable[TeamMember]) -> Iterator[tuple[Name | str, ...]]:
    profiles = {row.person_id: row for row in StudentProfile.objects.filter(person__in=[one.person_id for one in team])}
    for member in team:
        profile = profiles.get(member.person_id)
        where = f"{profile.course_year}, {profile.group}".rstrip(", ") if profile else ""
        yield str(member.person), member.person.latin_name, member.faculty.short_name, where


def amendment_order(substitution: Substitution, *, day: date, by: User) -> Paper:
    event = substitution.event
    first = Order.objects.filter(event=event, substitution=None).select_related("document").first()
    told = _("To change the order No. %(number)s of %(date)s: %(leaves)s does not travel.")
    if substitution.comes:
        told = _("To change the order No. %(number)s of %(date)s: %(comes)s travels instead of %(leaves)s.")
    words = {
        "number": first.document.number if first else "",
        "date": date_format(first.document.dated) if first else "",
        "leaves": substitution.leaves,
        "comes": substitution.comes or "",
    }
    blocks = [
        Text(_("I order:")),
        Text(told % words, mark="1."),
        Text(_("Event: %(title)s, %(days)s, %(place)s.") % _named(event)),
        Text(_("Reason: %(reason)s") % {"reason": substitution.reason}),
        *ends_of_order(day=day, by=by),
    ]
    return _paper(_("Order"), _("On a change of the team of a students' event"), blocks)


def submission(event: Event, *, by: User) -> Paper:
    """What International Relations lays before the rector."""
    team = list(event.members.in_team().select_related("person", "faculty").order_by("person__sort_name"))
    blocks = [
        Text(_("I ask to allow the students' team to take part in the event.")),
        Facts(tuple(facts_of(event))),
        Table((_("Student"), _("In Latin letters"), _("Faculty"), _("Course, group")), tuple(_rows(team))),
        Signatures(((_("International relations officer"), Name(str(by), by.latin_name)),)),
    ]
    return _paper(_("Memo"), event.title, blocks, addressee=(_("To the rector"),))


def facts_of(event: Event) -> Iterator[tuple[str, str]]:
    """What everybody may know of it."""
    yield _("Kind"), str(event.get_kind_display())
    yield _("Where"), place_of(event)
    yield _("When"), days_of(event)
    yield _("Places for us"), str(event.places)
    for label, text in ((_("The host pays"), event.host_pays), (_("Our university pays"), event.university_pays)):
        if text:
            yield label, text
    if event.students_pay:
        yield _("Students pay"), event.students_pay
    if event.chaperone:
        yield _("Accompanies the team"), str(event.chaperone)


def facts_for_offices(event: Event) -> Iterator[tuple[str, str]]:
    yield _("Invitation of"), date_format(event.invited_on)
    if event.condition:
        yield _("Under the agreement"), str(event.condition.agreement)
    else:
        yield _("Why outside an agreement"), event.host_reason
    yield _("Answers for it"), str(event.owner)


def costs_of(event: Event) -> list[str]:
    told = (
        (_("the host pays: %(what)s"), event.host_pays),
        (_("the university pays: %(what)s"), event.university_pays),
        (_("students pay: %(what)s"), event.students_pay),
    )
    return [sentence % {"what": what} for sentence, what in told if what]


def place_of(event: Event) -> str:
    parts = (event.partner.name if event.partner else event.elsewhere, event.city_name, event.country.name)
    return ", ".join(str(part) for part in parts if part)


def days_of(event: Event) -> str:
    words = {"first": date_format(event.starts), "last": date_format(event.ends)}
    return _("from %(first)s to %(last)s") % words


def _named(event: Event) -> dict[str, str]:
    return {"title": event.title, "place": place_of(event), "days": days_of(event)}


def draft(paper: Paper, *, kind: str, event: Event) -> IssuedDocument:
    """A paper to print that nobody registers: it is drawn from what stands now, and not kept."""
    return IssuedDocument(
        kind=kind,
        title=f"{paper.name}: {paper.title}",
        language=paper.language,
        template=PAPER,
        content=paper.as_content(),
        drawn_up_at=event.since,
    )


def _paper(name: str, title: str, blocks: Iterable, addressee: tuple = ()) -> Paper:
    language = get_language() or settings.LANGUAGE_CODE
    here = University.objects.filter(pk=1).first()
    head = letterhead(language, here.ir_department) if here else Letterhead(("",))
    return Paper(name=name, title=title, language=language, letterhead=head, blocks=tuple(blocks), addressee=addressee)

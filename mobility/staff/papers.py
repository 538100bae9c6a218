"""What is printed of staff mobility: memo, order, amendment order, report. In the language of whoever prints."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.files.documents import Facts, Heading, Name, Paper, Signatures, Table, Text
from mobility.files.documents.drawing import PAPER
from mobility.files.models import IssuedDocument
from mobility.people.letterheads import ends_of_order, letterhead
from mobility.people.models import University, User
from mobility.staff.models import Activity, Amendment, OutputKind, Report, StepKind


def memo(activity: Activity) -> Paper:
    head = Signatures(((_("Head of department"), ""),), title=_("Endorsed")) if activity.department else None
    writer = activity.curator if activity.is_guest else activity.person
    blocks = [
        Text(_("I ask to receive a guest.") if activity.is_guest else _("I ask to be sent on a trip abroad on duty.")),
        Facts((*facts_of(activity), *companions_of(activity))),
        *funding_of(activity),
        Signatures(((post_of(writer), name_of(writer)),)),
        *([head] if head else []),
    ]
    return _paper(_("Memo"), activity.subject, blocks, addressee=(_("To the rector"),))


def order(activities: Sequence[Activity], *, day: date, by: User) -> Paper:
    """Of one or several: a numbered point each, then who answers for it."""
    points: list[Text] = []
    for number, activity in enumerate(activities, start=1):
        points += [Text(point_of(activity), mark=f"{number}."), *costs_of(activity)]
    after = f"{len(activities) + 1}."
    control = Text(_("Reports are handed in within ten working days after the last day."), mark=after)
    blocks = [Text(_("I order:")), *points, control, *ends_of_order(day=day, by=by)]
    are_guests = all(activity.is_guest for activity in activities)
    return _paper(_("Order"), _("On receiving guests") if are_guests else _("On staff mobility"), blocks)


def amendment_order(change: Amendment, *, day: date, by: User) -> Paper:
    activity = change.activity
    told = _(
        "To change the order No. %(number)s of %(date)s as to %(person)s: the days are %(new)s (before: %(former)s)."
    ) % {
        **order_of(activity),
        "new": days(change.starts, change.ends),
        "former": days(change.former_starts, change.former_ends),
    }
    reason = Text(_("Reason: %(reason)s") % {"reason": change.reason})
    blocks = [Text(_("I order:")), Text(told, mark="1."), reason, *ends_of_order(day=day, by=by)]
    return _paper(_("Order"), _("On a change of staff mobility"), blocks)


def order_of_cancellation(activity: Activity, *, day: date, by: User) -> Paper:
    told = _("To cancel the order No. %(number)s of %(date)s as to %(person)s: %(place)s, %(days)s.") % {
        **order_of(activity),
        "place": place_of(activity),
        "days": days(activity.starts, activity.ends),
    }
    cancelled = activity.steps.filter(kind=StepKind.CANCELLED).last()
    reason = Text(_("Reason: %(reason)s") % {"reason": cancelled.reason if cancelled else ""})
    blocks = [Text(_("I order:")), Text(told, mark="1."), reason, *ends_of_order(day=day, by=by)]
    return _paper(_("Order"), _("On the cancellation of staff mobility"), blocks)


def order_of(activity: Activity) -> dict[str, Any]:
    """The order that sends somebody, as another names it."""
    first = activity.orders.filter(amendment=None, calls_off=False).select_related("document").first()
    return {
        "number": first.document.number if first else "",
        "date": date_format(first.document.dated) if first else "",
        "person": activity.person,
    }


def report(found: Report) -> Paper:
    activity = found.activity
    writer = activity.curator if activity.is_guest else activity.person
    blocks = [Facts(tuple(facts_of(activity))), Heading(_("Results")), *paragraphs(found.results)]
    if found.proposals:
        blocks += [Heading(_("Proposals to implement")), *paragraphs(found.proposals)]
    outputs = [(str(OutputKind(output.kind).label), output.text) for output in found.outputs.all()]
    if found.hours_taught:
        outputs.append((_("hours taught"), number_format(found.hours_taught)))
    if outputs:
        blocks += [Heading(_("Outputs")), Table((_("Kind"), _("What it is")), tuple(outputs))]
    blocks.append(Signatures(((post_of(writer), name_of(writer)),)))
    return _paper(_("Report"), activity.subject, blocks)


def draft(paper: Paper, *, kind: str, activity: Activity) -> IssuedDocument:
    """A paper to print that nobody registers: it is drawn from what stands now, and not kept."""
    return IssuedDocument(
        kind=kind,
        title=f"{paper.name}: {paper.title}",
        language=paper.language,
        template=PAPER,
        content=paper.as_content(),
        drawn_up_at=activity.since,
    )


def facts_of(activity: Activity) -> Iterator[tuple[str, str | Name]]:
    yield _("Who travels"), name_of(activity.person)
    if activity.department:
        yield _("Department"), activity.department.name
    if activity.curator:
        yield _("Curator"), name_of(activity.curator)
    yield _("Form"), activity.get_form_display()
    yield subject_label(activity.form), activity.subject
    if activity.detail:
        yield from detail_facts(activity)
    yield _("From where") if activity.is_guest else _("Where"), place_of(activity)
    yield _("When"), days(activity.starts, activity.ends)
    if activity.condition:
        yield _("Under the agreement"), str(activity.condition.agreement)
    else:
        yield _("Why outside an agreement"), activity.host_reason
    yield _("Purpose"), activity.purpose
    yield _("Expected result"), activity.expected_result
    if activity.classes_taken_by:
        yield _("Who takes the classes"), activity.classes_taken_by
    if activity.student_group:
        yield _("Students accompanied"), activity.student_group


def companions_of(activity: Activity) -> Iterator[tuple[str, str]]:
    if names := ", ".join(str(other.person) for other in Activity.objects.along_with(activity)):
        yield _("Travels together with"), names


def subject_label(form: str) -> str:
    return {
        "conference": _("Event"),
        "lecturing": _("Course"),
        "joint-topic": _("Joint topic"),
        "joint-project": _("Project"),
        "advanced-training": _("Programme"),
        "internship": _("What is learnt"),
    }[form]


def detail_facts(activity: Activity) -> Iterator[tuple[str, str]]:
    """Every field of the form's own detail, with its name."""
    row = activity.detail
    for field in row._meta.concrete_fields:
        if field.primary_key or field.is_relation or not (value := getattr(row, field.name)):
            continue
        name = str(field.verbose_name)
        shown = getattr(row, f"get_{field.name}_display", None)
        yield name[:1].upper() + name[1:], str(shown() if shown else value)


def funding_of(activity: Activity) -> list[Table]:
    rows = tuple(
        (line.get_source_display(), line.what, number_format(line.amount, decimal_pos=2), line.currency)
        for line in activity.funding.all()
    )
    heads = (_("Who pays"), _("What for"), _("Amount"), _("Currency"))
    return [Table(heads, rows, numbers=(2,))] if rows else []


def costs_of(activity: Activity) -> list[Text]:
    """In a line under the point: source, amount and what for."""
    told = [
        f"{line.get_source_display()} – {number_format(line.amount, decimal_pos=2)} {line.currency}"
        + (f" ({line.what})" if line.what else "")
        for line in activity.funding.all()
    ]
    return [Text(_("Costs: %(costs)s.") % {"costs": "; ".join(told)})] if told else []


def point_of(activity: Activity) -> str:
    told = _("To receive %(person)s from %(place)s, %(days)s: %(form)s, “%(subject)s”. Curator: %(curator)s.")
    if not activity.is_guest:
        told = _("To send %(person)s, %(post)s, to %(place)s, %(days)s: %(form)s, “%(subject)s”.")
    return told % {
        "person": activity.person,
        "post": "" if activity.is_guest else in_a_sentence(post_of(activity.person)),
        "place": place_of(activity),
        "days": days(activity.starts, activity.ends),
        "form": in_a_sentence(str(activity.get_form_display())),
        "subject": activity.subject,
        "curator": activity.curator or "",
    }


def in_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


def place_of(activity: Activity) -> str:
    partner = activity.partner
    there = (partner.name, partner.city_name) if partner else (activity.elsewhere, activity.city)
    return ", ".join(str(part) for part in (*there, activity.country.name) if part)


def days(starts, ends) -> str:
    return _("from %(first)s to %(last)s") % {"first": date_format(starts), "last": date_format(ends)}


def paragraphs(text: str) -> Iterable[Text]:
    return [Text(line.strip()) for line in text.splitlines() if line.strip()]


def name_of(person: User) -> Name:
    return Name(str(person), person.latin_name)


def post_of(person: User) -> str:
    staff = getattr(person, "staff", None)
    position = staff.position if staff else ""
    return ", ".join(part for part in (position, staff.department.name if staff and staff.department else "") if part)


def _paper(name: str, title: str, blocks: Iterable, addressee: tuple = ()) -> Paper:
    language = get_language() or settings.LANGUAGE_CODE
    return Paper(
        name=name,
        title=title,
        language=language,
        letterhead=letterhead(language, University.objects.current().ir_department),
        blocks=tuple(blocks),
        addressee=addressee,
    )

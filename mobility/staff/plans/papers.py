"""The annual plan as a paper to sign, in the language of the office."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from mobility.files.documents import Name, Paper, Signatures, Table, Text
from mobility.people.letterheads import letterhead
from mobility.people.models import RoleKind, University, User
from mobility.staff.models import AnnualPlan, LineState, PlanLine
from mobility.staff.papers import in_a_sentence
from mobility.web.templatetags.ui import period


def paper_of(plan: AnnualPlan, *, language: str) -> Paper:
    """Those included, in the order of their days."""
    with override(language):
        office = University.objects.current().ir_department
        rows = tuple(_row(number, line) for number, line in enumerate(lines_of(plan), start=1))
        return Paper(
            name=_("Annual plan"),
            title=_("Internships and advanced training of staff abroad in %(year)s") % {"year": plan.year},
            language=language,
            letterhead=letterhead(language, office),
            blocks=(
                Table((_("No."), *heads()), rows, numbers=(0,)),
                Text(_("People in the plan: %(count)s.") % {"count": len(rows)}),
                Signatures(tuple(_signers(office, plan))),
            ),
            orientation="landscape",
        )


def lines_of(plan: AnnualPlan):
    found = PlanLine.objects.of_plan(plan).filter(state__in=[LineState.INCLUDED, LineState.APPROVED, LineState.CARRIED])
    return found.in_order().select_related("place__partner", "department", "person__staff")


def heads() -> tuple[str, ...]:
    return (
        _("Name, position"),
        _("Department"),
        _("Form"),
        _("Programme"),
        _("Where"),
        pgettext("annual plan", "Days"),
        pgettext("annual plan", "Funding"),
    )


def _row(number: int, line: PlanLine) -> tuple[str | Name, ...]:
    place = line.place
    position = in_a_sentence(line.person.staff.position) if hasattr(line.person, "staff") else ""
    shown = ", ".join(filter(None, [line.person.get_full_name(), position]))
    latin = ", ".join(filter(None, [line.person.latin_name, position])) if line.person.latin_name else ""
    return (
        str(number),
        Name(shown, latin),
        line.department.name,
        place.get_form_display(),
        place.programme,
        f"{place.host_name}, {place.country.name}",
        period(place.starts, place.ends),
        ": ".join(filter(None, [place.get_source_display(), place.funding])),
    )


def _signers(office: str, plan: AnnualPlan):
    rectors = User.objects.holding(RoleKind.RECTOR, on=timezone.localdate(plan.prepared_at)).order_by("pk")
    rector = rectors.filter(role_grants__kind=RoleKind.RECTOR).first()
    yield _("Rector"), Name(rector.get_full_name(), rector.latin_name) if rector else ""
    yield office, Name(plan.prepared_by.get_full_name(), plan.prepared_by.latin_name)

"""The quotas as a paper to be signed."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.files.documents import Facts, Letterhead, Paper, Signatures, Table
from mobility.files.documents.papers import LANDSCAPE
from mobility.people.models import University

from .grid import Grid
from .models import Call


def of_quotas(call: Call, grid: Grid, *, sha256: str) -> Paper:
    university = University.objects.first()
    heads = [_("University"), *(column.faculty.short_name for column in grid.columns), _("Given"), _("Places")]
    rows = [
        (
            str(row.destination),
            *(str(square.now or "–") for square in row.squares),
            str(row.given),
            str(row.destination.seats),
        )
        for row in grid.rows
    ]
    total = (_("Together"), *(str(column.given) for column in grid.columns), str(grid.given), str(grid.seats))
    letterhead = (university.name, university.ir_department) if university else ()
    return Paper(
        name=_("Quotas"),
        title=_("Places for “%(title)s”, by faculty") % {"title": call.title},
        language=get_language() or "en",
        letterhead=Letterhead(letterhead),
        blocks=(
            Facts(((_("Academic year"), call.academic_year), (_("Call"), call.code))),
            Table(tuple(heads), (*rows, total), numbers=tuple(range(1, len(heads)))),
            Signatures(((_("Approved by"), ""), (_("Drawn up by"), str(call.owner)))),
        ),
        footer=sha256,
        orientation=LANDSCAPE,
    )

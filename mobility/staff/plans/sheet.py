"""The annual plan as a spreadsheet: what its reader may see, with what became of each line."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mobility.staff.models import LineState

from .overview import FACTS
from .papers import heads


def header() -> list[str]:
    name, *others = heads()
    return [name, *others[:-2], _("First day"), _("Last day"), others[-1], _("State"), _("What became of it")]


def rows(lines: Any) -> Iterator[list[Any]]:
    """`lines` carry their fact."""
    for line in lines:
        place = line.place
        in_force = line.state in (LineState.APPROVED, LineState.CARRIED)
        yield [
            line.person.get_full_name(),
            line.department.name,
            place.get_form_display(),
            place.programme,
            f"{place.host_name}, {place.country.name}",
            place.starts,
            place.ends,
            ": ".join(filter(None, [place.get_source_display(), place.funding])),
            line.get_state_display(),
            FACTS[line.fact] if in_force else "",
        ]

"""What rooms above tell of people: who went to a partner or came from it, and who is planned to.

The act of the room above goes on in the same transaction, and names the person in the journal.
"""

from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from partners.models import Flow, Institution


class Amount(NamedTuple):
    people: int
    weeks: Decimal
    """Person-weeks: three people for two weeks are 6."""


NOBODY = Amount(0, Decimal(0))


@transaction.atomic
def put(
    *,
    source: str,
    institution: Institution,
    academic_year: AcademicYear,
    direction: str,
    kind: str,
    planned: Amount = NOBODY,
    done: Amount = NOBODY,
) -> Flow | None:
    """Say what is so now of this source; saying it twice changes nothing, and saying nobody takes it away.

    `source` begins with the room's name and is its own key of what it counted, one partner, year, direction and kind
    each: `staff.activity/17`. `direction` is seen from our university.
    """
    if institution.is_home:
        raise ValidationError(_("People go to a partner or come from it; this is our own university."), code="home")
    if not planned.people and not done.people:
        withdraw(source=source)
        return None
    said = {
        "institution": institution,
        "academic_year": str(academic_year),
        "direction": direction,
        "kind": kind,
        "planned_people": planned.people,
        "planned_weeks": planned.weeks,
        "done_people": done.people,
        "done_weeks": done.weeks,
    }
    # Its constraints are the database's to keep: each would cost a statement here, at every step of a trip.
    Flow(source=source, **said).full_clean(exclude=["institution"], validate_unique=False, validate_constraints=False)
    flow, _is_new = Flow.objects.update_or_create(source=source, defaults=said)
    return flow


@transaction.atomic
def withdraw(*, source: str) -> None:
    """Nobody goes and nobody went, as far as this source knows."""
    Flow.objects.filter(source=source).delete()

"""Where people are: whoever sends somebody away, by a trip, a stay or an event, asks here for their days."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from mobility.people.models import Absence, User


@transaction.atomic
def keep_away(*, person: User, kind: str, source: str, starts: date, ends: date) -> Absence:
    """Take these days for this source, or move those that it has. Days that are taken already refuse.

    The person's row is locked first: of two that ask at once, the second finds what the first has taken.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    own = {"person": person, "kind": kind, "source": source}
    other = Absence.objects.filter(person=person).during(starts, ends).exclude(kind=kind, source=source).first()
    if other:
        raise ValidationError(
            _("%(person)s is away already from %(starts)s to %(ends)s: %(what)s."),
            code="away-already",
            params={
                "person": person,
                "starts": formats.date_format(other.starts),
                "ends": formats.date_format(other.ends),
                "what": other,
            },
        )
    absence = Absence.objects.filter(**own).first() or Absence(**own)
    absence.starts, absence.ends = starts, ends
    absence.clean_fields(exclude=["person"])
    absence.save()
    return absence


@transaction.atomic
def release(*, person: User, kind: str, source: str) -> None:
    """The days are free again; where there are none, nothing happens."""
    for absence in Absence.objects.filter(person=person, kind=kind, source=source):
        absence.delete()

"""The head of every paper that the university issues, and who signs its orders."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from mobility.files.documents import Letterhead, Name, Signatures, Text
from mobility.people.models import Role, RoleKind, University, User


def letterhead(language: str, *below: str) -> Letterhead:
    """The university's name and address in the paper's language, and between them the office that issues it."""
    university = University.objects.current()
    with override(language):
        lines = [university.name, *below, university.address]
    return Letterhead(tuple(filter(None, lines)))


def ends_of_order(*, day: date, by: User) -> tuple[Signatures, Text]:
    """The rector of that day signs what `by` drew up. The name stays open while there is no rector, or two."""
    rectors = list(Role.objects.in_force_on(day).filter(kind=RoleKind.RECTOR).select_related("person")[:2])
    name = Name(str(rectors[0].person), rectors[0].person.latin_name) if len(rectors) == 1 else ""
    drawn_up = Text(_("Drawn up by %(person)s") % {"person": by})
    return Signatures(((str(RoleKind.RECTOR.label), name),)), drawn_up

"""The head of every paper that the university issues."""

from django.utils.translation import override

from mobility.files.documents import Letterhead
from mobility.people.models import University


def letterhead(language: str, *below: str) -> Letterhead:
    """The university's name and address in the paper's language, and between them the office that issues it."""
    university = University.objects.current()
    with override(language):
        lines = [university.name, *below, university.address]
    return Letterhead(tuple(filter(None, lines)))

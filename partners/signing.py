"""What an institution was called on a day: the name under which it signed."""

from datetime import date

from partners.models import Institution, Name, NameKind


def name_on(institution: Institution, day: date) -> str:
    """In its own language: the full or former name of that day, or the name of today where the dates say nothing."""
    names = institution.names.filter(language=institution.own_language).exclude(kind=NameKind.SHORT)
    of_that_day = [name for name in names if was_so_called(name, day)]
    return of_that_day[0].text if of_that_day else institution.own_name


def was_so_called(name: Name, day: date) -> bool:
    """A former name without a last day says nothing about any day."""
    if name.kind == NameKind.FORMER and name.until is None:
        return False
    return (name.since is None or name.since <= day) and (name.until is None or name.until >= day)

from django.db import transaction

from mobility.journal import actions as journal
from mobility.people.models import User


@transaction.atomic
def enter_guest(*, family_name: str, given_name: str, latin_family_name: str, latin_given_name: str, by: User) -> User:
    """A person of another university: known by name, without a way in."""
    guest = User(
        family_name=family_name,
        given_name=given_name,
        latin_family_name=latin_family_name,
        latin_given_name=latin_given_name,
        is_active=False,
    )
    guest.set_unusable_password()
    guest.full_clean(exclude=["password"])
    guest.save()
    journal.record(event="guest-entered", of=guest, by=by)
    return guest

"""What the student agrees to, each in the version that was read; a transfer by the country of the hosts chosen."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.consents import needed_by
from mobility.students.models import Application, Consent

from .editing import locked_for_editing, save


@transaction.atomic
def set_consents(
    *, application: Application, given: Collection[tuple[int, str]], by: User, at: datetime
) -> Application:
    """`given` are pairs of the text's key and the country ("" for none). What is not among them is taken back."""
    application = locked_for_editing(application, at=at)
    needed = {(need.text.pk, need.country) for need in needed_by(application, at=at)}
    existing = {(consent.text_id, consent.country): consent for consent in application.consents.all()}
    wanted = needed & set(given)
    gone = [consent.pk for pair, consent in existing.items() if pair not in wanted]
    if gone:
        application.consents.filter(pk__in=gone).delete()
    Consent.objects.bulk_create(
        Consent(application=application, text_id=text, country=country, given_at=at, given_by=by)
        for text, country in sorted(wanted - existing.keys())
    )
    journal.record(event="consents-set", of=application, by=by)
    save(application, at=at)
    return application

"""Partner institutions."""

from typing import Any

from django.utils import timezone

from mobility.people.tests.factories import UserFactory
from partners.tests.factories import InstitutionFactory

from .words import Page, editors, everyone


def archived_institution(*, by: Any) -> Any:
    by = by or UserFactory()
    return InstitutionFactory(archived_at=timezone.now(), archived_by=by, archive_reason="It closed.")


PAGES = {
    # partners
    "partner-list": Page(get=everyone(200), post=everyone(405)),
    "partner-detail": Page(
        at=lambda _place: {"code": InstitutionFactory().code}, get=everyone(200), post=everyone(405)
    ),
    "partner-import": Page(get=editors(200), post=editors(200)),
    "partner-export": Page(at=lambda _place: {"kind": "csv"}, get=editors(200), is_looked_at=False),
    "partner-similar": Page(get=editors(200), is_looked_at=False),
    "partner-archive": Page(at=lambda _place: {"code": InstitutionFactory().code}, get=editors(200), post=editors(200)),
    "partner-restore": Page(
        at=lambda place: {"code": archived_institution(by=place.me).code}, get=editors(200), post=editors(302)
    ),
    "partner-rename": Page(at=lambda _place: {"code": InstitutionFactory().code}, get=editors(200), post=editors(200)),
}

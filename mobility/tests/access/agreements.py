"""Agreements: read by those who work with places, written by International Relations."""

from typing import Any

from mobility.files.tests.factories import StoredFileFactory
from partners.tests.factories import (
    AgreementFactory,
    ConditionFactory,
    ConfirmedSeatsFactory,
    InstitutionFactory,
    ProlongationFactory,
    ScanFactory,
)

from .words import (
    ADMINISTRATOR,
    DEANS_OFFICE,
    HEAD_OF_DEPARTMENT,
    IR_OFFICER,
    RECTOR,
    Outcome,
    Page,
    Place,
    editors,
    only,
)


def readers(outcome: int | str) -> dict[str, Outcome]:
    who = (IR_OFFICER, ADMINISTRATOR, RECTOR, DEANS_OFFICE, HEAD_OF_DEPARTMENT)
    return only(dict.fromkeys(who, outcome), others=404)


def an_agreement(_place: Place) -> dict[str, Any]:
    return {"pk": AgreementFactory().pk}


def a_draft(_place: Place) -> dict[str, Any]:
    return {"pk": AgreementFactory(sealed_at=None, sealed_by=None).pk}


def a_party(_place: Place) -> dict[str, Any]:
    draft = AgreementFactory(sealed_at=None, sealed_by=None, parties=InstitutionFactory.create_batch(2))
    return {"pk": draft.pk, "party": draft.parties.first().pk}


def a_condition(_place: Place) -> dict[str, Any]:
    condition = ConditionFactory()
    return {"pk": condition.agreement_id, "condition": condition.pk}


def a_scan(_place: Place) -> dict[str, Any]:
    scan = ScanFactory()
    return {"pk": scan.agreement_id, "scan": scan.pk}


def a_prolongation(_place: Place) -> dict[str, Any]:
    letter = ProlongationFactory()
    return {"pk": letter.agreement_id, "prolongation": letter.pk}


def a_seats_letter(_place: Place) -> dict[str, Any]:
    entry = ConfirmedSeatsFactory(file=StoredFileFactory())
    return {"pk": entry.condition.agreement_id, "seats": entry.pk}


PAGES = {
    # agreements: read by those who work with places, written by International Relations
    "agreement-list": Page(get=readers(200), post=readers(405)),
    "agreement-export": Page(get=readers(200), post=readers(405), is_looked_at=False),
    "agreement-expiring": Page(get=readers(200), post=readers(405)),
    "agreement-coverage": Page(get=readers(200), post=readers(405)),
    "agreement-parity": Page(get=readers(200), post=readers(405)),
    "agreement-detail": Page(at=an_agreement, get=readers(200)),
    "agreement-new": Page(get=editors(200), post=editors(200)),
    "agreement-edit": Page(at=a_draft, get=editors(200), post=editors(200)),
    "agreement-discard": Page(at=a_draft, get=editors(200), post=editors(200)),
    "agreement-correct": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "agreement-put-in-force": Page(at=a_draft, get=editors(200), post=editors(302)),
    "agreement-renew": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "agreement-terminate": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "agreement-hand-over": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "scan-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "scan-file": Page(at=a_scan, get=readers(200), is_looked_at=False),
    "prolongation-file": Page(at=a_prolongation, get=readers(200), is_looked_at=False),
    "seats-file": Page(at=a_seats_letter, get=readers(200), is_looked_at=False),
    "party-add": Page(at=a_draft, get=editors(200), post=editors(200)),
    "party-remove": Page(at=a_party, get=editors(200), post=editors(302)),
    "condition-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "exchange-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "condition-edit": Page(at=a_condition, get=editors(200), post=editors(200)),
    "condition-remove": Page(at=a_condition, get=editors(200), post=editors(302)),
    "seats-confirm": Page(at=a_condition, get=editors(200), post=editors(200)),
}

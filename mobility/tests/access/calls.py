"""Calls: public once opened, kept by International Relations."""

import json
from pathlib import Path
from typing import Any

from mobility import calls
from mobility.calls.models import QuotaApproval
from mobility.calls.tests.factories import OPENS, CallFactory, DestinationFactory, QuotaFactory
from mobility.files.tests.factories import StoredFileFactory

from .words import ADMINISTRATOR, DEANS_OFFICE, IR_OFFICER, RECTOR, Outcome, Page, Place, editors, everyone, only

TEMPLATES = Path(calls.__file__).parent / "templates_of_rules"


def readers(outcome: int | str) -> dict[str, Outcome]:
    return only(dict.fromkeys((IR_OFFICER, ADMINISTRATOR, RECTOR, DEANS_OFFICE), outcome), others=404)


def rules() -> dict[str, Any]:
    """From the file: tests that empty the tables take the templates' rows with them."""
    return json.loads((TEMPLATES / "university.json").read_text(encoding="utf-8"))["content"]


def a_call(_place: Place) -> dict[str, Any]:
    quota = QuotaFactory(destination__call=CallFactory(rules=rules()))
    return {"code": quota.destination.call.code}


def a_draft(_place: Place) -> dict[str, Any]:
    call = CallFactory(opened_at=None, opened_by=None, rules=rules())
    QuotaFactory(destination__call=call)
    return {"code": call.code}


def a_destination(_place: Place) -> dict[str, Any]:
    place = QuotaFactory(destination__call=CallFactory(rules=rules())).destination
    return {"code": place.call.code, "destination": place.code}


def a_draft_s_destination(_place: Place) -> dict[str, Any]:
    place = DestinationFactory(call=CallFactory(opened_at=None, opened_by=None, rules=rules()))
    return {"code": place.call.code, "destination": place.code}


def a_quota(_place: Place) -> dict[str, Any]:
    quota = QuotaFactory()
    place = quota.destination
    return {"code": place.call.code, "destination": place.code, "faculty": quota.faculty.code}


def a_scan(_place: Place) -> dict[str, Any]:
    call = CallFactory()
    approval = QuotaApproval.objects.create(
        call=call, number="24-7", date=OPENS.date(), content={}, by=call.owner, at=OPENS, scan=StoredFileFactory()
    )
    return {"code": call.code, "approval": approval.pk}


def a_part(part: str) -> Any:
    return lambda place: a_draft(place) | {"part": part}


PAGES = {
    # what everybody reads of an opened call
    "call-list": Page(get=everyone(200), post=everyone(405)),
    "call-detail": Page(at=a_call, get=everyone(200), post=everyone(405)),
    "call-rules-shown": Page(at=a_call, get=everyone(200), post=everyone(405)),
    "destination-detail": Page(at=a_destination, get=everyone(200), post=everyone(405)),
    # the desk of International Relations
    "call-new": Page(get=editors(200), post=editors(200)),
    "call-desk": Page(at=a_draft, get=editors(200)),
    "call-edit": Page(at=a_draft, get=editors(200), post=editors(200)),
    "call-texts": Page(at=a_draft, get=editors(200), post=editors(200)),
    "call-open": Page(at=a_draft, get=editors(200), post=editors(200)),
    "call-extend": Page(at=a_call, get=editors(200), post=editors(200)),
    "call-call-off": Page(at=a_call, get=editors(200), post=editors(200)),
    "call-copy": Page(at=a_call, get=editors(200), post=editors(200)),
    "call-remove": Page(at=a_draft, get=editors(200), post=editors(302)),
    "call-destinations": Page(at=a_draft, get=editors(200)),
    "destination-add": Page(at=a_draft, get=editors(200), post=editors(200)),
    "destination-edit": Page(at=a_draft_s_destination, get=editors(200), post=editors(200)),
    "destination-remove": Page(at=a_draft_s_destination, get=editors(200), post=editors(302)),
    "destination-weights": Page(at=a_draft_s_destination, get=editors(200), post=editors(200)),
    "rules-modifiers": Page(at=a_draft, get=editors(200), post=editors(200), is_sent_as_it_stands=False),
    "rules-documents": Page(at=a_draft, get=editors(200), post=editors(200), is_sent_as_it_stands=False),
    "rules-levels": Page(at=a_draft, get=editors(200), post=editors(200)),
    "call-rules": Page(at=a_draft, get=editors(200)),
    "rules-template": Page(at=a_draft, get=editors(200), post=editors(200)),
    "rules-eligibility": Page(at=a_draft, get=editors(200), post=editors(200)),
    "rules-scales": Page(at=a_call, get=editors(200), post=editors(200)),
    "rules-order": Page(at=a_draft, get=editors(200), post=editors(200)),
    "rules-criterion": Page(at=a_part("science"), get=editors(200), post=editors(200)),
    "rules-entry-add": Page(at=a_draft, get=editors(200), post=editors(200)),
    "rules-entry": Page(at=a_part("patent"), get=editors(200), post=editors(200)),
    "rules-entry-remove": Page(at=a_part("patent"), get=editors(200), post=editors(200), is_sent_as_it_stands=False),
    # quotas: looked at by those who work with places
    "call-quotas": Page(at=a_call, get=readers(200), post=editors(302)),
    "quotas-export": Page(at=a_call, get=readers(200), is_looked_at=False),
    "quotas-paper": Page(at=a_call, get=readers(200), is_looked_at=False),
    "quotas-import": Page(at=a_call, get=editors(200), post=editors(200)),
    "quotas-approve": Page(at=a_call, get=editors(200), post=editors(200)),
    "quotas-scan": Page(at=a_scan, get=readers(200), is_looked_at=False),
    "quota-detail": Page(at=a_quota, get=editors(200), post=editors(302)),
}

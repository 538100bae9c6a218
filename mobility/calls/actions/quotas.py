"""The year's quotas: the whole grid at once, one cell's narrowing, and what was signed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.calls.models import Call, Destination, Quota, QuotaApproval, QuotaChange
from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import Faculty, User

from .locks import locked_before_results

Cells = Mapping[tuple[int, int], int]
"""(key of the destination, key of the faculty) → seats."""


@transaction.atomic
def set_quotas(*, call: Call, cells: Cells, seen: Cells, reason: str, by: User, at: datetime) -> list[QuotaChange]:
    """All or nothing; the cells that changed enter the ledger. `seen` is what the officer looked at."""
    call = locked_before_results(call)
    destinations = {
        row.pk: row
        for row in call.destinations.select_related("condition__partner")
        .by_key()
        .select_for_update(of=("self",), no_key=True)
    }
    quotas = {(row.destination_id, row.faculty_id): row for row in Quota.objects.filter(destination__in=destinations)}
    faculties = {row.pk: row for row in Faculty.objects.all()}
    if any(place not in destinations or faculty not in faculties for place, faculty in cells):
        raise ValidationError(_("A destination was removed meanwhile. Look again."), code="changed-meanwhile")
    now = {cell: quotas[cell].seats if cell in quotas else 0 for cell in cells}
    changed = {cell: seats for cell, seats in cells.items() if seats != now[cell]}
    _refuse_stale(changed, seen=seen, now=now, destinations=destinations, faculties=faculties)
    _refuse_sums({cell: row.seats for cell, row in quotas.items()} | dict(cells), destinations)
    if changed and not call.is_draft and not reason:
        raise ValidationError(
            {"reason": ValidationError(_("The call is open: say why its quotas change."), code="reason")}
        )
    Quota.objects.filter(pk__in=[quotas[cell].pk for cell, seats in changed.items() if not seats]).delete()
    Quota.objects.bulk_create(
        [Quota(destination_id=cell[0], faculty_id=cell[1], seats=seats) for cell, seats in changed.items() if seats],
        update_conflicts=True,
        unique_fields=["destination", "faculty"],
        update_fields=["seats"],
    )
    if changed:
        journal.record(event="quotas-set", of=call, by=by, reason=reason)
    return QuotaChange.objects.bulk_create(
        QuotaChange(
            destination_id=place,
            faculty_id=faculty,
            before=now[place, faculty],
            after=seats,
            reason=reason,
            by=by,
            at=at,
        )
        for (place, faculty), seats in changed.items()
    )


def _refuse_stale(
    changed: Cells,
    *,
    seen: Cells,
    now: Cells,
    destinations: Mapping[int, Destination],
    faculties: Mapping[int, Faculty],
) -> None:
    stale = [
        ValidationError(
            _("%(host)s, %(faculty)s: another officer set %(seats)s meanwhile. Look at it, then save again."),
            code="changed-meanwhile",
            params={"host": destinations[cell[0]], "faculty": faculties[cell[1]].short_name, "seats": now[cell]},
        )
        for cell in changed
        if seen.get(cell, 0) != now[cell]
    ]
    if stale:
        raise ValidationError(stale)


def _refuse_sums(cells: Cells, destinations: Mapping[int, Destination]) -> None:
    refused = [
        ValidationError(too_many(destination, given), code="too-many", params={"destination": destination.pk})
        for destination in destinations.values()
        if (given := sum(seats for (place, _faculty), seats in cells.items() if place == destination.pk))
        > destination.seats
    ]
    if refused:
        raise ValidationError(refused)


def too_many(destination: Destination, given: int) -> str:
    told = ngettext(
        "%(host)s: %(given)s place is given out, the destination has %(seats)s. Take %(over)s away.",
        "%(host)s: %(given)s places are given out, the destination has %(seats)s. Take %(over)s away.",
        given,
    )
    over = given - destination.seats
    return told % {"host": destination, "given": given, "seats": destination.seats, "over": over}


@transaction.atomic
def narrow(*, quota: Quota, terms: Mapping[str, Any], by: User) -> Quota:
    """To a specialty or course years of the faculty."""
    call = locked_before_results(quota.destination.call)
    found: Quota | None = Quota.objects.select_for_update(of=("self",)).filter(pk=quota.pk).first()
    if found is None:
        raise ValidationError(_("This quota was taken away meanwhile."), code="removed-already")
    for field, value in terms.items():
        setattr(found, field, value)
    found.full_clean()
    found.save()
    journal.record(event="quota-narrowed", of=call, by=by)
    return found


@transaction.atomic
def approve(
    *, call: Call, number: str, signed_on: date, scan: Inspected | None, sha256: str, by: User, at: datetime
) -> QuotaApproval:
    """The quotas as they were signed. `sha256` is that of the grid the officer looked at."""
    call = locked_before_results(call)
    content = signed_content(call)
    if not content:
        raise ValidationError(_("There are no quotas to approve."), code="nothing")
    if checksum(content) != sha256:
        raise ValidationError(_("The quotas were changed meanwhile. Look again."), code="changed-meanwhile")
    if signed_on > at.date():
        raise ValidationError({"signed_on": ValidationError(_("This day is yet to come."), code="future")})
    approval = QuotaApproval(
        call=call,
        number=number,
        date=signed_on,
        scan=store(upload=scan, by=by, at=at) if scan else None,
        content=content,
        sha256=sha256,
        by=by,
        at=at,
    )
    approval.full_clean()
    approval.save()
    journal.record(event="quotas-approved", of=call, by=by)
    return approval


def signed_content(call: Call) -> dict[str, dict[str, int]]:
    """Destination → faculty → seats, by codes."""
    content: dict[str, dict[str, int]] = {}
    rows = Quota.objects.filter(destination__call=call).values_list("destination__code", "faculty__code", "seats")
    for destination, faculty, seats in rows.order_by("destination__code", "faculty__code"):
        content.setdefault(destination, {})[faculty] = seats
    return content


def checksum(content: dict[str, dict[str, int]]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

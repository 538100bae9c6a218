"""The list of agreements as a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from partners.models import AgreementState, Renewal

FIELDS = (
    "number",
    "subject",
    "partner_names",
    "state",
    "signed_on",
    "starts",
    "ends",
    "last_day",
    "renewal",
    "owner__family_name",
    "owner__given_name",
)


def header() -> list[str]:
    return [
        _("Number"),
        _("Subject"),
        _("Partners"),
        _("State"),
        _("Signed"),
        _("In force from"),
        _("In force until"),
        _("Last day"),
        _("Renewal"),
        _("Who answers for it"),
    ]


def rows(agreements: Any) -> Iterator[Iterable[Any]]:
    for number, subject, names, state, *days, renewal, family, given in agreements.values_list(*FIELDS):
        words = str(AgreementState(state).label), str(Renewal(renewal).label)
        yield [number, subject, "; ".join(names), words[0], *days, words[1], f"{family} {given}".strip()]

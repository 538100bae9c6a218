"""All files that concern one partner, on its own page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Agreement, ConfirmedSeats, Institution, Prolongation, Scan


class Paper(NamedTuple):
    """`view` serves it; `said` is a scan's own title, or the year of the seats."""

    view: str
    pk: int
    agreement_pk: int
    said: str
    file: str
    size: int
    uploaded_at: datetime

    @property
    def url(self) -> str:
        return reverse(self.view, args=[self.agreement_pk, self.pk])

    @property
    def name(self) -> str:
        if self.view == "prolongation-file":
            return _("Letter of prolongation")
        if self.view == "seats-file":
            return _("Seats confirmed for %(year)s") % {"year": self.said}
        return self.said or self.file


def papers_of(institution: Institution, agreements: Iterable[Agreement]) -> list[tuple[Paper, Agreement]]:
    """Of these agreements with it, the latest first; of confirmed seats only its own. One query."""
    known = {agreement.pk: agreement for agreement in agreements}
    if not known:
        return []
    seats = ConfirmedSeats.objects.filter(condition__agreement__in=known, condition__partner=institution)
    told = _told(Scan.objects.filter(agreement__in=known), "scan-file", said="title")
    told = told.union(
        _told(Prolongation.objects.filter(agreement__in=known), "prolongation-file", said="letter_number"),
        _told(seats, "seats-file", said="academic_year", agreement="condition__agreement_id"),
        all=True,
    )
    papers = sorted((Paper(*row) for row in told), key=lambda paper: paper.uploaded_at, reverse=True)
    return [(paper, known[paper.agreement_pk]) for paper in papers]


def _told(rows: QuerySet[Any], view: str, *, said: str, agreement: str = "agreement_id") -> QuerySet[Any]:
    columns = {"of": F(agreement), "said": F(said), "named": F("file__name"), "bytes": F("file__size")}
    told = rows.exclude(file=None).order_by().annotate(view=Value(view), **columns, uploaded=F("file__uploaded_at"))
    return told.values_list("view", "pk", *columns, "uploaded")

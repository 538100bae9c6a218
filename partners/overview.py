"""What an agreement's page says of its conditions: seats of a year confirmed against agreed."""

from collections import defaultdict
from dataclasses import dataclass, field

from mobility.people.academic_years import AcademicYear
from partners.atlas import language_name
from partners.models import Agreement, Condition, ConfirmedSeats


@dataclass(frozen=True)
class Line:
    """`earlier` are the entries that a later one took the place of, the latest first."""

    condition: Condition
    confirmed: ConfirmedSeats | None
    holds: bool
    earlier: list[ConfirmedSeats] = field(default_factory=list)

    @property
    def language(self) -> str:
        """With its level, where one is asked."""
        return f"{language_name(self.condition.language)} {self.condition.language_level}".strip()

    @property
    def difference(self) -> int | None:
        """Confirmed over agreed; None before the partner has spoken."""
        return self.confirmed.seats - self.condition.seats if self.confirmed else None


def lines_of(agreement: Agreement, year: AcademicYear) -> list[Line]:
    conditions = list(agreement.conditions.select_related("partner").order_by(*Condition._meta.ordering))
    entries: dict[int, list[ConfirmedSeats]] = defaultdict(list)
    confirmations = ConfirmedSeats.objects.latest_of(str(year)).filter(condition__agreement=agreement)
    for entry in confirmations.select_related("entered_by", "file"):
        entries[entry.condition_id].append(entry)
    return [_line(agreement, condition, entries[condition.pk], year) for condition in conditions]


def _line(agreement: Agreement, condition: Condition, entries: list[ConfirmedSeats], year: AcademicYear) -> Line:
    last = min(filter(None, [condition.ends, agreement.last_day]), default=None)
    holds = condition.starts <= year.last_day and (last is None or last >= year.first_day)
    return Line(condition, entries[0] if entries else None, holds, entries[1:])

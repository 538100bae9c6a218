"""The quota grid: destinations × faculties, what is in each cell now, what was typed, and the sums beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum

from mobility.people.academic_years import AcademicYear
from mobility.people.models import Faculty
from mobility.web.charts import Bars, Pair, bars
from partners.models import Condition, Direction

from . import above
from .models import Call, Destination, Quota

Cell = tuple[int, int]


@dataclass(frozen=True)
class Square:
    """One cell: `now` is what is saved, `shown` what stands in the field, as typed."""

    destination: int
    faculty: Faculty
    now: int
    shown: str

    @property
    def name(self) -> str:
        return f"{self.destination}-{self.faculty.pk}"

    @property
    def seats(self) -> int:
        return int(self.shown) if self.shown.isascii() and self.shown.isdigit() else 0

    @property
    def is_changed(self) -> bool:
        return self.shown != str(self.now)


@dataclass(frozen=True)
class Row:
    destination: Destination
    squares: list[Square]
    confirmed: int | None
    agreed: int
    bars: Bars

    @property
    def given(self) -> int:
        return sum(square.seats for square in self.squares)

    @property
    def over(self) -> int:
        return max(0, self.given - self.destination.seats)

    @property
    def left(self) -> int:
        return max(0, self.destination.seats - self.given)

    @property
    def changed(self) -> list[Square]:
        return [square for square in self.squares if square.is_changed]


@dataclass(frozen=True)
class Column:
    faculty: Faculty
    given: int
    applied: int | None


@dataclass(frozen=True)
class Grid:
    rows: list[Row]
    columns: list[Column]
    notes: list[str] = field(default_factory=list)

    @property
    def given(self) -> int:
        return sum(row.given for row in self.rows)

    @property
    def seats(self) -> int:
        return sum(row.destination.seats for row in self.rows)

    @property
    def over(self) -> list[Row]:
        return [row for row in self.rows if row.over]

    @property
    def changed(self) -> int:
        return sum(len(row.changed) for row in self.rows)

    @property
    def came(self) -> int:
        return sum(row.bars.pair.second for row in self.rows)

    @property
    def applied(self) -> int | None:
        known = [column.applied for column in self.columns if column.applied is not None]
        return sum(known) if known else None


def of(call: Call, *, typed: Mapping[Cell, str] | None = None, notes: Sequence[str] = ()) -> Grid:
    """`typed` is what the fields hold instead of what is saved."""
    typed = typed or {}
    destinations = list(call.destinations.by_name())
    faculties = list(Faculty.objects.order_by("position", "code"))
    now = now_of(call)
    squares = {place.pk: _squares(place, faculties, now, typed) for place in destinations}
    outgoing, incoming = _seats_both_ways(call, destinations)
    lengths = bars(
        [
            Pair(str(place), sum(square.seats for square in squares[place.pk]), incoming.get(_partner(place), 0))
            for place in destinations
        ]
    )
    rows = [
        Row(place, squares[place.pk], outgoing[place.condition_id].confirmed, outgoing[place.condition_id].seats, pair)
        for place, pair in zip(destinations, lengths, strict=True)
    ]
    applied = above.applied(call.previous) if call.previous else {}
    columns = [
        Column(faculty, sum(row.squares[position].seats for row in rows), applied.get(faculty.code))
        for position, faculty in enumerate(faculties)
    ]
    return Grid(rows, columns, list(notes))


def now_of(call: Call) -> dict[Cell, int]:
    found = Quota.objects.filter(destination__call=call).values_list("destination", "faculty", "seats")
    return {(place, faculty): seats for place, faculty, seats in found}


def _squares(
    place: Destination, faculties: list[Faculty], now: Mapping[Cell, int], typed: Mapping[Cell, str]
) -> list[Square]:
    squares = []
    for faculty in faculties:
        cell = place.pk, faculty.pk
        seats = now.get(cell, 0)
        squares.append(Square(place.pk, faculty, seats, typed.get(cell, str(seats))))
    return squares


def _partner(place: Destination) -> int:
    return place.condition.partner_id


def _seats_both_ways(call: Call, destinations: list[Destination]) -> tuple[dict[int, Condition], dict[int, int]]:
    """Outgoing conditions with the year's seats by key, and the seats that come in, last year, by partner."""
    year = AcademicYear.read(call.academic_year)
    out = Condition.objects.filter(pk__in={place.condition_id for place in destinations}).with_seats_of(year)
    last = year.plus(-1)
    came = (
        Condition.objects.of_year(last)
        .filter(kind=call.kind, direction=Direction.INCOMING, partner__in={_partner(place) for place in destinations})
        .with_seats_of(last)
        .order_by()
        .values_list("partner")
        .annotate(n=Sum("counted"))
    )
    return {row.pk: row for row in out}, dict(came)

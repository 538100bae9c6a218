"""Places on the earth into places on the vendored map, with names beside them that do not cover each other.

.ci/worldmap.py draws the land by the same projection: Miller's, ten units to a degree of longitude.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1152, 450  # pixels of the widest page; everything drawn is sized for it
NARROWEST = 500.0  # units: a map of one city still shows its neighbours
LETTER = 7.4  # pixels of an average letter of a name
Box = tuple[float, float, float, float]  # left, top, right, bottom
SIDES = ("right", "left", "above", "below")


@dataclass(frozen=True)
class Place:
    name: str
    latitude: float
    longitude: float
    count: int | None = None
    is_home: bool = False


@dataclass(frozen=True)
class Mark:
    place: Place
    x: float
    y: float
    text_x: float
    text_y: float
    side: str


@dataclass(frozen=True)
class Map:
    """Lengths are in the map's own units; `radius`, `hairline` and the sizes of letters keep theirs in pixels."""

    view_box: str
    marks: list[Mark]
    radius: float
    home_radius: float
    name_size: float
    count_size: float
    hairline: float
    halo: float


def projected(*, latitude: float, longitude: float) -> tuple[float, float]:
    northing = 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude)))
    return (longitude + 180) * 10, 1319.6 - math.degrees(northing) * 10


def drawn(places: Sequence[Place]) -> Map:
    points = [projected(latitude=place.latitude, longitude=place.longitude) for place in places]
    left, top, width, height = _window(points)
    unit = width / WIDTH
    radius = 12 * unit
    taken = [(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    marks = []
    for place, (x, y) in zip(places, points, strict=True):
        sides = {side: _box(side, x, y, len(place.name) * LETTER * unit, unit) for side in SIDES}
        side = _free_side(sides, taken, (left, top, left + width, top + height))
        taken.append(sides[side])
        text_x, text_y = _anchor(side, x, y, radius)
        marks.append(Mark(place, round(x, 1), round(y, 1), round(text_x, 1), round(text_y, 1), side))
    return Map(
        view_box=f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}",
        marks=marks,
        radius=round(radius, 2),
        home_radius=round(7 * unit, 2),
        name_size=round(13.5 * unit, 2),
        count_size=round(12.5 * unit, 2),
        hairline=round(unit, 2),
        halo=round(3 * unit, 2),
    )


def _window(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The part of the map that holds all marks with a margin, in the picture's proportions."""
    xs, ys = zip(*points, strict=True) if points else ((1800.0,), (800.0,))
    width = max((max(xs) - min(xs)) * 1.2, (max(ys) - min(ys)) * 1.35 * WIDTH / HEIGHT, NARROWEST)
    height = width * HEIGHT / WIDTH
    return (max(xs) + min(xs) - width) / 2, (max(ys) + min(ys) - height) / 2, width, height


def _free_side(sides: dict[str, Box], taken: list[Box], window: Box) -> str:
    """The first side where the name covers nothing and stays inside; to the right where there is none."""
    for side, box in sides.items():
        inside = box[0] >= window[0] and box[1] >= window[1] and box[2] <= window[2] and box[3] <= window[3]
        if inside and not any(_overlap(box, other) for other in taken):
            return side
    return "right"


def _box(side: str, x: float, y: float, length: float, unit: float) -> Box:
    near, half = 15 * unit, 9 * unit
    if side == "right":
        return x + near, y - half, x + near + length, y + half
    if side == "left":
        return x - near - length, y - half, x - near, y + half
    top = y - near - 2 * half if side == "above" else y + near
    return x - length / 2, top, x + length / 2, top + 2 * half


def _anchor(side: str, x: float, y: float, radius: float) -> tuple[float, float]:
    away = radius * 1.45
    return {
        "right": (x + away, y),
        "left": (x - away, y),
        "above": (x, y - away - radius * 0.5),
        "below": (x, y + away + radius * 0.5),
    }[side]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

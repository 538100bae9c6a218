"""Natural Earth's countries, from world-atlas, as one small SVG whose shapes are keyed by ISO 3166 alpha-2.

The projection is Miller's cylindrical one, ten units to a degree of longitude: mobility/web/worldmap.py has its twin,
which places the marks.
"""

import json
import math
from itertools import pairwise
from pathlib import Path

from django_countries.data import ALT_CODES

TOLERANCE = 1.3  # in units; finer detail cannot be seen where the map is used
SMALLEST = 12.0  # square units; smaller islands go, unless a country has nothing larger
WITHOUT = {"010"}  # Antarctica

ALPHA_2 = {f"{numeric:03}": code for code, (_, numeric, *_) in ALT_CODES.items()}


def drawn(atlas: Path) -> str:
    topology = json.loads(atlas.read_text())
    arcs = [simplified(decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") not in WITHOUT and geometry["type"]:
            key = ALPHA_2.get(geometry.get("id"), "")
            shapes.setdefault(key, []).extend(rings(geometry, arcs))
    paths = "\n".join(f"<path{name(key)} d='{path(found)}'/>" for key, found in sorted(shapes.items()))
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3600 2300'>\n<g id='land'>\n{paths}\n</g>\n</svg>\n"


def name(key: str) -> str:
    """A territory that ISO 3166 does not know is land without a key."""
    return f" id='{key}'" if key else ""


def decoded(arc: list, transform: dict) -> list[tuple[float, float]]:
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(projected(x * scale_x + move_x, y * scale_y + move_y))
    return unwrapped(points)


def unwrapped(points: list) -> list:
    """A line over the 180th meridian goes on beyond the map's edge, instead of back across the whole map."""
    line = points[:1]
    for x, y in points[1:]:
        turns = round((line[-1][0] - x) / 3600)
        line.append((x + turns * 3600, y))
    return line


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    northing = 1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude)))
    return (longitude + 180) * 10, 1319.6 - math.degrees(northing) * 10


def simplified(points: list) -> list:
    """Douglas and Peucker's rule on one arc: neighbours share arcs, so borders stay shared."""
    if len(points) < 3:
        return points
    (start_x, start_y), (end_x, end_y) = points[0], points[-1]
    length = math.hypot(end_x - start_x, end_y - start_y)

    def distance(point: tuple) -> float:
        if not length:
            return math.hypot(point[0] - start_x, point[1] - start_y)
        across = (end_x - start_x) * (start_y - point[1]) - (start_x - point[0]) * (end_y - start_y)
        return abs(across) / length

    farthest = max(range(1, len(points) - 1), key=lambda index: distance(points[index]))
    if distance(points[farthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: farthest + 1])[:-1] + simplified(points[farthest:])


def rings(geometry: dict, arcs: list) -> list[list]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    found = []
    for ring in (ring for polygon in polygons for ring in polygon):
        points = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points = unwrapped([*points, *(arc[1:] if points else arc)])
        found.append(points)
    large = [ring for ring in found if area(ring) >= SMALLEST]
    return large or [max(found, key=area)]


def area(ring: list) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def path(found: list[list]) -> str:
    """Relative whole units: a third of the bytes of absolute ones."""
    written = []
    for ring in found:
        grid = [(round(x), round(y)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grid)]
        moves = " ".join(f"{x} {y}" for x, y in steps[:-1] if (x, y) != (0, 0)).replace(" -", "-")
        written.append(f"M{grid[0][0]} {grid[0][1]}l{moves}z")
    return "".join(written)

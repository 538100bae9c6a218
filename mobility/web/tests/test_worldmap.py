import re

from django.conf import settings

from mobility.web.gallery import CITIES
from mobility.web.worldmap import HEIGHT, WIDTH, Place, drawn, projected

WORLD = settings.ROOT / "static/vendor/world-atlas-2.0.2/world.svg"


def test_marks_fall_on_the_land_that_is_drawn():
    """The two projections are twins: Minsk lies within the box of Belarus, Nagasaki within that of Japan."""
    for code, latitude, longitude in (("BY", 53.9, 27.57), ("JP", 32.75, 129.88), ("UZ", 41.3, 69.24)):
        x, y = projected(latitude=latitude, longitude=longitude)
        left, top, right, bottom = box(code)
        assert left < x < right
        assert top < y < bottom


def box(code):
    path = re.search(rf"<path id='{code}' d='([^']+)'", WORLD.read_text()).group(1)
    xs, ys = [], []
    for ring in path.split("z")[:-1]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + step_x, y + step_y
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def test_the_window_holds_every_mark_in_the_picture_s_proportions():
    left, top, width, height = map(float, drawn(CITIES).view_box.split())
    assert abs(width / height - WIDTH / HEIGHT) < 0.01
    assert [
        mark.place.name
        for mark in drawn(CITIES).marks
        if not (left < mark.x < left + width and top < mark.y < top + height)
    ] == []


def test_names_of_neighbours_stand_on_different_sides():
    marks = drawn(
        [Place("Moscow", 55.75, 37.62, 8), Place("Vladimir", 55.75, 40.6, 1), Place("Omsk", 54.99, 73.37, 4)]
    ).marks
    assert [mark.side for mark in marks] == ["left", "right", "right"]


def test_a_map_without_places_is_still_a_map():
    assert drawn([]).marks == []

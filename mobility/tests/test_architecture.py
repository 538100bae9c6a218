"""Holds the floors: imports run down only, every file has one of the house's jobs, and none grows out of sight.

docs/architecture.md draws the house. Each failure is a line that names the module and says what to do.
"""

import sys

import pytest

from .imports import PACKAGES, ROOT, Import, module_name, of_the_house, python_files, read
from .jobs import ALSO, JOBS

# From the ground up. A room may import rooms on lower floors, never its neighbours and never upwards.
FLOORS = [
    {"mobility.web", "mobility.journal"},
    {"mobility.files", "mobility.post"},
    {"mobility.people"},
    {"partners"},
    {"mobility.calls"},
    {"mobility.students", "mobility.staff"},
    {"selection", "mobility.events"},
    {"mobility.reports"},
    {"mobility.urls", "mobility.home", "mobility.awaiting", "mobility.navigation", "mobility.sample", "mobility.tests"},
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}

# These stand on bare ground: they import the standard library and themselves only.
BARE_GROUND = {
    "selection.engine": "it is pure: no Django, no clock, no randomness; let gather.py hand it values",
    "mobility.ground": "it runs before anything is installed",
    "mobility.ground.prepare": "it prepares the database, and knows Django but no app",
    "mobility.ground.database": "it opens connections, and knows Django but no app",
    "mobility.ground.server": "it serves the site, and knows Django but no app",
    "mobility.settings": "settings know no app; name it by a string",
    "mobility.wsgi": "it only starts Django",
}
# What these cannot do without.
GROUND_MAY = {
    "mobility.ground.prepare": {"django"},
    "mobility.ground.database": {"django"},
    "mobility.ground.server": {"django"},
    "mobility.settings": {"django", "csp", "dj_database_url"},
    "mobility.wsgi": {"django"},
}
OPEN_TO_ALL = {"selection.engine", "mobility.settings", "mobility.ground"}

# What an app shows to those above; web is made to be used whole.
OWN_ONLY = {"views", "forms", "urls", "admin", "mails"}
SHARED_WHOLE = {"mobility.web"}

# file → what it must not know of its own app or another, and what to do instead.
BLIND = {
    "models": (
        {"permissions", "actions", "forms", "views", "admin", "mails", "urls"},
        "a model holds fields and constraints; move the rule to permissions.py or the write to actions.py",
    ),
    "querysets": (
        {"models", "permissions", "actions", "forms", "views"},
        "a queryset asks only about its own rows; take the values as arguments",
    ),
    "permissions": (
        {"actions", "forms", "views", "admin"},
        "a permission is a sentence about role and state; it does nothing and knows no HTTP",
    ),
    "actions": (
        {"forms", "views", "admin", "permissions", "urls"},
        "an action takes what it needs as keywords; the view asks who may",
    ),
    "mails": ({"views", "forms", "admin"}, "a mail knows its template and its reader"),
    "forms": ({"views", "admin"}, "a form turns input into clean data"),
}

FREE_INSIDE = {*BARE_GROUND, "mobility.sample"}


def room_of(module: str) -> str | None:
    """The room a module belongs to: the longest known name it begins with."""
    known = [*HEIGHT, *BARE_GROUND]
    return max((room for room in known if f"{module}.".startswith(f"{room}.")), key=len, default=None)


def app_of(module: str) -> str:
    """The folder that a module's job is counted from: the site's own files count from mobility."""
    room = room_of(module)
    return "mobility" if room is None or not ROOT.joinpath(*room.split(".")).is_dir() else room


def file_of(module: str, room: str) -> str:
    """The job: `models` for mobility.people.models.user."""
    return module.removeprefix(room).removeprefix(".").split(".")[0]


def is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in PACKAGES


def is_test(module: str) -> bool:
    return "tests" in module.split(".")


def complaint(found: Import) -> str | None:
    """What is wrong with one import, and what to do; None when it is right."""
    room = room_of(found.by)
    if room is None:
        return f"{found.by} stands on no floor: give it one in FLOORS" if is_ours(found.of) else None
    if room in BARE_GROUND and not is_test(found.by):
        return bare_ground_complaint(found, room)
    if not is_ours(found.of):
        return None
    if found.of in PACKAGES:
        return f"{found}: name the room, not the package"
    return floor_complaint(found, room) or job_complaint(found, room)


def bare_ground_complaint(found: Import, room: str) -> str | None:
    top = found.of.split(".")[0]
    if room == "selection.engine" and top in {"random", "secrets", "time"}:
        return f"{found}: it knows no clock and no chance; take the lot or the moment as an argument"
    allowed = (
        top in sys.stdlib_module_names
        or top in GROUND_MAY.get(room, set())
        or room_of(found.of) in {room, "mobility.ground"}
    )
    return None if allowed else f"{found}: {BARE_GROUND[room]}"


def floor_complaint(found: Import, room: str) -> str | None:
    other = room_of(found.of)
    if other is None:
        return f"{found}, which stands on no floor: give it one in FLOORS"
    if other == room or other in OPEN_TO_ALL or room in BARE_GROUND:
        return None
    if is_test(found.of):
        return complaint_of_test(found, other)
    if is_test(found.by) and found.of == "mobility.urls":  # a test's URLconf adds a page to the site's
        return None
    above, here = HEIGHT[other], HEIGHT[room]
    if above < here or above == here == HEIGHT["mobility.urls"]:
        return None
    return (
        f"{found}, which stands {'beside' if above == here else 'above'} it: imports run down only; "
        "move the verb to the lowest room that sees all it changes, or let the room above push the fact down"
    )


def complaint_of_test(found: Import, other: str) -> str | None:
    if not is_test(found.by):
        return f"{found}: only a test may know a test"
    job = found.of.split("tests.", 1)[-1].split(".")[0]
    if job == "factories" or other in SHARED_WHOLE | {"mobility.tests"}:
        return None
    return f"{found}: tests share their factories and nothing else; move the object-maker to tests/factories.py"


def job_complaint(found: Import, room: str) -> str | None:
    other = room_of(found.of)
    job = file_of(found.of, other)
    if other != room and other not in SHARED_WHOLE | OPEN_TO_ALL and job in OWN_ONLY and not is_test(found.by):
        return (
            f"{found}: {job} belong to their app alone; "
            "share the model, the queryset, the permission or the action behind it"
        )
    if is_test(found.by) or other in OPEN_TO_ALL:
        return None
    blind_to, instead = BLIND.get(file_of(found.by, room), (set(), ""))
    if job in blind_to and other not in SHARED_WHOLE:
        return f"{found}: {instead}"
    return None


def test_imports_run_down_only():
    assert [sentence for found in of_the_house() if (sentence := complaint(found))] == []


def test_an_import_inside_a_function_gives_its_reason_on_the_line():
    assert [
        f"{found}: move it to the top, or end the line with `# noqa: PLC0415 -- the reason`"
        for found in of_the_house()
        if found.inside_function and not found.gives_reason and not is_test(found.by)
    ] == []


def test_every_file_has_one_of_the_house_s_jobs():
    assert [
        f"{module}: {job} is no job of the house; name it by its job, or add it to ALSO, saying why"
        for module in map(module_name, python_files())
        if not is_test(module) and room_of(module) not in FREE_INSIDE
        if (app := app_of(module)) and (job := file_of(module, app)) and job not in JOBS | ALSO.get(app, {}).keys()
    ] == []


def test_no_file_is_named_after_its_kind():
    kinds = {"utils", "util", "helpers", "helper", "mixins", "common", "misc", "services", "managers"}
    assert [f"{module_name(file)}: name it by its noun" for file in python_files() if file.stem in kinds] == []


def test_no_file_grows_out_of_sight():
    assert [
        f"{module_name(file)} has {lines} lines: split it by noun at about 350"
        for file in python_files()
        if (lines := len(file.read_text().splitlines())) > 400
    ] == []


def test_every_app_stands_on_a_floor():
    apps = {module_name(file.parent) for file in python_files() if file.name == "apps.py"}
    assert apps - set(HEIGHT) == set()


@pytest.mark.parametrize(
    ("module", "line", "says"),
    [
        ("mobility.people.models", "from partners.models import Institution", "imports run down only"),
        ("mobility.students.actions", "from mobility.staff.models import Trip", "stands beside it"),
        ("mobility.web.views", "from mobility.people.models import User", "imports run down only"),
        ("mobility.journal.actions", "from mobility.web import listing", "stands beside it"),
        ("partners.views", "from mobility.people.views import profile", "belong to their app alone"),
        ("partners.models", "from .permissions import can_edit", "a model holds fields"),
        ("partners.querysets", "from partners.models import Institution", "take the values as arguments"),
        ("partners.actions", "from .forms import Form", "takes what it needs as keywords"),
        ("partners.models", "from mobility.people.tests.factories import UserFactory", "only a test may know a test"),
        ("partners.tests.test_models", "from mobility.people.tests.test_doors import door", "tests share"),
        ("selection.engine.ranking", "import django", "it is pure"),
        ("selection.engine.ranking", "import random", "no clock and no chance"),
        ("selection.engine.ranking", "from selection.models import Run", "it is pure"),
        ("mobility.people.models", "import mobility", "name the room"),
        ("mobility.lounge.models", "from mobility.people.models import User", "stands on no floor"),
    ],
)
def test_a_wrong_import_fails_by_name(module, line, says):
    complaints = [sentence for found in read(line, module) if (sentence := complaint(found))]
    assert len(complaints) == 1
    assert complaints[0].startswith(module)
    assert says in complaints[0]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("mobility.people.models", "from mobility.web.text import nfc"),
        ("partners.models", "from .querysets import InstitutionQuerySet"),
        ("partners.views", "from mobility.people.permissions import can_edit"),
        ("mobility.journal.tests.test_actions", "from mobility.people.tests.factories import UserFactory"),
        ("selection.engine.ranking", "from . import values"),
        ("mobility.students.models", "from selection.engine.values import Points"),
        ("mobility.urls", "from mobility import home"),
        ("mobility.sample.people", "from partners.models import Institution"),
    ],
)
def test_a_right_import_passes(module, line):
    assert [complaint(found) for found in read(line, module)] == [None]


def test_an_import_inside_a_function_is_seen():
    source = "def late():\n    import json\n    import csv  # noqa: PLC0415 -- slow\n"
    assert [(found.inside_function, found.gives_reason) for found in read(source, "partners.views")] == [
        (True, False),
        (True, True),
    ]


def test_the_house_is_read():
    assert ROOT.joinpath("manage.py").exists()
    assert {"mobility.urls", "mobility.people.models"} <= {found.by for found in of_the_house()}

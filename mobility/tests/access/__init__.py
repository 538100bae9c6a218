"""Who may open what: one row for every URL name, data only. test_access.py tries every row.

To add a page, add a line to the PAGES of its room's file:

    "partner-list": Page(get=everyone(200)),
    "person-detail": Page(at=lambda place: {"pk": StudentFactory(faculty=place.faculty).pk},
                          get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200}, others=404)),
    "invitation-send": Page(at=lambda place: {"pk": InvitationFactory(by=place.me).pk},
                            get=405, post=only({ADMINISTRATOR: 302}, others=404)),

* `at` makes the object that the URL speaks of and returns the URL's arguments. It is called afresh for each person,
  once with `place.faculty` that person's own and once another; `place.me` is who asks. Without arguments, leave it out.
* `get` and `post` say what happens: a status for everybody signed in, `everyone(…)` for anonymous too, or
  `only({who: …}, others=…)`. Anonymous is sent to the sign-in page, to come back afterwards, unless a row says
  otherwise. `OWN_FACULTY` is 200 at home and 404 elsewhere; any other pair is `(own, other)`. POST goes without data:
  200 is a form that comes back with its errors.
* A post is 405 unless the row says otherwise. What one may not see does not exist: 404, not 403.
* Pages of the admin have no rows: test_admin_access.py makes them from the registry.
"""

from importlib import import_module
from pkgutil import iter_modules

from .words import Page

ROOMS = [import_module(f"{__name__}.{room.name}") for room in iter_modules(__path__) if room.name != "words"]
TABLE: dict[str, Page] = {name: page for room in ROOMS for name, page in room.PAGES.items()}

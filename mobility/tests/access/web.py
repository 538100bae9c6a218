"""The frame of every page, and the history of an object."""

from .words import Page, everyone, only

PAGES = {
    # web: the frame
    "language": Page(get=everyone(405), post=everyone(400)),
    "appearance": Page(get=everyone(405), post=everyone(302)),
    "help": Page(get=everyone(200), post=everyone(405)),
    "accessibility": Page(get=everyone(200), post=everyone(405)),
    "personal-data": Page(get=everyone(200), post=everyone(405)),
    "gallery": Page(get=200),
    "healthz": Page(get=everyone(200), post=everyone(405), is_looked_at=False),
    "readyz": Page(get=everyone(200), post=everyone(405), is_looked_at=False),
    # journal: each model's own door decides; a faculty's history has none
    "history": Page(
        at=lambda place: {"app_label": "people", "model": "faculty", "pk": place.faculty.pk},
        get=only({}, others=404),
    ),
    "home": Page(get=everyone(200), post=everyone(405)),
}

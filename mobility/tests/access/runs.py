"""Runs of the selection: read by those who oversee it, made and published by International Relations."""

from typing import Any

from mobility.calls.tests.factories import CallFactory
from mobility.people.tests.factories import UserFactory
from selection.tests.factories import run_of

from .words import ADMINISTRATOR, IR_OFFICER, RECTOR, Page, Place, only

READ = only({IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}, others=404)


def a_call(_place: Place) -> dict[str, Any]:
    return {"call": CallFactory().code}


def a_run(**state: Any):
    def at(place: Place) -> dict[str, Any]:
        run = run_of(place.faculty, by=UserFactory(), **state)
        return {"call": run.call.code, "number": run.number}

    return at


PAGES = {
    "run-list": Page(at=a_call, get=READ),
    "run-make": Page(at=a_call, post=only({IR_OFFICER: 200}, others=404)),
    "place-list": Page(at=a_call, get=READ),
    "run-detail": Page(at=a_run(), get=READ),
    "run-market": Page(at=a_run(), get=READ, is_looked_at=False),
    "run-input": Page(at=a_run(is_published=True), get=READ, is_looked_at=False),
    "run-verify": Page(at=a_run(), post=only({IR_OFFICER: 302, RECTOR: 302, ADMINISTRATOR: 302}, others=404)),
    "publication-prepare": Page(
        at=a_run(), get=only({IR_OFFICER: 200}, others=404), post=only({IR_OFFICER: 302}, others=404)
    ),
    "publication-publish": Page(
        at=a_run(is_prepared=True), get=only({IR_OFFICER: 200}, others=404), post=only({IR_OFFICER: 302}, others=404)
    ),
    "publication-take-back": Page(at=a_run(is_prepared=True), post=only({IR_OFFICER: 302}, others=404)),
}

"""The words of the matrix: who asks, where, and what may happen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ANONYMOUS = "anonymous"
NOBODY = "signed in, without a role"
STUDENT = "student"
TEACHING_STAFF = "teaching-staff"
HEAD_OF_DEPARTMENT = "head-of-department"
DEANS_OFFICE = "deans-office"
IR_OFFICER = "ir-officer"
RECTOR = "rector"
ADMINISTRATOR = "administrator"
ROLES = (STUDENT, TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
WHO = (ANONYMOUS, NOBODY, *ROLES)

# Who enters the admin, and the apps they find there.
EVERYTHING = "every app"
IN_THE_ADMIN = {ADMINISTRATOR: EVERYTHING, IR_OFFICER: {"partners"}}

SIGN_IN = "to the sign-in page, and back"
OWN_FACULTY = (200, 404)

Outcome = int | str | tuple[int | str, int | str]


class Place:
    """Where a row is tried: by whom, on an object of which faculty. Remembers what it was asked about the person."""

    def __init__(self, asker: Any, faculty: Any) -> None:
        self.asker, self.faculty, self.answers = asker, faculty, {}

    @property
    def me(self) -> Any:
        """Whoever asks, or None."""
        self.answers["me"] = self.asker
        return self.asker

    @property
    def student(self) -> Any:
        """Whoever asks, where they are a student of the faculty, or None."""
        profile = getattr(self.asker, "student", None)
        self.answers["student"] = self.asker if profile and profile.faculty == self.faculty else None
        return self.answers["student"]

    def serves(self, other: "Place") -> bool:
        """What was made here would have been made for the other asker just so."""
        return all(getattr(other, name) == answer for name, answer in self.answers.items())


@dataclass(frozen=True)
class Page:
    at: Callable[[Place], dict[str, Any]] | None = None
    get: dict[str, Outcome] | int | str = 405
    post: dict[str, Outcome] | int | str = 405
    is_sent_as_it_stands: bool = True  # to be looked at as it comes back; False where the form is complete already
    is_looked_at: bool = True  # False for downloads, words for machines, a piece of a page

    def expected(self, method: str, who: str, *, own: bool) -> int | str:
        rule = getattr(self, method)
        if not isinstance(rule, dict):
            rule = only({}, others=rule)
        outcome = rule.get(who, rule["others"])
        return outcome[0 if own else 1] if isinstance(outcome, tuple) else outcome


def only(outcomes: dict[str, Outcome], *, others: int | str) -> dict[str, Outcome]:
    return {ANONYMOUS: SIGN_IN, "others": others, **outcomes}


def everyone(outcome: int | str) -> dict[str, Outcome]:
    return {ANONYMOUS: outcome, "others": outcome}


def visitors(outcome: int | str, *, signed_in: int | str = 302) -> dict[str, Outcome]:
    """For pages of the door itself: whoever is in already is sent on."""
    return {ANONYMOUS: outcome, "others": signed_in}


def editors(outcome: int | str) -> dict[str, Outcome]:
    """Those who keep the partners and the agreements."""
    return only({IR_OFFICER: outcome, ADMINISTRATOR: outcome}, others=404)

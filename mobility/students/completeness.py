"""What an application lacks before it can be submitted: each gap with the task where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mobility.students.consents import Need
from mobility.students.models import Application, Choice, Claim, Consent
from mobility.students.openings import Opening

DETAILS, MARKS, CHOICES, CLAIMS, CONSENTS = "details", "marks", "choices", "claims", "consents"
TASKS = (DETAILS, MARKS, CHOICES, CLAIMS, CONSENTS)
PROBLEMS = {"no-marks", "unmapped-marks", "no-evidence", "not-eligible"}


@dataclass(frozen=True)
class Gap:
    """`code` says what is missing; `what` is the thing it is missing of."""

    task: str
    code: str
    what: Any = ""

    @property
    def is_problem(self) -> bool:
        """Something that was done and cannot stand; else it is still to do."""
        return self.code in PROBLEMS


def gaps_in(
    application: Application,
    *,
    choices: Sequence[Choice],
    claims: Sequence[Claim],
    consents: Sequence[Consent],
    openings: Sequence[Opening],
    needs: Sequence[Need],
) -> list[Gap]:
    eligible = {opening.destination.pk for opening in openings if opening.is_eligible}
    given = {(consent.text_id, consent.country) for consent in consents}
    return [
        *([] if application.phone else [Gap(DETAILS, "no-phone")]),
        *_of_marks(application),
        *([] if choices else [Gap(CHOICES, "no-choices")]),
        *(
            Gap(CHOICES, "not-eligible", choice.destination)
            for choice in choices
            if choice.destination_id not in eligible
        ),
        *(Gap(CLAIMS, "no-evidence", claim) for claim in claims if not claim.evidence.all()),
        *(Gap(CONSENTS, "no-consent", need) for need in needs if (need.text.pk, need.country) not in given),
    ]


def _of_marks(application: Application) -> Iterator[Gap]:
    if application.marks_unmapped:
        yield Gap(MARKS, "unmapped-marks")
    elif application.mean_mark is None:
        yield Gap(MARKS, "no-marks")

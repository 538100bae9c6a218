"""Whether a stored run still follows from its frozen input."""

from selection.models import Run
from selection.running import Stored, faults


def faults_of(run: Run) -> list[str]:
    before = run.call.runs.filter(number__lt=run.number).order_by("-number").first()
    cards = run.cards.order_by("applicant").values_list("applicant", "content")
    stored = Stored(*(getattr(run, name) for name in Stored._fields))
    return list(faults(stored, before.chain_sha256 if before else "", cards.iterator()))

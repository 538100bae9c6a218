"""Files of a claim: at most ten, each once."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.people.models import User
from mobility.students.models import Claim, Evidence

MAX_FILES = 10


def keep(claim: Claim, uploads: Sequence[Inspected], *, by: User, at: datetime) -> list[Evidence]:
    """In the caller's transaction, which has locked the application. What hangs there already is not kept twice."""
    if not uploads:
        return []
    known = list(claim.evidence.values_list("file__sha256", flat=True))
    refuse_too_many(claim, len(known) + len(uploads))
    attached = []
    for upload in uploads:
        file = store(upload=upload, by=by, at=at)
        if file.sha256 in known:
            file.delete()
            continue
        known.append(file.sha256)
        attached.append(claim.evidence.create(file=file, added_at=at))
    return attached


def refuse_too_many(claim: Claim, count: int) -> None:
    if count > MAX_FILES:
        raise ValidationError(
            _("“%(claim)s” would have %(count)s files. At most 10 can be attached: join pages into one PDF."),
            code="too-many",
            params={"claim": claim, "count": count},
        )

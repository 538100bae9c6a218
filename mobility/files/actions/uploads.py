import hashlib
import logging
from datetime import datetime
from functools import partial

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction

from mobility.files.inspection import Inspected
from mobility.files.models import StoredFile
from mobility.files.querysets import GRACE
from mobility.files.storage import STORAGE

logger = logging.getLogger(__name__)


@transaction.atomic
def store(*, upload: Inspected, by: AbstractBaseUser, at: datetime) -> StoredFile:
    """Keep an inspected upload. A full disk refuses with the code `disk-full`, and nothing is kept."""
    upload.file.seek(0)
    stored = StoredFile(
        name=upload.name,
        content_type=upload.content_type,
        pages=upload.pages,
        size=upload.file.size,
        sha256=hashlib.file_digest(upload.file, "sha256").hexdigest(),
        uploaded_by_id=by.pk,
        uploaded_at=at,
    )
    upload.file.seek(0)
    stored.content.save(upload.name, File(upload.file), save=False)
    stored.save()
    return stored


def remove_orphans(*, at: datetime) -> None:
    """Forget rows that nothing points at, and files that no row knows: those of transactions that were rolled back."""
    with transaction.atomic():
        for stored in StoredFile.objects.orphaned(at).select_for_update(skip_locked=True):
            stored.delete()
            transaction.on_commit(partial(STORAGE.delete, stored.content.name))
    known = set(StoredFile.objects.values_list("content", flat=True))
    for name in STORAGE.names_older_than(at - GRACE):
        if name not in known:
            logger.info("removing orphan file %s", name)
            STORAGE.delete(name)

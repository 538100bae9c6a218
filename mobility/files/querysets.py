from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef

# Until then an upload may still be on its way into a draft.
GRACE = timedelta(days=1)


class StoredFileQuerySet(models.QuerySet):
    def orphaned(self, at: datetime):
        """Old enough, and pointed at by no row of any app."""
        found = self.filter(uploaded_at__lt=at - GRACE)
        for pointer in self.model._meta.related_objects:
            pointing = pointer.related_model._base_manager.filter(**{pointer.field.name: OuterRef("pk")})
            found = found.exclude(Exists(pointing))
        return found

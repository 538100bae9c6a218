from django.db import models
from django.db.models import Q

from mobility.journal.triggers import label_of


class EventQuerySet(models.QuerySet):
    def of(self, instance: models.Model):
        """What happened to this object and to its parts."""
        label, key = label_of(instance), str(instance.pk)
        return self.filter(Q(model=label, object=key) | Q(within=label, within_object=key))

    def of_parts_of(self, acts):
        """What these named acts did to parts of the objects that they are about."""
        return self.filter(
            transaction__in={act.transaction for act in acts},
            within__in={act.model for act in acts},
            within_object__in={act.object for act in acts},
        )

    def named(self, event: str):
        return self.filter(event=event)

    def before(self, key: int | None):
        return self if key is None else self.filter(id__lt=key)

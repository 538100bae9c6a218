from django.db import models


class EventQuerySet(models.QuerySet):
    def of(self, instance: models.Model):
        return self.filter(model=instance._meta.concrete_model._meta.label_lower, object=str(instance.pk))

    def with_event(self, event: str):
        return self.filter(event=event)

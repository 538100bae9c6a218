from django.db import models
from django.db.models import Func, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from mobility.journal.querysets import EventQuerySet


class Operation(models.TextChoices):
    INSERT = "insert", _("added")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")
    EVENT = "event", _("event")


class Event(models.Model):
    """One row written, or one named act. Only ever appended; knows objects and people by their keys alone.

    `changes` maps a column to `[before, after]`, or to null where the values are secret.
    """

    transaction = models.BigIntegerField(_("transaction"), db_default=RawSQL("pg_current_xact_id()::text::bigint", ()))
    at = models.DateTimeField(_("when"), db_default=Func(function="clock_timestamp"))
    model = models.TextField(_("kind of object"))
    object = models.TextField(_("object's key"))
    within = models.TextField(_("part of what kind of object"), null=True)
    within_object = models.TextField(_("key of the object it is part of"), null=True)
    operation = models.TextField(_("what was done"), choices=Operation)
    event = models.TextField(_("event"), null=True)
    changes = models.JSONField(_("changes"), db_default=Value({}, models.JSONField()))
    actor = models.BigIntegerField(
        _("who"), null=True, db_default=RawSQL("nullif(current_setting('mobility.actor', true), '')::bigint", ())
    )
    reason = models.TextField(
        _("reason"), db_default=RawSQL("coalesce(current_setting('mobility.reason', true), '')", ())
    )
    request = models.TextField(
        _("request"), db_default=RawSQL("coalesce(current_setting('mobility.request', true), '')", ())
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["model", "object", "-id"], name="journal_of_object"),
            models.Index(
                fields=["within", "within_object", "-id"],
                name="journal_of_whole",
                condition=models.Q(within__isnull=False),
            ),
            models.Index(fields=["actor", "-id"], name="journal_by_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(within=None, within_object=None)
                | models.Q(within__isnull=False, within_object__isnull=False),
                name="journal_whole_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(operation=Operation.EVENT, event__isnull=False)
                | models.Q(operation__in=[Operation.INSERT, Operation.UPDATE, Operation.DELETE], event=None),
                name="journal_event_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event or self.operation} {self.model} {self.object}"

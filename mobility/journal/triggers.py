"""The trigger that every model of ours carries: `class Meta: triggers = [Journaled()]`."""

import hashlib
from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models
from pgtrigger import compiler


class JournalSql(compiler.UpsertTriggerSql):
    """One shared function for all tables, called once a statement with the rows it touched.

    Those rows are handed over to a trigger of one operation only: there are three. Migrations name this class; it is
    equal to another where table and arguments are, whatever the migration's own words say of the rest.
    """

    def __init__(self, *, pgid: str, table: str, execute: str, **_others: Any) -> None:
        said = hashlib.sha1(f"{pgid} {table} {execute}".encode(), usedforsecurity=False).hexdigest()
        super().__init__(
            pgid=pgid,
            table=table,
            execute=execute,
            func="",
            when=Journaled.when,
            operation=Journaled.operation,
            hash=said,
        )

    def get_template(self) -> str:
        return "".join(
            f"""
            DROP TRIGGER IF EXISTS {{pgid}}{ending} ON {{table}};
            CREATE TRIGGER {{pgid}}{ending}
                {{when}} {operation} ON {{table}} REFERENCING {rows}
                FOR EACH STATEMENT EXECUTE FUNCTION {{execute}};
            COMMENT ON TRIGGER {{pgid}}{ending} ON {{table}} IS '{{hash}}';
            """
            for ending, operation, rows in (
                ("", "INSERT", "NEW TABLE AS new_rows"),
                ("_update", "UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
                ("_delete", "DELETE", "OLD TABLE AS old_rows"),
            )
        )


class Journaled(pgtrigger.Trigger):
    """Writes each inserted, changed or deleted row into the journal.

    Of the fields `without` (passwords, keys, tokens) the journal says that they changed, never their values. A row that
    is `part_of` another, named by its foreign key, appears in that one's history too. What is `derived` by another
    trigger, or computed by the database, is left out. The package's own way to skip a trigger (`pgtrigger.ignore`) does
    not work on this one. The rows of one statement are written at its end, in the order in which it touched them.
    """

    name = "journal"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    level = pgtrigger.Statement

    def __init__(self, *, without: Iterable[str] = (), part_of: str | None = None, derived: Iterable[str] = ()) -> None:
        self.without = tuple(without)
        self.derived = tuple(derived)
        self.part_of = part_of
        super().__init__()

    def compile(self, model: type[models.Model]) -> compiler.Trigger:
        sql = JournalSql(pgid=self.get_pgid(model), table=model._meta.db_table, execute=self.render_execute(model))
        return compiler.Trigger(name=self.name, sql=sql)

    def render_execute(self, model: type[models.Model]) -> str:
        concrete = model._meta.concrete_model
        secret = [concrete._meta.get_field(name).column for name in self.without]
        computed = [
            field.column for field in concrete._meta.concrete_fields if field.generated or field.name in self.derived
        ]
        arguments = [concrete._meta.label_lower, concrete._meta.pk.column, ",".join(secret), ",".join(computed)]
        if self.part_of:
            key = concrete._meta.get_field(self.part_of)
            arguments += [key.related_model._meta.label_lower, key.column]
        return "journal_write({})".format(", ".join(f"'{argument}'" for argument in arguments))


def label_of(instance: models.Model) -> str:
    """As the journal names its model: people.user, for a proxy too."""
    return str((instance._meta.concrete_model or type(instance))._meta.label_lower)


def whole_of(instance: models.Model) -> tuple[str | None, str | None]:
    """Label and key of the object that this one is part of."""
    for trigger in getattr(instance._meta, "triggers", []):
        if isinstance(trigger, Journaled) and trigger.part_of:
            pointer = instance._meta.get_field(trigger.part_of)
            key = getattr(instance, pointer.attname)
            return (None, None) if key is None else (pointer.related_model._meta.label_lower, str(key))
    return None, None


def journaled_models() -> list[type[models.Model]]:
    """Sorted by label. A proxy that carries the trigger for another's table counts as that table's model."""
    found = {
        model._meta.concrete_model
        for model in apps.get_models(include_auto_created=True)
        if any(isinstance(trigger, Journaled) for trigger in getattr(model._meta, "triggers", []))
    }
    return sorted(found, key=lambda model: model._meta.label_lower)

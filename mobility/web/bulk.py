"""Thousands of rows written at once, by what PostgreSQL has for it. The triggers of a table see each row as ever.

    pour(marks)                                     as `bulk_create`, by one COPY
    rewrite(applications, ["points", "parts"])      as `bulk_update`, by one UPDATE

Django's `bulk_update` writes a CASE of all rows for each field, so that twice the rows cost four times as much; and its
`bulk_create` spends longer on preparing values than the database on storing them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Field, ForeignKey, JSONField, Model

PLAIN = {
    *(models.CharField, models.TextField, models.SlugField, models.EmailField, models.BooleanField, models.DateField),
    *(models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BigAutoField),
}
"""Kinds of field whose values are stored as they stand."""
ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
CHUNK = 500


def pour(rows: Iterable[Model]) -> list[Any]:
    """The rows, with keys. Rows of one model without parents, and no defaults that only the database knows."""
    rows = list(rows)
    if not rows:
        return rows
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [field for field in meta.local_concrete_fields if not field.generated]
    readers = [_reader(field) for field in fields]
    columns = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        if any(row.pk is None for row in rows):
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [meta.db_table, meta.pk.column, len(rows)],
            )
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = key
        lines = ("\t".join([read(row) for read in readers]) + "\n" for row in rows)
        with connection.wrap_database_errors:
            cursor.copy_expert(f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN", _Stream(lines))
    for row in rows:
        row._state.adding = False  # noqa: SLF001 -- as bulk_create leaves it
        row._state.db = connection.alias  # noqa: SLF001 -- likewise
    return rows


class _Stream:
    """Lines as the file that COPY reads: what is being stored and what is being prepared overlap."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines

    def read(self, _size: int = 0) -> bytes:
        return "".join(islice(self.lines, CHUNK)).encode()


def _reader(field: Field) -> Callable[[Model], str]:
    name = field.attname
    if isinstance(field, ForeignKey):
        return lambda row: _text(getattr(row, name) or _key_by_now(row, field))
    if isinstance(field, JSONField):
        return lambda row: json.dumps(getattr(row, name), cls=field.encoder, ensure_ascii=False).translate(ESCAPED)
    if isinstance(field, ArrayField):
        return lambda row: "{" + ",".join(map(str, getattr(row, name))) + "}"
    if type(field) in PLAIN or (type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add)):
        return lambda row: _text(getattr(row, name))
    return lambda row: _text(field.get_prep_value(field.pre_save(row, add=True)))


def _key_by_now(row: Model, field: ForeignKey) -> Any:
    """Of a row that had no key yet when it was named."""
    if field.is_cached(row) and (other := field.get_cached_value(row)) is not None:
        setattr(row, field.attname, other.pk)
        field.set_cached_value(row, other)  # which Django forgets when a key changes
        return other.pk
    return None


def _text(value: Any) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    return str(value).translate(ESCAPED) if isinstance(value, str) else str(value)


def rewrite(rows: Iterable[Model], fields: Sequence[str]) -> None:
    """The rows have keys, and nothing but these fields is stored."""
    rows = list(rows)
    if not rows:
        return
    model = rows[0]._meta
    named = [model.get_field(name) for name in fields]
    values = [[row.pk, *(_plain(field, getattr(row, field.attname)) for field in named)] for row in rows]
    columns = [(f"v{number}", field.column, field.db_type(connection)) for number, field in enumerate(named)]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(column)} = new.{alias}" for alias, column, _kind in columns)
    shape = ", ".join([f"key {model.pk.rel_db_type(connection)}", *(f"{alias} {kind}" for alias, _c, kind in columns)])
    names = ["key", *(alias for alias, _column, _kind in columns)]
    table = quote(model.db_table)
    given = json.dumps([dict(zip(names, row, strict=True)) for row in values], ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {changes} FROM jsonb_to_recordset(%s::jsonb) AS new({shape})"  # noqa: S608 -- names of the model
            f" WHERE {table}.{quote(model.pk.column)} = new.key",
            [given],
        )


def _plain(field: Field, value: Any) -> Any:
    """JSON's own kinds as they are; days and moments as text that PostgreSQL reads."""
    if value is None or isinstance(field, JSONField):
        return value
    prepared = field.get_prep_value(value)
    return prepared if isinstance(prepared, (bool, int, list)) else str(prepared)

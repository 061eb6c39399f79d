"""Editions out of the database and into it. The content of a long page is a long text: it is read and written once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Field
from orjson import loads
from psycopg import Cursor, sql

from editorial.drafting import Draft
from editorial.models import Edition

_READ = tuple(field.attname for field in Edition._meta.local_concrete_fields if not field.generated)
_JSON = ("content", "manifest")
_CURRENT = f"""
    SELECT {", ".join(f"{name}::text" if name in _JSON else name for name in _READ)}
    FROM editorial_edition WHERE is_current AND kind = %(kind)s AND subject_id = ANY(%(ids)s)
"""


@contextmanager
def asking_ahead() -> Iterator[None]:
    """Within it PostgreSQL works on what it was asked until the answer is read."""
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def fetch_current(kind: str, subject_ids: Iterable[int | None]) -> Callable[[], list[Edition]]:
    """Fetches the current editions of these subjects; returns what reads them, which takes as long as to fetch them."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, {"kind": kind, "ids": [pk or 0 for pk in subject_ids]})
        rows = cursor.fetchall()
    return lambda: [_read_row(row) for row in rows]


def _read_row(row: Sequence[Any]) -> Edition:
    """JSON is read here, quicker than Django reads it."""
    values = [loads(value) if name in _JSON else value for name, value in zip(_READ, row, strict=True)]
    return Edition.from_db(connection.alias, _READ, values)


def insert(drafts: Sequence[Draft]) -> None:
    """Stores their editions and gives them their ids.

    As `bulk_create` would, but that writes each content out once more, and again within the text of a statement that
    PostgreSQL has to read as a whole. Here PostgreSQL stores one edition while the next is written out, and what the
    search wants of it is listed.
    """
    if not drafts:
        return
    fields = [field for field in Edition._meta.local_concrete_fields if not (field.primary_key or field.generated)]
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.executemany(_write_statement(fields), (_write_row(draft, fields) for draft in drafts), returning=True)
        for draft in drafts:
            (draft.edition.pk,) = cursor.fetchone() or ()
            draft.edition._state.adding, draft.edition._state.db = False, connection.alias
            cursor.nextset()


def _write_row(draft: Draft, fields: "Sequence[Field[Any, Any]]") -> list[Any]:
    edition, _ = draft.edition, draft.findables  # The draft keeps what is listed here.
    return [
        draft.json
        if field.attname == "content"
        else field.get_db_prep_save(getattr(edition, field.attname), connection)
        for field in fields
    ]


def _write_statement(fields: "Sequence[Field[Any, Any]]") -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.Identifier(Edition._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
        sql.SQL(", ").join(sql.Placeholder() for _ in fields),
    )

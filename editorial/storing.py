"""Editions out of the database and into it. The content of a long page is a long text: it is read and written once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, TextField
from django.db.models.functions import Cast
from psycopg import Cursor, sql
from pydantic_core import from_json

from editorial.drafting import Draft
from editorial.models import Edition


def list_current(kind: str, subject_ids: Iterable[int | None]) -> list[Edition]:
    """The current editions of these subjects."""
    rows = Edition.objects.current().filter(kind=kind, subject_id__in=[pk or 0 for pk in subject_ids])
    editions = list(rows.defer("content", "summary").annotate(json=Cast("content", TextField())))
    for edition in editions:
        edition.content = from_json(edition.json)  # Quicker than what Django reads JSON with.
    return editions


def insert(drafts: Sequence[Draft]) -> None:
    """Stores their editions and gives them their ids.

    As `bulk_create` would, but that writes each content out once more, and again within the text of a statement that
    PostgreSQL has to read as a whole. Here PostgreSQL stores one edition while the next is written out.
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
    edition = draft.edition
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

"""Reading the entries of what has a name.

In SQL: each search begins so, and to put such a statement together from Django's parts takes longer than to run it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection

from editorial.registry import list_subjects
from editorial.searching.finding import Found, Named

_NAMED = "id, kind, address, title, text, abbreviation, position, names, about"
_LISTED = f"""
    SELECT {_NAMED}, TRUE FROM editorial_searchentry WHERE kind = %(kind)s ORDER BY position, title, id LIMIT %(limit)s
"""
_WITH_NAMES = f"""
    SELECT {_NAMED}, TRUE FROM editorial_searchentry
    WHERE names <> '{{}}' AND kind = ANY(%(kinds)s) AND names && %(names)s::text[]
"""
_OF_PAGE = f"""
    SELECT {_NAMED}, TRUE FROM editorial_searchentry WHERE kind = %(kind)s AND subject_id IN (
        SELECT subject_id FROM editorial_edition
        WHERE is_current AND NOT is_withdrawn AND kind = %(kind)s AND slug = %(slug)s)
"""
_ABOUT = """
    SELECT id, kind, address, title, text, context FROM editorial_searchentry
    WHERE kind = %(kind)s AND about @> %(ids)s::bigint[] AND id <> ALL(%(hidden)s::bigint[])
        AND (NOT %(is_only)s OR cardinality(about) = cardinality(%(ids)s::bigint[]))
    ORDER BY cardinality(about), position, title, id LIMIT %(limit)s
"""


def list_named(
    kind: str, *, limit: int = 0, slug: str = "", names: Sequence[str] = (), kinds: Sequence[str] = ()
) -> list[Named]:
    """The first entries of the kind, that of its page at the slug, and those of `kinds` with one of the folded names.

    And all of pages that do not stand. In the site's order. One query.
    """
    parts = [f"SELECT {_NAMED}, FALSE FROM editorial_searchentry WHERE {_write_fallen()}"]
    parts += [_LISTED] if limit else []
    parts += [_OF_PAGE] if slug and "\x00" not in slug else []
    parts += [_WITH_NAMES] if names else []
    values = {"kind": kind, "limit": limit, "slug": slug, "names": list(names), "kinds": list(kinds)}
    rows = _fetch(" UNION ALL ".join(f"({part})" for part in parts), values)
    hidden = {row[0] for row in rows if not row[-1]}
    listed = {row[0]: row[:-1] for row in rows}.values()
    named = [Named(*row, tuple(names), tuple(about), row[0] not in hidden) for *row, names, about in listed]
    return sorted(named, key=lambda one: (one.position, one.title, one.id))


def list_fallen() -> list[int]:
    """The ids of the entries of pages that do not stand. One query."""
    return [pk for (pk,) in _fetch(f"SELECT id FROM editorial_searchentry WHERE {_write_fallen()}", {})]


def list_about(
    kind: str, subject_ids: Sequence[int], *, hidden: Sequence[int], limit: int, is_only: bool = False
) -> list[Found]:
    """The entries of this kind that are about all of these subjects; `is_only` about no other. One query.

    Those about the fewest come first.
    """
    values = {"kind": kind, "ids": list(subject_ids), "hidden": list(hidden), "limit": limit, "is_only": is_only}
    return [Found(*row) for row in _fetch(_ABOUT, values)]


@cache
def _write_fallen() -> str:
    """Finds the entries of pages that are withdrawn with what they stand on, which is what they are about.

    The same rule as `standing.stands`, from its other end, where there are few: what is withdrawn.
    """
    grounds = [(subject.name, subject.ground.kind) for subject in list_subjects() if subject.ground]
    where = (
        f"subject_kind = '{name}' AND about && ARRAY(SELECT subject_id FROM editorial_edition"
        f" WHERE is_current AND is_withdrawn AND kind = '{ground}')"
        for name, ground in grounds
    )
    return " OR ".join(where) or "FALSE"


def _fetch(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()

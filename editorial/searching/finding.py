"""Reading the rows of the search: all that the public side asks of them."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Length

from editorial.models import SearchEntry, SearchStart, SearchWord
from editorial.searching.marks import FIRST, LAST_OF_FIRST, about_mark, kind_mark
from editorial.searching.words import list_vocabulary
from editorial.standing import does_stand

MOST = 500
"""So many entries are counted of what stands first, and as many of the rest: who finds more needs one more word."""
_MOST_WORDS = 5000
_TIERS = 5
_STEM = re.compile(r"'([^']+)'")
_MARK = re.compile(r"zz(first|kind|about)")


@dataclass(frozen=True)
class Named:
    """Something that may be asked for by name."""

    id: int
    kind: str
    address: str
    title: str
    text: str
    abbreviation: str
    position: int
    names: tuple[str, ...]
    about: tuple[int, ...]
    stands: bool = True
    """Whether its page is there: not when it is withdrawn with another."""


@dataclass(frozen=True)
class Found:
    """An entry as lists show it."""

    id: int
    kind: str
    address: str
    title: str
    text: str
    context: str


@dataclass(frozen=True)
class Question:
    """What to look for, in the notation of `to_tsquery`, and where."""

    all: str
    """All that was asked."""
    some: str
    """A part of it, for when nothing fits all."""
    kind: str = ""
    about: int | None = None
    first: int | None = None
    """The entry that comes before all others."""
    hidden: Sequence[int] = ()
    """Entries that are left out."""


@dataclass(frozen=True)
class Results:
    entries: tuple[Found, ...]
    """Those of one page."""
    count: int
    """Of all pages."""
    is_capped: bool
    """There are more than were counted without the filters, so no count is the whole truth."""
    by_kind: dict[str, int]
    """How many there are of each kind, under the filter by subject."""
    by_subject: dict[int, int]
    """How many are about each subject, under the filter by kind."""
    has_all: bool
    """Whether what was found fits all that was asked; else a part of it."""
    stems: tuple[str, ...]
    """What was looked for, as the index has it; empty when only words that are everywhere were asked."""


def list_named(kinds: Sequence[str], more_kinds: Sequence[str], names: Sequence[str]) -> list[Named]:
    """All entries of `kinds`, and those of `more_kinds` that have one of the folded names. One query."""
    fields = ("id", "kind", "address", "title", "text", "abbreviation", "position", "names", "about")
    wanted = Q(kind__in=kinds) | Q(kind__in=more_kinds, names__overlap=list(names))
    rows = SearchEntry.objects.filter(wanted).annotate(stands=does_stand("edition__"))
    listed = rows.order_by("position", "title", "pk").values_list(*fields, "stands")
    return [Named(*row, tuple(names), tuple(about), bool(stands)) for *row, names, about, stands in listed]


def find(question: Question, *, start: int, length: int) -> Results:
    """The entries that fit, best first, `length` of them from `start` on. One query."""
    filters = [kind_mark(question.kind)] if question.kind else []
    filters += [about_mark(question.about)] if question.about is not None else []
    values = {
        "all": question.all,
        "some": question.some,
        "filter": " & ".join(filters),
        "kind": question.kind,
        "about": question.about,
        "first": question.first or 0,
        "hidden": list(question.hidden),
        "most": MOST,
        "start": start,
        "length": length,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL_FILTERED if filters else _SQL, values)
        row = json.loads(cursor.fetchone()[0])
    stems = dict.fromkeys(stem for stem in _STEM.findall(row["stems"]) if not _MARK.match(stem))
    return Results(
        entries=tuple(Found(**entry) for entry in row["entries"] or ()),
        count=row["count"],
        is_capped=row["is_capped"],
        by_kind=row["by_kind"] or {},
        by_subject={int(subject): count for subject, count in (row["by_subject"] or {}).items()},
        has_all=row["has_all"],
        stems=tuple(stems),
    )


def suggest(start: str, *, hidden: Sequence[int], limit: int) -> list[Found]:
    """Entries with a title or name of which some word begins with the folded text, the weightiest first. One query."""
    shown = ("kind", "address", "title", "text", "context")
    fields = ("tier", "key", "entry", *(f"entry__{name}" for name in shown))
    parts = [
        SearchStart.objects.filter(tier=tier, key__startswith=start)
        .exclude(entry__in=hidden)
        .order_by("key")
        .values_list(*fields)[: limit * 2]
        for tier in range(_TIERS)
    ]
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[0], row[1], row[2]))
    entries = {row[2]: Found(*row[2:]) for row in rows}
    return list(islice(entries.values(), limit))


def list_like(words: Sequence[str], *, reach: int, hidden: Sequence[Named] = ()) -> dict[str, int]:
    """{word: in how many editions} of public words about as long as these, and of these themselves. One query.

    The most used ones, when there are very many. `hidden` are entries, each all of an edition, that do not count.
    """
    lengths = {size for word in words for size in range(len(word) - reach, len(word) + reach + 1)}
    rows = SearchWord.objects.annotate(size=Length("word")).filter(Q(size__in=lengths) | Q(word__in=list(words)))
    uses = Counter(dict(rows.order_by("-uses", "word").values_list("word", "uses")[:_MOST_WORDS]))
    for entry in hidden:
        uses -= Counter(list_vocabulary([entry.title, entry.text, *entry.names]))
    return uses


def _scan(query: str, *, filter: str = "", condition: str = "TRUE") -> str:
    """What fits, with its rank. What stands first is looked for by itself: of the rest there may be too much.

    Marks are asked for in 'simple', as they stand in the index: 'english' would cut off their endings.
    """
    narrow = f"{query} && {filter}" if filter else query
    rank = f"ts_rank(vector, {query}, 1) / (1 + tier * 0.5) AS rank"
    is_asked = f"numnode({query}) > 0 AND id <> ALL(%(hidden)s::bigint[]) AND {condition}"
    first = f"to_tsquery('simple', '{FIRST}')"
    scans = [
        f"(SELECT id, kind, about, tier, {rank} FROM editorial_searchentry"
        f" WHERE vector @@ ({narrow} && {which}) AND {is_asked} LIMIT %(most)s)"
        for which in (first, f"!!{first}")
    ]
    return " UNION ALL ".join(scans)


def _write_sql(*, is_filtered: bool) -> str:
    every, some = "to_tsquery('english', %(all)s)", "to_tsquery('english', %(some)s)"
    none_fits = "NOT EXISTS (SELECT FROM fits_all)"
    narrowed = "SELECT * FROM found"
    if is_filtered:
        by = "to_tsquery('simple', %(filter)s)"
        narrowed = f"{_scan(every, filter=by)} UNION ALL {_scan(some, filter=by, condition=none_fits)}"
    return f"""
    WITH fits_all AS MATERIALIZED ({_scan(every)}),
    fits_some AS MATERIALIZED ({_scan(some, condition=none_fits)}),
    found AS (SELECT * FROM fits_all UNION ALL SELECT * FROM fits_some),
    narrowed AS MATERIALIZED ({narrowed}),
    page AS (
        SELECT id, row_number() OVER (ORDER BY (id = %(first)s) DESC, rank DESC, tier, id) AS place
        FROM narrowed ORDER BY place LIMIT %(length)s OFFSET %(start)s
    )
    SELECT json_build_object(
        'count', (SELECT count(*) FROM narrowed),
        'is_capped', (SELECT greatest(count(*) FILTER (WHERE tier <= {LAST_OF_FIRST}),
                                      count(*) FILTER (WHERE tier > {LAST_OF_FIRST})) >= %(most)s FROM found),
        'has_all', NOT {none_fits},
        'stems', {every}::text,
        'by_kind', (SELECT json_object_agg(kind, n) FROM (
            SELECT kind, count(*) AS n FROM found
            WHERE %(about)s::bigint IS NULL OR %(about)s = ANY(about) GROUP BY kind) AS kinds),
        'by_subject', (SELECT json_object_agg(subject, n) FROM (
            SELECT subject, count(*) AS n FROM found, unnest(about) AS subject
            WHERE %(kind)s = '' OR kind = %(kind)s GROUP BY subject) AS subjects),
        'entries', (SELECT json_agg(json_build_object(
                'id', entry.id, 'kind', kind, 'address', address, 'title', title, 'text', text, 'context', context
            ) ORDER BY place) FROM page JOIN editorial_searchentry AS entry USING (id))
    )::text
    """


_SQL = _write_sql(is_filtered=False)
_SQL_FILTERED = _write_sql(is_filtered=True)

"""Reading the rows of the search: all that the public side asks of them."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Left, Length, Right

from editorial.models import SearchWord
from editorial.models.search import BEGINNING, END
from editorial.searching import ranking
from editorial.searching.marks import about_mark, kind_mark
from editorial.searching.words import list_vocabulary

_MOST_WORDS = 3000
_TIERS = 5
_SUGGEST = f"""
    SELECT entry.id, kind, address, title, text, context
    FROM generate_series(0, {_TIERS - 1}) AS wanted, LATERAL (
        SELECT tier, key, entry_id FROM editorial_searchstart
        WHERE tier = wanted AND key LIKE %(pattern)s AND entry_id <> ALL(%(hidden)s::bigint[])
        ORDER BY key LIMIT %(limit)s
    ) AS start JOIN editorial_searchentry AS entry ON entry.id = entry_id
    ORDER BY start.tier, key, entry.id
"""
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
    begun: str = ""
    """All that was asked, where the last word may only have been begun."""
    last: str = ""
    """That last word."""
    plain: str = ""
    """The words of it that name nothing."""
    plain_begun: str = ""
    """These, where the last one may only have been begun."""
    words: Sequence[str] = ()
    """Each word of these, and each that alone is a name of what is named first."""
    named: str = ""
    """The first thing that it names."""
    ways: Sequence[str] = ()
    """The ways to say that, one by one."""
    others: str = ""
    """All other things that it names."""
    some_ways: Sequence[str] = ()
    """Each word, and each way to say each thing that it names."""
    long: str = ""
    """The kind of which each entry holds the words of a whole page."""
    kind: str = ""
    about: int | None = None
    first: int | None = None
    """The entry that comes before all others."""
    hidden: Sequence[int] = ()
    """Entries that are left out."""


@dataclass(frozen=True)
class Counted:
    """A subject that results are about."""

    id: int
    title: str
    address: str
    count: int


@dataclass(frozen=True)
class Results:
    entries: tuple[Found, ...]
    """Those of one page."""
    count: int
    """Of all pages."""
    has_more: bool
    """There are more than were counted: not all are ranked."""
    is_capped: bool
    """There are more than were counted without the filters, so no count by kind or subject is the whole truth."""
    by_kind: dict[str, int]
    """How many there are of each kind, under the filter by subject."""
    subjects: tuple[Counted, ...]
    """What most are about, in the site's order, and how many are, under the filter by kind."""
    has_all: bool
    """Whether what was found fits all that was asked; else a part of it."""
    stems: tuple[str, ...]
    """What was looked for, as the index has it; empty when only words that are everywhere were asked."""


def find(question: Question, *, start: int, length: int) -> Results:
    """The entries that fit, best first, `length` of them from `start` on. One query."""
    filters = [kind_mark(question.kind)] if question.kind else []
    filters += [about_mark(question.about)] if question.about is not None else []
    values = {
        "all": question.all,
        "begun": question.begun or question.all,
        "some": question.some,
        "last": question.last,
        "plain": question.plain,
        "plain_begun": question.plain_begun or question.plain,
        "words": list(question.words),
        "named": question.named,
        "ways": list(question.ways),
        "others": question.others,
        "some_ways": list(question.some_ways),
        "long": kind_mark(question.long),
        "long_kind": question.long,
        "filter": " & ".join(filters),
        "kind": question.kind,
        "about": question.about,
        "first": question.first or 0,
        "hidden": list(question.hidden),
        "start": start,
        "length": length,
    }
    statement = ranking.write(is_filtered=bool(filters), has_others=bool(question.others))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = json.loads(cursor.fetchone()[0])
    stems = dict.fromkeys(stem for stem in _STEM.findall(row["stems"]) if not _MARK.match(stem))
    return Results(
        entries=tuple(Found(**entry) for entry in row["entries"] or ()),
        count=row["count"],
        has_more=row["has_more"],
        is_capped=row["is_capped"],
        by_kind=row["by_kind"] or {},
        subjects=tuple(Counted(**subject) for subject in row["subjects"] or ()),
        has_all=row["has_all"],
        stems=tuple(stems),
    )


def suggest(start: str, *, hidden: Sequence[int], limit: int) -> list[Found]:
    """Entries with a title or name of which some word begins with the folded text, the weightiest first. One query."""
    with connection.cursor() as cursor:
        # A folded text holds no sign that LIKE would read.
        cursor.execute(_SUGGEST, {"pattern": f"{start}%", "hidden": list(hidden), "limit": limit * 2})
        found = {row[0]: Found(*row) for row in cursor.fetchall()}
    return list(islice(found.values(), limit))


def list_like(words: Sequence[str], *, reach: int, hidden: Sequence[Named] = ()) -> dict[str, int]:
    """{word: in how many editions} of public words that begin or end as these do and are about as long. One query.

    The most used ones, when there are very many. `hidden` are entries, each all of an edition, that do not count.
    """
    lengths = {size for word in words for size in range(len(word) - reach, len(word) + reach + 1)}
    rows = SearchWord.objects.annotate(beginning=Left("word", BEGINNING), end=Right("word", END), size=Length("word"))
    alike = Q(beginning__in={word[:BEGINNING] for word in words}) | Q(end__in={word[-END:] for word in words})
    listed = rows.filter(alike, size__in=lengths).order_by("-uses", "word").values_list("word", "uses")
    uses = Counter(dict(listed[:_MOST_WORDS]))
    for entry in hidden:
        uses -= Counter(list_vocabulary([entry.title, entry.text, *entry.names]))
    return uses

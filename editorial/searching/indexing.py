"""From editions to the rows of the search. Called by publishing in its transaction, and to build all rows again."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Func, Value

from editorial.chain import lock_chain
from editorial.extracts import Findable
from editorial.models import Edition, SearchEntry, SearchStart, SearchWord
from editorial.progress import Progress, no_progress, show_progress
from editorial.registry import get_subject
from editorial.searching import marks
from editorial.searching.words import fold, list_starts, list_vocabulary

CONFIG = "english"
_COPIED = ("kind", "address", "title", "text", "context", "abbreviation", "position", "tier")
_BATCH = 500


def replace(old: Edition | None, new: Edition) -> None:
    """What can be found of the subject is what the new edition says: nothing when it is withdrawn."""
    gone = list_vocabulary(_remove(old)) if old is not None else set()
    come = list_vocabulary(_add(new))
    _count_words(come - gone, gone - come)


def rebuild(*, progress: Progress = no_progress) -> int:
    """Builds everything again from the current editions, while nobody decides; how many entries that is."""
    with transaction.atomic():
        lock_chain()
        for model in (SearchStart, SearchEntry, SearchWord):
            model.objects.all().delete()
        public = Edition.objects.public().order_by("pk")
        step = progress("Search", public.count())
        for edition in public.iterator(chunk_size=20):
            replace(None, edition)
            step()
        return SearchEntry.objects.count()


def build_first(sender: AppConfig, *, using: str, verbosity: int, **kwargs: Any) -> None:
    """After `migrate`: what was published before there was a search can be found from now on.

    Also after a restored dump without these rows. A site of which anything can be found is left alone.
    """
    is_flush = "plan" not in kwargs
    if is_flush or not _is_migrated(using) or SearchEntry.objects.exists() or not Edition.objects.public().exists():
        return
    count = rebuild(progress=show_progress(verbosity=verbosity))
    if verbosity:
        kwargs["stdout"].write(f"Nothing could be found on this site. Now {count} things can.")


def _is_migrated(using: str) -> bool:
    """Whether the tables are those of this code: `migrate` may have been told to stop before, or to go back."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def find_wrong(edition: Edition) -> str | None:
    """A sentence when the entries of the edition are not what it says, else None. One query."""
    held = sorted(edition.entries.values_list(*_COPIED, "names", "about"))
    if held == sorted(_row(found) for found in _list_findables(edition)):
        return None
    return f"{edition}: the search holds something else than it. Run `manage.py rebuild_search`."


def find_stray() -> str | None:
    """A sentence when something can be found that is not public now, else None. One query."""
    stray = SearchEntry.objects.exclude(edition__is_current=True, edition__is_withdrawn=False).first()
    return f"{stray} can be found, but is not public. Run `manage.py rebuild_search`." if stray else None


def _list_findables(edition: Edition) -> list[Findable]:
    if edition.is_withdrawn or not edition.is_current:
        return []
    return get_subject(edition.kind).findables(edition.content)


def _row(found: Findable) -> tuple[Any, ...]:
    return (*(getattr(found, name) for name in _COPIED), list(found.names), list(found.about))


def _remove(edition: Edition) -> Iterator[str]:
    """Takes the entries away, with what they are suggested for, and yields their words. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH starts AS (DELETE FROM editorial_searchstart USING editorial_searchentry AS entry"
            " WHERE entry_id = entry.id AND entry.edition_id = %(edition)s)"
            " DELETE FROM editorial_searchentry WHERE edition_id = %(edition)s RETURNING title, text, names",
            {"edition": edition.pk},
        )
        for title, text, names in cursor.fetchall():
            yield from (title, text, *names)


def _add(edition: Edition) -> Iterator[str]:
    """Writes the entries and yields their words."""
    found = _list_findables(edition)
    entries = SearchEntry.objects.bulk_create((_entry(edition, one) for one in found), batch_size=_BATCH)
    pairs = zip(entries, found, strict=True)
    SearchStart.objects.bulk_create(
        (start for entry, one in pairs if one.is_suggested for start in _starts(entry, one)), batch_size=_BATCH * 4
    )
    for one in found:
        yield from (one.title, one.text, *one.names)


def _entry(edition: Edition, found: Findable) -> SearchEntry:
    values = {name: getattr(found, name) for name in _COPIED}
    return SearchEntry(
        edition=edition, names=list(found.names), about=list(found.about), vector=_vector(found), **values
    )


class _Marks(SearchVectorCombinable, Func):
    """Marks as they are, which no stemming touches."""

    function = "array_to_tsvector"
    output_field = SearchVectorField()


def _vector(found: Findable) -> Any:
    words = SearchVector(Value(fold(found.title)), weight="A", config=CONFIG)
    for weight, text in (("B", found.short), ("C", found.text), ("D", found.more)):
        if text:
            words += SearchVector(Value(fold(text)), weight=weight, config=CONFIG)
    return words + _Marks(Value(marks.list_marks(found.kind, found.about, found.tier)))


def _starts(entry: SearchEntry, found: Findable) -> Iterator[SearchStart]:
    keys = dict.fromkeys(key for text in (found.title, *found.names) for key in list_starts(text))
    return (SearchStart(entry=entry, tier=found.tier, key=key) for key in keys)


def _count_words(more: Iterable[str], less: Iterable[str]) -> None:
    """Counts an edition more for some words and less for others; a word of no edition is gone. One query."""
    words = {"more": sorted(more), "less": sorted(less)}
    if not any(words.values()):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM editorial_searchword WHERE word = ANY(%(less)s) AND uses = 1),"
            " less AS (UPDATE editorial_searchword SET uses = uses - 1 WHERE word = ANY(%(less)s) AND uses > 1)"
            " INSERT INTO editorial_searchword AS held (word, uses) SELECT unnest(%(more)s::text[]), 1"
            " ON CONFLICT (word) DO UPDATE SET uses = held.uses + 1",
            words,
        )

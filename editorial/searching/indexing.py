"""From editions to the rows of the search. Called by publishing in its transaction, and to build all rows again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def replace(pairs: Sequence[tuple[Edition | None, Edition]]) -> None:
    """What can be found of each subject is what its new edition says: nothing when it is withdrawn.

    The number of queries does not depend on how many subjects there are.
    """
    gone = _remove([old for old, _ in pairs if old is not None])
    come = _add([new for _, new in pairs])
    counts: Counter[str] = Counter()
    for old, new in pairs:
        before = gone[old.pk] if old is not None else set()
        counts.update(come[new.pk] - before)
        counts.subtract(before - come[new.pk])
    _count_words(counts)


def rebuild(*, progress: Progress = no_progress) -> int:
    """Builds everything again from the current editions, while nobody decides; how many entries that is."""
    with transaction.atomic():
        lock_chain()
        for model in (SearchStart, SearchEntry, SearchWord):
            model.objects.all().delete()
        public = Edition.objects.public().order_by("pk")
        step = progress("Search", public.count())
        for edition in public.iterator(chunk_size=20):
            replace([(None, edition)])
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


def _remove(editions: Iterable[Edition]) -> dict[int, set[str]]:
    """Takes the entries away, with what they are suggested for; the words that they had, by edition. One query."""
    texts: dict[int, list[str]] = {edition.pk: [] for edition in editions}
    if texts:
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH starts AS (DELETE FROM editorial_searchstart USING editorial_searchentry AS entry"
                " WHERE entry_id = entry.id AND entry.edition_id = ANY(%(editions)s))"
                " DELETE FROM editorial_searchentry WHERE edition_id = ANY(%(editions)s)"
                " RETURNING edition_id, title, text, names",
                {"editions": list(texts)},
            )
            for edition_id, title, text, names in cursor.fetchall():
                texts[edition_id] += (title, text, *names)
    return {pk: list_vocabulary(some) for pk, some in texts.items()}


def _add(editions: Sequence[Edition]) -> dict[int, set[str]]:
    """Writes the entries; the words that they have, by edition."""
    found = [(edition, one) for edition in editions for one in _list_findables(edition)]
    entries = SearchEntry.objects.bulk_create((_entry(*pair) for pair in found), batch_size=_BATCH)
    pairs = [(entry, one) for entry, (_, one) in zip(entries, found, strict=True) if one.is_suggested]
    starts = (start for entry, one in pairs for start in _starts(entry, one))
    SearchStart.objects.bulk_create(starts, batch_size=_BATCH * 4)
    texts: dict[int, list[str]] = {edition.pk: [] for edition in editions}
    for edition, one in found:
        texts[edition.pk] += (one.title, one.text, *one.names)
    return {pk: list_vocabulary(some) for pk, some in texts.items()}


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


def _count_words(counts: Mapping[str, int]) -> None:
    """Counts so many editions more or less for these words; a word of no edition is gone. One query."""
    changed = sorted(word for word, count in counts.items() if count)
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH change AS (SELECT * FROM unnest(%(words)s::text[], %(counts)s::int[]) AS one (word, by)),"
            " gone AS (DELETE FROM editorial_searchword AS held USING change"
            " WHERE held.word = change.word AND held.uses + change.by <= 0),"
            " less AS (UPDATE editorial_searchword AS held SET uses = held.uses + change.by FROM change"
            " WHERE held.word = change.word AND change.by < 0 AND held.uses + change.by > 0)"
            " INSERT INTO editorial_searchword AS held (word, uses) SELECT word, by FROM change WHERE by > 0"
            " ON CONFLICT (word) DO UPDATE SET uses = held.uses + EXCLUDED.uses",
            {"words": changed, "counts": [counts[word] for word in changed]},
        )

"""From editions to the rows of the search. Called by publishing in its transaction, and to build all rows again."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef, QuerySet

from editorial.chain import lock_chain
from editorial.drafting import Draft
from editorial.extracts import Findable
from editorial.models import Edition, SearchEntry, SearchStart, SearchWord
from editorial.progress import Progress, no_progress, show_progress
from editorial.registry import get_subject
from editorial.revisers import Revision
from editorial.searching import marks
from editorial.searching.words import find_held, fold, list_starts, list_vocabulary

_COPIED = ("kind", "address", "title", "text", "context", "abbreviation", "position", "tier")
_BATCH = 1000
_ADD = """
    WITH found AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s) AS row (
            digest text, kind text, address text, title text, text text, context text, abbreviation text,
            position integer, tier smallint, names text[], about bigint[], a text, b text, c text, d text,
            marks text[], starts text[], subject_kind text, subject_id bigint
        )
    ), added AS (
        INSERT INTO editorial_searchentry (subject_kind, subject_id, digest, kind, address, title, text, context,
            abbreviation, position, tier, names, about, vector)
        SELECT subject_kind, subject_id, digest, kind, address, title, text, context, abbreviation, position, tier,
            names, about, setweight(to_tsvector('english', a), 'A') || setweight(to_tsvector('english', b), 'B')
            || setweight(to_tsvector('english', c), 'C') || setweight(to_tsvector('english', d), 'D')
            || array_to_tsvector(marks)
        FROM found RETURNING id, subject_id, address
    )
    INSERT INTO editorial_searchstart (entry_id, tier, key)
    SELECT added.id, found.tier, key FROM added JOIN found USING (subject_id, address), unnest(starts) AS key
"""
_REMOVE = """
    WITH starts AS (DELETE FROM editorial_searchstart WHERE entry_id = ANY(%(ids)s))
    DELETE FROM editorial_searchentry WHERE id = ANY(%(ids)s) RETURNING subject_kind, subject_id, title, text, names
"""


def replace(drafts: Sequence[Draft]) -> None:
    """What can be found of each subject is what its new edition says: nothing when it is withdrawn.

    Only what is new is written and only what is said no more is removed. The number of queries does not depend on how
    many subjects there are.
    """
    changes = [*_list_changes(drafts)]
    words = _remove([pk for change in changes for pk in change.gone])
    rows: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for change in changes:
        rows += [_row_to_add(change.key, digest, one) for digest, one in change.new.items()]
        come, gone = list_vocabulary(_words(change.new.values())), words[change.key]
        stay = change.list_staying(come ^ gone)
        counts.update(come - gone - stay)
        counts.subtract(gone - come - stay)
    _add(rows)
    _count_words(counts)


@dataclass(frozen=True)
class _Change:
    """Of what can be found of one subject."""

    draft: Draft
    new: Mapping[str, Findable]
    """By its digest."""
    gone: Sequence[int]

    @property
    def key(self) -> tuple[str, int]:
        return _key(self.draft.edition)

    def list_staying(self, words: Collection[str]) -> set[str]:
        """Those of these words that entries hold which stay."""
        if not words:
            return set()
        new = set(self.new.values())
        return find_held(words, _words(one for one in self.draft.findables if one not in new))


def _list_changes(drafts: Sequence[Draft]) -> Iterator[_Change]:
    """Of a revision only what it changed is looked at; of others, and where the entries are from other code, all."""
    revised = [_Revised(draft, draft.revision) for draft in drafts if draft.revision is not None]
    digests = [digest for each in revised for digest in each.gone]
    known = _list_held([each.draft for each in revised], digests) if digests else {}
    left = {_key(draft.edition): draft for draft in drafts}
    for each in revised:
        key = _key(each.draft.edition)
        if each.gone <= known.get(key, {}).keys():
            yield _Change(left.pop(key), each.new, [known[key][digest] for digest in each.gone])
    held = _list_held([draft for draft in left.values() if draft.old is not None])
    for key, draft in left.items():
        yield _compare(draft, held.get(key, {}))


class _Revised:
    """What a revision changed of what can be found."""

    def __init__(self, draft: Draft, revision: Revision) -> None:
        find = get_subject(draft.kind).findables
        before, after = _by_digest(find(revision.before)), _by_digest(find(revision.after))
        self.draft = draft
        self.new = {digest: after[digest] for digest in after.keys() - before.keys()}
        self.gone = before.keys() - after.keys()


def _compare(draft: Draft, held: Mapping[str, int]) -> _Change:
    found = _by_digest(draft.findables)
    new = {digest: one for digest, one in found.items() if digest not in held}
    return _Change(draft, new, [pk for digest, pk in held.items() if digest not in found])


def _by_digest(found: Iterable[Findable]) -> dict[str, Findable]:
    return {_digest(one): one for one in found}


def rebuild(*, progress: Progress = no_progress) -> int:
    """Builds everything again from the current editions, while nobody decides; how many entries that is.

    In memory is a batch at a time, and each public word once: counting a word in the table for each edition would make
    as many versions of its row, which PostgreSQL keeps until the end.
    """
    with transaction.atomic():
        lock_chain()
        _remove_all()
        public = Edition.objects.public().order_by("pk")
        step = progress("Search", public.count())
        uses: Counter[str] = Counter()
        rows: list[dict[str, Any]] = []
        for edition in public.iterator(chunk_size=20):
            found = _list_findables(edition)
            uses.update(list_vocabulary(_words(found)))
            rows += [_row_to_add(_key(edition), _digest(one), one) for one in found]
            if len(rows) >= _BATCH:
                _add(rows)
                rows.clear()
            step()
        _add(rows)
        words = (SearchWord(word=word, uses=count) for word, count in sorted(uses.items()))
        SearchWord.objects.bulk_create(words, batch_size=_BATCH * 10)
        return SearchEntry.objects.count()


def build_first(sender: AppConfig, *, using: str, verbosity: int, **kwargs: Any) -> None:
    """After `migrate`: what was published before there was a search can be found from now on.

    Also after a restored dump without these rows. A site of which anything can be found is left alone.
    """
    is_flush = "plan" not in kwargs
    if is_flush or not is_migrated(using) or SearchEntry.objects.exists() or not Edition.objects.public().exists():
        return
    count = rebuild(progress=show_progress(verbosity=verbosity))
    if verbosity:
        kwargs["stdout"].write(f"Nothing could be found on this site. Now {count} things can.")


def is_migrated(using: str) -> bool:
    """Whether the tables are those of this code: `migrate` may have been told to stop before, or to go back."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def find_wrong(edition: Edition) -> str | None:
    """A sentence when the entries of the edition are not what it says, else None. One query."""
    held = sorted(_list_entries(edition).values_list(*_COPIED, "names", "about"))
    if held == sorted(_row(found) for found in _list_findables(edition)):
        return None
    return f"{edition}: the search holds something else than it. Run `manage.py rebuild_search`."


def find_stray() -> str | None:
    """A sentence when something can be found that is not public now, else None. One query."""
    public = Edition.objects.public().filter(kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"))
    stray = SearchEntry.objects.filter(~Exists(public)).first()
    return f"{stray} can be found, but is not public. Run `manage.py rebuild_search`." if stray else None


def _list_entries(edition: Edition) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(subject_kind=edition.kind, subject_id=edition.subject_id)


def _list_findables(edition: Edition) -> list[Findable]:
    if edition.is_withdrawn or not edition.is_current:
        return []
    return get_subject(edition.kind).findables(edition.content)


def _digest(found: Findable) -> str:
    """Of all that is written of it."""
    return hashlib.blake2b(repr(found).encode(), digest_size=16).hexdigest()


def _words(found: Iterable[Findable]) -> Iterator[str]:
    for one in found:
        yield from (one.title, one.text, *one.names)


def _row(found: Findable) -> tuple[Any, ...]:
    return (*(getattr(found, name) for name in _COPIED), list(found.names), list(found.about))


def _key(edition: Edition) -> tuple[str, int]:
    return edition.kind, edition.subject_id


def _row_to_add(key: tuple[str, int], digest: str, found: Findable) -> dict[str, Any]:
    weighted = {"a": found.title, "b": found.short, "c": found.text, "d": found.more}
    return {
        **{name: getattr(found, name) for name in _COPIED},
        **{weight: fold(text) for weight, text in weighted.items()},
        "subject_kind": key[0],
        "subject_id": key[1],
        "digest": digest,
        "names": found.names,
        "about": found.about,
        "marks": marks.list_marks(found.kind, found.about, found.tier),
        "starts": _list_starts(found) if found.is_suggested else [],
    }


def _list_starts(found: Findable) -> list[str]:
    return list(dict.fromkeys(key for text in (found.title, *found.names) for key in list_starts(text)))


def _list_held(drafts: Sequence[Draft], digests: Collection[str] = ()) -> dict[tuple[str, int], dict[str, int]]:
    """{subject: {digest: id}} of the entries of these subjects, or of those of them with these digests.

    One query, none without drafts.
    """
    held: dict[tuple[str, int], dict[str, int]] = {_key(draft.edition): {} for draft in drafts}
    if held:
        rows = SearchEntry.objects.filter(subject_id__in=[subject_id for _, subject_id in held])
        if digests:
            rows = rows.filter(digest__in=digests)
        for kind, subject_id, digest, pk in rows.values_list("subject_kind", "subject_id", "digest", "pk"):
            if (kind, subject_id) in held:
                # Those from before there were digests are all written anew.
                held[kind, subject_id][digest or f"none-{pk}"] = pk
    return held


def _remove(ids: Sequence[int]) -> defaultdict[tuple[str, int], set[str]]:
    """Takes entries away, with what they are suggested for; the words that they had, by subject. One query at most."""
    texts: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_REMOVE, {"ids": list(ids)})
            for kind, subject_id, title, text, names in cursor.fetchall():
                texts[kind, subject_id] += (title, text, *names)
    return defaultdict(set, {key: list_vocabulary(some) for key, some in texts.items()})


def _remove_all() -> None:
    """In SQL, because Django would fetch each entry first. Readers search in what was until the end."""
    with connection.cursor() as cursor:
        for model in (SearchStart, SearchEntry, SearchWord):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def _add(rows: Sequence[dict[str, Any]]) -> None:
    """Writes the entries. One query for each batch."""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _BATCH):
            cursor.execute(_ADD, {"rows": json.dumps(rows[start : start + _BATCH])})


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

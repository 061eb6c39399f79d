"""Keeps parts of pages ready beside the editions that they are made of, so that no page has to make them again.

A part depends on nothing but its edition, the language and the code that makes it, which its recipe names. What
is not there, or was made by other code, a page makes itself by the same function: nothing is old, all works without.
"""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from queue import SimpleQueue
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import get_language, override

from editorial.models import Edition, PreparedPart, ReportOutcome
from editorial.progress import show_progress
from editorial.registry import PartMaker, list_part_makers
from editorial.searching.indexing import is_migrated

_CODE = (
    *("comparisons/**/*.py", "conditions/**/*.py", "editorial/**/*.py", "sclerosis_site/*.py"),
    *("templates/**/*.html", "sclerosis_site/locale/**/*.mo", "requirements.txt"),
)
_BATCH = 50
BARE = "bare"
"""The use of pages that are whole already: of editions that have parts they need neither these nor the content."""

logger = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds in which more may be published, so that a page is not prepared for each of several decisions in a row."""
_AT_ONCE = 20
"""Editions that are in memory together."""
_waiting: SimpleQueue[int] = SimpleQueue()
_is_put_off: ContextVar[bool] = ContextVar("is_put_off", default=False)
_turn = threading.Lock()


def list_newest_for(use: str = "") -> QuerySet[Edition]:
    """The current editions with what became of reports; for a page of some use each with its `part`, not its content.

    The part is in the language of the answer. Where there is none, and where reports have a say in it, it is None and
    `live` is the content.
    """
    return _build_newest(use, get_language() or settings.LANGUAGE_CODE, find_recipe())


@lru_cache
def _build_newest(use: str, language: str, recipe: str) -> QuerySet[Edition]:
    """Built once and only filtered after that, for a page asks it as long as it is to put together."""
    newest = Edition.objects.current().with_report_outcomes()
    if not use:
        return newest
    reported = ReportOutcome.objects.filter(
        kind=OuterRef(OuterRef("kind")), subject_id=OuterRef(OuterRef("subject_id"))
    )
    kept = PreparedPart.objects.filter(
        ~Exists(reported), edition=OuterRef("pk"), use=use, language=language, recipe=recipe
    )
    with_parts = {maker.kind for maker in list_part_makers()}
    lacking = ~Q(kind__in=with_parts) if use == BARE else Q(part=None)
    live = Case(When(lacking, then=F("content")), output_field=JSONField())
    with_part = newest.annotate(part=Subquery(kept.values("made")[:1])) if use != BARE else newest
    return with_part.annotate(live=live).defer("content", "summary", "manifest", "tags")


def prepare_on_commit(published: Sequence[Edition]) -> None:
    """What is published is prepared once it is committed, in a thread that nobody waits for."""

    def start() -> None:
        for edition in published:
            _waiting.put(edition.pk)
        start_preparing()

    if settings.KEEPS_PARTS and not _is_put_off.get():
        transaction.on_commit(start, robust=True)


@contextmanager
def putting_off() -> Iterator[None]:
    """What is published within is left to `migrate`: for whoever publishes more than a thread can follow."""
    token = _is_put_off.set(True)
    try:
        yield
    finally:
        _is_put_off.reset(token)


def start_preparing() -> None:
    threading.Thread(target=prepare_waiting, name="parts").start()


def prepare_waiting() -> None:
    """Prepares what waits, one thread of the process at a time, and what comes soon after along with it.

    Where it fails, pages do without.
    """
    with _turn:
        try:
            if not _waiting.empty():
                time.sleep(PAUSE)
            while ids := _take(_AT_ONCE):
                prepare(Edition.objects.filter(pk__in=ids))
        except Exception:  # Nobody is there to be told.
            logger.exception("Parts of pages could not be prepared.")
        finally:
            if not connection.in_atomic_block:
                connection.close()


def _take(most: int) -> list[int]:
    return [_waiting.get() for _ in range(min(most, _waiting.qsize()))]


def prepare(editions: QuerySet[Edition], *, with_others: bool = True) -> None:
    """Makes the parts of those that are public, then what other editions show of them."""
    published = list(editions.current())
    makers = list_part_makers()
    _keep([part for maker in makers if not maker.find_others for part in _make_all(maker, published)])
    for maker in makers:
        if maker.find_others:
            where = Q(pk__in=[edition.pk for edition in published], kind=maker.kind)
            where |= maker.find_others(published) if with_others else Q()
            _keep(list(_make_all(maker, Edition.objects.public().filter(where))))


def _make_all(maker: PartMaker, editions: Iterable[Edition]) -> Iterator[PreparedPart]:
    for edition in editions:
        if edition.kind == maker.kind and not edition.is_withdrawn:
            yield from _make(maker, edition)


def _keep(parts: Sequence[PreparedPart]) -> None:
    PreparedPart.objects.bulk_create(
        parts,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["kind", "subject_id", "use", "language"],
        update_fields=["edition", "recipe", "made"],
    )


def prepare_missing(sender: AppConfig, *, using: str, verbosity: int, **kwargs: Any) -> None:
    """After `migrate`: what other code made is made again, and what was never prepared is."""
    is_flush = "plan" not in kwargs
    if is_flush or not settings.KEEPS_PARTS or not is_migrated(using):
        return
    ids = list(_find_unprepared().values_list("pk", flat=True))
    step = show_progress(verbosity=verbosity)("Parts of pages", len(ids)) if ids else None
    for pk in ids:
        prepare(Edition.objects.filter(pk=pk), with_others=False)
        if step:
            step()


def find_wrong(edition: Edition) -> str | None:
    """A sentence when what is kept of the edition is not what it makes, else None. What other code made is passed over,
    and so is a page that is not used, because other editions of it are newer."""
    kept = list(edition.prepared_parts.filter(recipe=find_recipe()))
    makers = {maker.use: maker for maker in list_part_makers(edition.kind)} if kept else {}
    made = {(part.use, part.language): part.made for maker in makers.values() for part in _make_all(maker, [edition])}
    if all(_is_right(part, made.get((part.use, part.language))) for part in kept):
        return None
    return f"{edition}: what pages show of it is not what it makes. Empty editorial_preparedpart."


def _is_right(kept: PreparedPart, made: str | None) -> bool:
    held, now = json.loads(kept.made), json.loads(made) if made else {}
    is_used = bool(now) and held.get("editions") == now.get("editions")
    return held == now or not is_used


def find_recipe() -> str:
    """Tells the code of this process from every other: its modules, templates, words and libraries. Empty where no
    parts are kept, which fits none."""
    return _digest_code() if settings.KEEPS_PARTS else ""


def _make(maker: PartMaker, edition: Edition) -> Iterator[PreparedPart]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            made = maker.make(edition)
        if made is not None:
            yield PreparedPart(
                edition=edition,
                kind=edition.kind,
                subject_id=edition.subject_id,
                use=maker.use,
                language=language,
                recipe=find_recipe(),
                made=made.model_dump_json(),
            )


def _find_unprepared() -> QuerySet[Edition]:
    """The public editions that lack a part; in the order of their ids."""
    lacking = Q()
    for maker in list_part_makers():
        for language, _name in settings.LANGUAGES:
            kept = PreparedPart.objects.filter(
                edition=OuterRef("pk"), use=maker.use, language=language, recipe=find_recipe()
            )
            lacking |= Q(~Exists(kept), kind=maker.kind)
    return Edition.objects.public().filter(lacking).order_by("pk")


@cache
def _digest_code() -> str:
    found = hashlib.sha256(settings.SITE_URL.encode())
    for path in sorted(path for pattern in _CODE for path in settings.BASE_DIR.glob(pattern)):
        found.update(f"{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()

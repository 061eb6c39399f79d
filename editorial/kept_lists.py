"""What lists of all public pages come to, kept by each process for as long as nothing is published that they show.

Such a list grows with the site, and most of what is published, such as a fact, changes nothing of it. So each time it
is only asked what is new: one query that costs the same on any site, and a second one after a publication.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Exists, F, Func, JSONField, OuterRef, Q
from django.utils.translation import get_language

from editorial.models import Edition
from editorial.registry import get_subject
from editorial.surrogate_keys import note_list

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Newest:
    """The newest edition of all. Their ids follow the order of the commits, because who publishes holds the chain."""

    pk: int
    published_at: datetime


class KeptList(Generic[Made]):
    """What `read` makes of the public pages of these kinds, of which it shows these fields of the content.

    All who ask get the same object, so nobody may change it.
    """

    def __init__(self, *kinds: str, fields: Mapping[str, str], read: Callable[[], Made]) -> None:
        self._kinds, self._read = kinds, read
        self._fields = sorted(set(fields.values()))
        self._kept: dict[str | None, tuple[_Newest | None, Made]] = {}
        """By language."""

    def get(self) -> Made:
        """One query where nothing is new. Within a transaction, which may be rolled back, it is read and not kept."""
        if connection.in_atomic_block:
            return self._read()
        newest = _find_newest()  # Before the list is read: what is published meanwhile is asked for next time.
        known, made = self._kept.get(get_language()) or (None, None)
        if made is None or (known != newest and self._has_changed(known)):
            made = self._read()
        self._kept[get_language()] = (newest, made)
        note_list(self._kinds, [])
        return made

    def _has_changed(self, known: _Newest | None) -> bool:
        """Whether an edition since then shows anything else than the one before it, or there is no such edition."""
        if known is None:
            return True
        newer = Edition.objects.filter(pk__gt=known.pk, kind__in=self._list_watched()).annotate(shown=self._shown())
        before = Edition.objects.filter(
            kind=OuterRef("kind"), subject_id=OuterRef("subject_id"), number=OuterRef("number") - 1, is_withdrawn=False
        )
        same = before.annotate(shown=self._shown()).filter(slug=OuterRef("slug"), shown=OuterRef("shown"))
        changed = Exists(newer.filter(Q(is_withdrawn=True) | ~Exists(same)))
        # Where the database was put back to an earlier state, the known one may be gone.
        found = Edition.objects.filter(pk=known.pk, published_at=known.published_at).annotate(is_other=changed)
        return found.values_list("is_other", flat=True).first() is not False

    def _list_watched(self) -> set[str]:
        """With the kinds that these stand on: where such a page is withdrawn they are too."""
        grounds = (get_subject(kind).ground for kind in self._kinds)
        return {*self._kinds, *(ground.kind for ground in grounds if ground is not None)}

    def _shown(self) -> Func:
        paths: list[Any] = [F(f"summary__{path}") for path in self._fields]
        return Func(*paths, function="jsonb_build_array", output_field=JSONField())


def _find_newest() -> _Newest | None:
    row = Edition.objects.order_by("-pk").values_list("pk", "published_at").first()
    return _Newest(*row) if row else None

"""Where the words of an item stand in the texts of others, public and drafts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.text import capfirst

from editorial.extracts import Wording
from editorial.freezing import freeze
from editorial.models import Decision, ReviewedItem
from editorial.registry import Frozen, Kind, get_kind, kind_of, list_kinds
from editorial.workflow import Status

_AROUND = 60
"""So many characters stand on each side of the word."""
_PENDING = (Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED)


@dataclass(frozen=True)
class Occurrence:
    """A wording in a field of another item; `before` and `after` are what stands around it."""

    review_id: int
    wording: Wording
    place: str
    before: str
    found: str
    after: str
    is_public: bool = False
    is_draft: bool = False


def find_occurrences(item: ReviewedItem) -> list[Occurrence]:
    """Where its wordings stand, the unwanted ones first. The number of queries depends on the kinds."""
    wordings = kind_of(item).wordings(item)
    if not wordings:
        return []
    found: dict[tuple[int, str, str], Occurrence] = {}
    for review_id, kind, content, is_public in (*_load_public(wordings), *_load_drafts(wordings)):
        if review_id != item.review_id:
            for wording, place, text in _search(kind, content, wordings):
                name = (review_id, wording.text, place)
                found[name] = _merge(
                    found.get(name), Occurrence(review_id, wording, place, *_cut(wording, text)), is_public
                )
    order = {wording.text: number for number, wording in enumerate(wordings)}
    return sorted(found.values(), key=lambda one: (order[one.wording.text], one.review_id, one.place))


def _merge(before: Occurrence | None, now: Occurrence, is_public: bool) -> Occurrence:
    """What stands in both texts of an item is one occurrence, shown as it is in the newer."""
    was_public, was_draft = (before.is_public, before.is_draft) if before else (False, False)
    return replace(now, is_public=was_public or is_public, is_draft=was_draft or not is_public)


_Text = tuple[int, Kind, Frozen, bool]


def _load_public(wordings: Sequence[Wording]) -> Iterator[_Text]:
    where = Q()
    for wording in wordings:
        where |= _may_hold(wording)
    rows = Decision.objects.live().annotate(words=Cast("content", TextField())).filter(where)
    for review_id, kind, content in rows.values_list("review_id", "review__kind", "content"):
        yield review_id, get_kind(kind), content["content"], True


def _may_hold(wording: Wording) -> Q:
    """Finds the approvals that may have the words, by an index where they are a mark: else all texts are searched."""
    has_hint = Q(words__icontains=wording.hint)
    return Q(stands_on__contains=[wording.name]) & has_hint if wording.name else has_hint


def _load_drafts(wordings: Sequence[Wording]) -> Iterator[_Text]:
    for kind in list_kinds():
        where = Q()
        for lookup in _list_lookups(kind):
            for wording in wordings:
                where |= Q(**{f"{lookup}__icontains": wording.hint})
        if not where:
            continue
        pks = kind.model._default_manager.filter(where, review__status__in=_PENDING).values_list("pk", flat=True)
        for item in kind.load(set(pks)):
            yield item.review_id, kind, freeze(item), False


def _list_lookups(kind: Kind) -> Iterator[str]:
    """Where the working copy keeps the prose; what is made up for the content only is left out."""
    for path in sorted(kind.prose):
        lookup = path.replace(".", "__")
        try:
            kind.model._default_manager.filter(**{f"{lookup}__icontains": ""})
        except (FieldError, FieldDoesNotExist):
            continue
        yield lookup


def _search(kind: Kind, content: Frozen, wordings: Sequence[Wording]) -> Iterator[tuple[Wording, str, str]]:
    for path in sorted(kind.prose):
        for text in _texts_at(content, path.split(".")):
            for wording in wordings:
                if wording.pattern.search(text):
                    yield wording, capfirst(path.replace(".", ": ").replace("_", " ")), text


def _texts_at(value: Any, path: Sequence[str]) -> Iterable[str]:
    if isinstance(value, list):
        return [text for part in value for text in _texts_at(part, path)]
    if not path:
        return [value] if isinstance(value, str) else []
    return _texts_at(value.get(path[0]), path[1:]) if isinstance(value, dict) else []


def _cut(wording: Wording, text: str) -> tuple[str, str, str]:
    """(before, found, after) of the first place in a text that has the words."""
    match = next(wording.pattern.finditer(text))
    start, end = match.span()
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return ("…" if start > _AROUND else "") + before, match.group(0), after + ("…" if len(text) > end + _AROUND else "")

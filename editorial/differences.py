"""What changed between two frozen contents, as labelled rows that a person can read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet

from editorial.freezing import canonical_json
from editorial.models import Review, ReviewedItem
from editorial.registry import Child, Frozen, Kind, get_kind, list_kinds
from editorial.word_diff import Segment, diff_words, render_segments

__all__ = ["Change", "Segment", "diff_words", "list_changes", "load_names", "render_segments"]


@dataclass(frozen=True)
class Change:
    """One value of the content, before and after."""

    label: str
    """In words: “Text”, “Source nice-ta20: where”."""
    field: str
    """The top-level field of the content that holds it."""
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        return diff_words(self.old, self.new)


def list_changes(old: Frozen | None, new: Frozen, *, kind: str, names: Mapping[int, str] | None = None) -> list[Change]:
    """A row for each value that either content has, in the order of the fields, changed or not.

    Entries of lists are matched by key, slug or heading, else by place. At least one row is changed when the contents
    differ. `names` says what to call the items that the content names by their Review: see `load_names`.
    """
    rows = list(_walk(old, new, start(get_kind(kind), names=names)))
    if old is not None and old != new and not any(row.is_changed for row in rows):
        # Two values that read alike: a difference must never be invisible.
        rows.append(Change("Form of the content", "", canonical_json(old), canonical_json(new)))
    return rows


def load_names(contents: Sequence[Frozen | None]) -> dict[int, str]:
    """{Review id: title} of the items that these contents name by their Review. One query."""
    ids = find_review_ids(contents)
    return {review.pk: title_of(review) for review in load_reviews(Q(pk__in=ids))} if ids else {}


def start(kind: Kind, *, names: Mapping[int, str] | None = None) -> "Place":
    """The place at which a walk over contents of this kind begins."""
    return Place(model=kind.model, children=kind.children, names=names or {})


def find_review_ids(contents: Iterable[Frozen | None]) -> set[int]:
    """Ids of the Reviews by which these contents name other items."""
    fields = [*(name for kind in list_kinds() for name in (kind.name, f"{kind.name}s")), "parent"]
    found = [content.get(field) for content in contents if content for field in fields]
    return {pk for value in found for pk in (value if isinstance(value, list) else [value]) if isinstance(pk, int)}


def load_reviews(where: Q) -> QuerySet[Review]:
    """The Reviews that `where` finds, each with its item, whatever its kind, and its approval. One query."""
    return Review.objects.filter(where).select_related("approval", *(kind.name for kind in list_kinds()))


def title_of(review: Review) -> str:
    """What the item of a Review from `load_reviews` is called."""
    return str(getattr(review, review.kind, None) or review.key)


@dataclass(frozen=True)
class Place:
    """Where in the content the walk stands, and the model that can say what a field is called."""

    model: type[Model]
    names: Mapping[int, str]
    children: tuple[Child, ...] = ()
    label: str = ""
    field: str = ""
    choices: Mapping[Any, str] | None = None
    is_named: bool = False
    """Numbers here are Reviews of other items."""

    def into(self, name: str) -> "Place":
        found = _find_field(self.model, name)
        related = getattr(found, "related_model", None)
        nested = related if found is not None and related is not None and not found.auto_created else self.model
        label = _WORDS.get(name) or (str(found.verbose_name) if hasattr(found, "verbose_name") else _humanise(name))
        choices = {k: str(v) for k, v in getattr(found, "flatchoices", ())}
        return replace(
            self,
            model=nested,
            label=self._append(label),
            field=self.field or name,
            choices=choices,
            is_named=isinstance(related, type) and issubclass(related, ReviewedItem),
            children=self.children if not self.field else (),
        )

    def entry(self, name: str, identity: str) -> "Place":
        """One entry of the list that is called `name`."""
        child = next((child for child in self.children if child.accessor == name), None)
        model = child.model if child else self.model
        noun = str(model._meta.verbose_name) if child else _humanise(name).removesuffix("s")
        return replace(self, model=model, label=_capital(f"{noun} {identity}"), choices=None)

    def _append(self, label: str) -> str:
        return f"{self.label}: {label}" if self.label else _capital(label)


# Where the model's own word would not tell a reviewer what the value is.
_WORDS = {"locator": "where", "rests_on": "rests on", "sha256": "file", "sources": "sources"}
_STRICT_KEYS = ("key", "slug")  # Another key is another thing.
_LOOSE_KEYS = ("heading",)  # Another heading may be the same section with a better one.
_TITLE_LENGTH = 60


def _walk(old: Any, new: Any, place: Place) -> Iterator[Change]:
    if isinstance(old, dict) or isinstance(new, dict):
        yield from _walk_dict(old or {}, new or {}, place)
    elif is_rows(old) or is_rows(new):
        yield from _walk_rows(old or [], new or [], place)
    else:
        before, after = render_value(old, place), render_value(new, place)
        if before or after:
            yield Change(place.label, place.field, before, after)


def _walk_dict(old: Frozen, new: Frozen, place: Place) -> Iterator[Change]:
    for name in dict.fromkeys([*new, *old]):
        yield from _walk(old.get(name), new.get(name), place.into(name))


def _walk_rows(old: list[Frozen], new: list[Frozen], place: Place) -> Iterator[Change]:
    name = place.field
    pairs = match_rows(old, new)
    for number, (before, after) in enumerate(pairs, start=1):
        yield from _walk_dict(before or {}, after or {}, place.entry(name, title_row(after or before or {}, number)))
    kept = [(before, after) for before, after in pairs if before is not None and after is not None]
    in_old = sorted(kept, key=lambda pair: next(i for i, row in enumerate(old) if row is pair[0]))
    if kept != in_old:
        yield Change(f"{place.label}: order", name, _list_titles(old), _list_titles(new))


def match_rows(old: list[Frozen], new: list[Frozen]) -> list[tuple[Frozen | None, Frozen | None]]:
    """Pairs of old and new rows, in the order of the new ones and then the removed ones."""
    left = list(old)
    pairs: list[tuple[Frozen | None, Frozen | None]] = []
    for row in new:
        before = next((other for other in left if _identity(other) == _identity(row)), None)
        left = [other for other in left if other is not before]
        pairs.append((before, row))
    if any(_is_strict(row) for row in (*old, *new)):
        return [*pairs, *((row, None) for row in left)]
    return _match_rest(pairs, left)


def _match_rest(
    pairs: list[tuple[Frozen | None, Frozen | None]], left: list[Frozen]
) -> list[tuple[Frozen | None, Frozen | None]]:
    """What has no match yet is matched by its order."""
    rest = iter(left)
    filled = [(before if before is not None else next(rest, None), after) for before, after in pairs]
    return [*filled, *((row, None) for row in rest)]


def _identity(row: Frozen) -> Any:
    for name in (*_STRICT_KEYS, *_LOOSE_KEYS):
        if row.get(name):
            return row[name]
    return {name: value for name, value in row.items() if name != "position"}


def _is_strict(row: Frozen) -> bool:
    return any(name in row for name in _STRICT_KEYS)


def title_row(row: Frozen, number: int) -> str:
    for name in _STRICT_KEYS:
        if row.get(name):
            return str(row[name])
    text = str(row.get("heading") or row.get("text") or "")
    if not text:
        return str(number)
    return f"“{text}”" if len(text) <= _TITLE_LENGTH else f"“{text[: _TITLE_LENGTH - 1].rstrip()}…”"


def _list_titles(rows: list[Frozen]) -> str:
    return ", ".join(title_row(row, number) for number, row in enumerate(rows, start=1))


def is_rows(value: Any) -> bool:
    """Whether it is a list of things with fields of their own; names of people are a plain list."""
    named = {*_STRICT_KEYS, *_LOOSE_KEYS, "text"}
    return isinstance(value, list) and any(isinstance(row, dict) and named & row.keys() for row in value)


def render_value(value: Any, place: Place) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(render_value(part, place) for part in value.values())
    if isinstance(value, list):
        return "; ".join(render_value(part, place) for part in value)
    if isinstance(value, int) and place.is_named:
        return place.names.get(value, f"number {value}")
    return (place.choices or {}).get(value, str(value))


def _find_field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _humanise(name: str) -> str:
    return name.replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

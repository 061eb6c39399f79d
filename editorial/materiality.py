"""Does a change touch medical content? By rule it does when it changes what a reader could act on.

Always clinical: numbers, units, negations, names (of drugs, diseases, measures) and sources. Beyond these, words of
quantity, certainty, comparison, cause and people, and whole statements: they carry a claim as numbers do (see
`weighty_words`). Structured values are clinical when they change, and so is whatever a kind does not name as prose.
What is left, such as spelling, commas, articles and other words for the same, may be wording only. The rule is a floor:
a reviewer may always call a change clinical that it lets pass.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from editorial import differences, registry
from editorial.differences import Place, is_rows, match_rows, title_row
from editorial.prose_changes import Lexicon, find_prose_reasons
from editorial.registry import Frozen, Kind, get_kind


def load_lexicon(pairs: Iterable[tuple[Frozen | None, Frozen]]) -> Lexicon:
    """The words that no change from old to new contents may touch, for many changes. One query for each app."""
    return Lexicon(registry.load_vocabulary(text for old, new in pairs for text in _list_changed(old, new)))


def _list_changed(old: Any, new: Any) -> Iterator[str]:
    """The texts of all that is not the same in both."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _list_changed(old.get(name), new.get(name))
    else:
        yield from _list_texts([old, new])


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _list_texts(part)
    elif value is not None:
        yield str(value)


def find_clinical_reasons(
    old: Frozen | None,
    new: Frozen,
    *,
    kind: str,
    names: Mapping[int, str] | None = None,
    lexicon: Lexicon | None = None,
) -> list[str]:
    """Why the change from `old` to `new` is clinical, a sentence each; empty when it may be one of wording only.

    `names` says what to call other items; `lexicon` comes from `load_lexicon` for both, called here when it is missing.
    """
    if old == new:
        return []
    if old is None:
        return ["It is new."]
    found = get_kind(kind)
    rule = _Rule(found, lexicon or load_lexicon([(old, new)]))
    return list(dict.fromkeys(rule.walk(old, new, differences.start(found, names=names), "")))


class _Rule:
    """Compares two contents of one kind, value by value."""

    def __init__(self, kind: Kind, lexicon: Lexicon) -> None:
        self._kind, self._lexicon = kind, lexicon

    def walk(self, old: Any, new: Any, place: Place, path: str) -> Iterator[str]:
        if _is_same(old, new):
            return
        if path in self._kind.prose:
            clauses = find_prose_reasons(str(old or ""), str(new or ""), lexicon=self._lexicon)
            yield from (f"{place.label}: {clause}." for clause in clauses)
        elif isinstance(old, dict) and isinstance(new, dict):
            for name in dict.fromkeys([*new, *old]):
                yield from self.walk(old.get(name), new.get(name), place.into(name), _join(path, name))
        elif is_rows(old) or is_rows(new):
            yield from self._walk_rows(old or [], new or [], place, path)
        elif path not in self._kind.order:
            yield _say(old, new, place)

    def _walk_rows(self, old: list[Frozen], new: list[Frozen], place: Place, path: str) -> Iterator[str]:
        pairs = match_rows(old, new)
        for number, (before, after) in enumerate(pairs, start=1):
            here = place.entry(place.field, title_row(after or before or {}, number))
            if before is None or after is None:
                yield f"{here.label} was {'added' if before is None else 'removed'}."
            else:
                yield from self.walk(before, after, here, path)
        kept = [before for before, after in pairs if before is not None and after is not None]
        is_moved = kept != [row for row in old if any(row is other for other in kept)]
        if is_moved and path not in self._kind.order:
            yield f"{place.label} stand in another order."


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_same(old: Any, new: Any) -> bool:
    """A field that older contents do not have yet is the same as an empty one."""
    return old == new or (_is_empty(old) and _is_empty(new))


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _say(old: Any, new: Any, place: Place) -> str:
    was, now = (differences.render_value(value, place) for value in (old, new))
    if was and now and was != now and len(was + now) <= 120:
        return f"{place.label} changed from “{was}” to “{now}”."
    return f"{place.label} changed."

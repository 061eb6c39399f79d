"""What changed from one edition to the next, statement by statement and word by word. No queries.

Both sides come with what was withdrawn since already taken out (ADR 0005), so no difference can show it; how many
statements that hides is counted here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comparisons.entries import Entry
from editorial.word_diff import diff_words, render_segments

ADDED, REMOVED, CHANGED = _("Added"), _("Removed"), _("Changed")


@dataclass(frozen=True)
class Part:
    name: str
    """What it is, such as “Number”; empty for the sentence itself."""
    words: SafeString


@dataclass(frozen=True)
class Change:
    key: str
    what: str | Promise
    """Added, removed or changed."""
    parts: tuple[Part, ...]
    is_correction: bool = False


@dataclass(frozen=True)
class Group:
    heading: str
    changes: tuple[Change, ...]


Pair = tuple[Entry | None, Entry | None]


def list_changes(old: Sequence[Entry], new: Sequence[Entry], *, corrects: Collection[str] = ()) -> list[Group]:
    """The entries that differ, under their headings in the order of the newer edition.

    `corrects` are the corrected items as an edition names them: “fact:ms-onset”.
    """
    corrected = {name.replace("fact:", "fact-").replace("citation:", "source-") for name in corrects}
    groups: dict[str, list[Change]] = {entry.heading: [] for entry in (*new, *old)}
    for before, after in _pair(old, new):
        parts = tuple(_list_parts(before, after))
        entry = after or before
        if parts and entry is not None:
            change = Change(entry.key, _say(before, after), parts, is_correction=entry.key in corrected)
            groups[entry.heading].append(change)
    return [Group(heading, tuple(changes)) for heading, changes in groups.items() if changes]


def count_hidden(old: Mapping[str, Any], new: Mapping[str, Any], masked: Collection[str]) -> int:
    """How many statements changed from one whole content to the other, but were withdrawn since and are `masked`."""
    before, after = _rows(old), _rows(new)
    return sum(before.get(name) != after.get(name) for name in masked)


def _rows(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    facts = {f"fact:{row['key']}": row for row in content.get("facts", ())}
    terms = {f"term:{row['id']}": row for row in content.get("terms", ())}
    return {name: {**row, "approval": 0, "reviewed_on": ""} for name, row in (facts | terms).items()}


def _pair(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[Pair]:
    """Each entry of either side with its like on the other: by key, by equal words, or as the next in the same row."""
    left = list(old)
    found: dict[int, Entry] = {}
    for is_like in (_has_same_key, _has_same_words, _is_in_same_row):
        for place, entry in enumerate(new):
            like = next((other for other in left if is_like(other, entry)), None) if place not in found else None
            if like is not None:
                found[place] = like
                left.remove(like)
    yield from ((found.get(place), entry) for place, entry in enumerate(new))
    yield from ((entry, None) for entry in left)


def _has_same_key(old: Entry, new: Entry) -> bool:
    return old.key == new.key != ""


def _has_same_words(old: Entry, new: Entry) -> bool:
    return old.key == new.key == "" and old.words == new.words


def _is_in_same_row(old: Entry, new: Entry) -> bool:
    return old.key == new.key == "" and old.row == new.row


def _say(before: Entry | None, after: Entry | None) -> str | Promise:
    return CHANGED if before and after else ADDED if after else REMOVED


def _list_parts(before: Entry | None, after: Entry | None) -> Iterable[Part]:
    """The sentence, for the setting, and whatever else differs; nothing where all is the same."""
    old, new = dict(before.parts) if before else {}, dict(after.parts) if after else {}
    if [words for words in old.values() if words] == [words for words in new.values() if words]:
        return
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now or (name == "" and now):
            yield Part(name, render_segments(diff_words(was, now)))

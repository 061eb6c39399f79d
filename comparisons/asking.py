"""What a reader typed, and what may be meant by it. Pure: values in, values out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from editorial.searching.finding import Named
from editorial.searching.marks import about_mark
from editorial.searching.words import CONNECTING, SHORTEST, split

LONGEST = 200
"""Characters of a question; what is beyond is left out."""
REACH = 2
"""How many typing errors a word may have."""
_MOST_WORDS = 25
_LONGEST_NAME = 6
_FIRST_TO_COMPLETE = 3
_MOST_COMPARED = 4
_MOST_IN_WAYS = 2
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class Asked:
    text: str
    """As it stands in the search box."""
    words: tuple[str, ...]
    was_cut: bool


@dataclass(frozen=True)
class Part:
    """A word of the question, or the words of one name."""

    words: tuple[str, ...]
    named: tuple[Named, ...] = ()

    @property
    def is_connecting(self) -> bool:
        return not self.named and self.words[0] in CONNECTING

    @property
    def conditions(self) -> list[Named]:
        return [named for named in self.named if named.kind == "condition"]


def read_question(text: str) -> Asked:
    cleaned = _CONTROLS.sub(" ", text).strip()
    words = split(cleaned[:LONGEST])
    return Asked(
        text=cleaned[:LONGEST].strip(),
        words=tuple(words[:_MOST_WORDS]),
        was_cut=len(cleaned) > LONGEST or len(words) > _MOST_WORDS,
    )


def list_possible_names(words: Sequence[str]) -> list[str]:
    """All that may be a name: each row of up to six words."""
    rows = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1)
    )
    return list(dict.fromkeys(rows))


def divide(words: Sequence[str], named: Iterable[Named]) -> list[Part]:
    """The words in their order, those of a name together; where names overlap, the longest from the left."""
    by_name: dict[str, list[Named]] = {}
    for one in named:
        for name in one.names:
            by_name.setdefault(name, []).append(one)
    parts: list[Part] = []
    start = 0
    while start < len(words):
        part = _take(words[start : start + _LONGEST_NAME], by_name)
        parts.append(part)
        start += len(part.words)
    return parts


def _take(words: Sequence[str], by_name: Mapping[str, Sequence[Named]]) -> Part:
    for size in range(len(words), 0, -1):
        found = by_name.get(" ".join(words[:size]))
        if found:
            return Part(tuple(words[:size]), tuple(found))
    return Part((words[0],))


def find_compared(parts: Sequence[Part]) -> list[Named]:
    """The conditions of “ms vs als” and its like, in their order: names of two to four conditions, and words that only
    connect them. Else none."""
    conditions = _list_alone(parts)
    is_comparing = any(part.is_connecting for part in parts)
    return conditions if is_comparing and 2 <= len(conditions) <= _MOST_COMPARED else []


def find_meant(parts: Sequence[Part]) -> Named | None:
    """The one condition that is asked for by its name and nothing else."""
    conditions = _list_alone(parts)
    return conditions[0] if len(conditions) == 1 else None


def _list_alone(parts: Sequence[Part]) -> list[Named]:
    """The conditions that are named, each once, when nothing else is asked."""
    if not all(part.conditions or part.is_connecting for part in parts):
        return []
    return list({part.conditions[0].id: part.conditions[0] for part in parts if part.conditions}.values())


@dataclass(frozen=True)
class Written:
    """The question in the notation of `to_tsquery`: as a whole, and in the parts by which it is looked for."""

    all: str
    some: str
    begun: str
    """All, where the last word is only the beginning of one."""
    last: str
    """That word; empty where it is none that may have been begun."""
    plain: str
    plain_begun: str
    """The words that name nothing."""
    words: tuple[str, ...]
    """Each word of these, and each that alone is a name of what is named first."""
    named: str
    """The first thing that is named."""
    ways: tuple[str, ...]
    """How that may be said; all at once where three are named."""
    others: str
    """The other things that are named."""
    some_ways: tuple[str, ...]


def write_query(parts: Sequence[Part]) -> Written:
    asked = [part for part in parts if not part.is_connecting]
    terms = [_write(part) for part in asked]
    last = _find_begun(parts)
    begun = [*terms[:-1], f"{last}:*"] if last else terms
    named = [part for part in asked if part.named]
    return Written(
        all=" & ".join(terms),
        some=" | ".join(begun),
        begun=" & ".join(begun),
        last=last,
        plain=_join(asked, terms),
        plain_begun=_join(asked, begun),
        words=tuple(part.words[0] for part in asked if not part.named) + _list_short(named[:1]),
        named=" | ".join(map(_write, named[:1])),
        ways=_list_ways(named),
        others=" & ".join(map(_write, named[1:])),
        some_ways=tuple(way for part, term in zip(asked, begun, strict=True) for way in _list_some(part, term)),
    )


def _find_begun(parts: Sequence[Part]) -> str:
    """The word at the end, when it is long enough to be completed."""
    last = parts[-1] if parts else None
    if last is None or last.named or last.is_connecting or len(last.words[0]) < _FIRST_TO_COMPLETE:
        return ""
    return last.words[0]


def _join(parts: Sequence[Part], terms: Sequence[str]) -> str:
    """The terms of what names nothing."""
    return " & ".join(term for part, term in zip(parts, terms, strict=True) if not part.named)


def _list_short(named: Sequence[Part]) -> tuple[str, ...]:
    """The names that are one word."""
    return tuple(name for part in named for one in part.named for name in one.names if " " not in name)


def _list_ways(named: Sequence[Part]) -> tuple[str, ...]:
    """Of the first of what is named; where that is much, one: each costs the more, the more must fit beside it."""
    if not named:
        return ()
    if len(named) > _MOST_IN_WAYS:
        return (_write(named[0]),)
    about = _list_about(named[0])
    but = "".join(f" & !{mark}" for mark in about)  # Found already.
    return (*about, *(name + but for name in _list_names(named[0])))


def _list_some(part: Part, term: str) -> list[str]:
    return [*_list_about(part), *_list_names(part)] if part.named else [term]


def _write(part: Part) -> str:
    return f"({' | '.join([*_list_names(part), *_list_about(part)])})" if part.named else part.words[0]


def _list_about(part: Part) -> list[str]:
    return [about_mark(subject_id) for condition in part.conditions for subject_id in condition.about]


def _list_names(part: Part) -> list[str]:
    names = dict.fromkeys([" ".join(part.words), *(name for named in part.named for name in named.names)])
    return [_write_name(name) for name in names]


def _write_name(name: str) -> str:
    return f"({' <-> '.join(name.split())})"


def list_doubtful(parts: Sequence[Part]) -> list[str]:
    """The words that may hold a typing error."""
    plain = [part.words[0] for part in parts if not part.named and not part.is_connecting]
    return [word for word in dict.fromkeys(plain) if len(word) >= SHORTEST and word.isalpha()]


def correct(parts: Sequence[Part], known: Mapping[str, int]) -> str:
    """The question with each unknown word as it is probably meant; empty when no known word is like it.

    `known` has the public words, each with how often it is used.
    """
    doubtful = list_doubtful(parts)
    better = {word: _find_like(word, known) for word in doubtful if word not in known}
    if not any(better.values()):
        return ""
    return " ".join(better.get(word) or word for part in parts for word in part.words)


def _find_like(word: str, known: Mapping[str, int]) -> str:
    """The nearest known word, of two as near the one that is used more."""
    errors = 1 if len(word) <= SHORTEST + 1 else REACH
    distances = ((OSA.distance(word, other, score_cutoff=errors), -uses, other) for other, uses in known.items())
    near = [found for found in distances if found[0] <= errors]
    return min(near)[2] if near else ""

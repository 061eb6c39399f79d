"""Definitions in place: the words of a page that the glossary explains, marked where each part of it first says them.

Pure functions on the HTML of a page, so that no template and no composer needs to know of them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conditions.content import TermContent

# What leads elsewhere, names something or is a control keeps its words as they are; a mark of a source is a <button>.
_LEFT_ALONE = (
    *("a", "button", "label", "legend", "nav", "select", "summary", "textarea"),
    *("caption", "dfn", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "svg", "th"),
)
_NAME_ENDS = "(?![a-zA-Z0-9])"
_TURN = re.compile(
    rf"<(?:(?P<part>section|details)|(?P<alone>{'|'.join(_LEFT_ALONE)})){_NAME_ENDS}[^>]*>"
    # What is only heard, not heard at all, or opened over the page.
    r"|<(?P<apart>[a-zA-Z][a-zA-Z0-9]*)[^>]*(?:visually-hidden|aria-hidden|\bpopover\b)[^>]*>"
)
"""The tags that matter: of an element that is a part of the page, and of one in which nothing is marked."""
_APOSTROPHE = "(?:'|’|&#x27;|&#39;)"
_EXPLAINED = re.compile(r"(?P<plain>.+?) \((?P<medical>[^()]+)\)")


@dataclass(frozen=True)
class Explained:
    html: SafeString
    terms: tuple[TermContent, ...]
    """The terms that are marked in it, each once, by first mention."""


def explain(html: str, terms: Sequence[TermContent], own_names: Collection[str] = ()) -> Explained:
    """The HTML with the first mention of each term in each <section> and <details> as a button.

    The button opens the popover `term-<slug>`, which the caller adds. Whole words only, the longest first, also with a
    plural “s”; abbreviations just as they are written. Terms with one of `own_names` stay unmarked.
    """
    return _Explainer(terms, own_names).explain(html) if terms else Explained(mark_safe(html), ())


class _Explainer:
    def __init__(self, terms: Sequence[TermContent], own_names: Collection[str]) -> None:
        self._names = {_normalise(name): term for term in terms for name in _names(term)}
        self._abbreviations = {term.abbreviation: term for term in terms if term.abbreviation}
        self._words = _compile(tuple(self._names), tuple(self._abbreviations))
        own = {_normalise(name) for name in own_names}
        # They take part in the search, lest “sclerosis” be marked within “multiple sclerosis”.
        self._unmarked = {
            term.slug for term in terms if own & {_normalise(term.preferred), _normalise(term.abbreviation)}
        }
        self._found: dict[str, TermContent | None] = {}
        """By the words of the page."""
        self._used: dict[str, TermContent] = {}
        self._seen: set[str] = set()

    def explain(self, html: str) -> Explained:
        marked = "".join(self._pieces(html))
        return Explained(mark_safe(marked), tuple(self._used.values()))

    def _pieces(self, html: str) -> Iterator[str]:
        place = 0
        while turn := _TURN.search(html, place):
            yield self._words.sub(self._mark, html[place : turn.start()])
            place = turn.end()
            if turn["part"]:
                self._seen = set()
            else:
                place = _find_end(html, turn["alone"] or turn["apart"], place)
            yield html[turn.start() : place]
        yield self._words.sub(self._mark, html[place:])

    def _mark(self, match: re.Match[str]) -> str:
        words = match[0]
        if words not in self._found:
            self._found[words] = self._find(words)
        term = self._found[words]
        if term is None or term.slug in self._seen or term.slug in self._unmarked:
            return words
        self._seen.add(term.slug)
        self._used.setdefault(term.slug, term)
        return f'<button class="term" popovertarget="term-{escape(term.slug)}">{words}</button>'

    def _find(self, words: str) -> TermContent | None:
        """None for what the search takes for a letter of a name and Unicode does not, such as “ı” for “i”."""
        name = _normalise(words)
        return self._abbreviations.get(words) or self._names.get(name) or self._names.get(name.removesuffix("s"))


def _find_end(html: str, tag: str, start: int) -> int:
    """Where the element ends whose tag ends at `start`; other elements of its name may stand in it."""
    end = html.find(f"</{tag}>", start)
    if end >= 0 and html.find(f"<{tag}", start, end) < 0:
        return end + len(tag) + 3
    depth = 1
    for found in re.finditer(rf"<(/?){tag}{_NAME_ENDS}[^>]*>", html[start:]):
        depth += -1 if found[1] else 1
        if not depth:
            return start + found.end()
    return len(html)


def _names(term: TermContent) -> Iterator[str]:
    """“fibrosis” is a name of “scarring (fibrosis)”; the plain word before it needs no explanation."""
    yield term.preferred
    explained = _EXPLAINED.fullmatch(term.preferred)
    if explained:
        yield explained["medical"]


def _normalise(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(_APOSTROPHE, "'", words)).casefold()


@lru_cache(maxsize=8)
def _compile(names: Sequence[str], abbreviations: Sequence[str]) -> re.Pattern[str]:
    """The names by their first letters, the longest first, so that the engine tries few of hundreds where a word
    begins; none within a tag."""
    begins = [(name, name[0].upper() + name[0], f"{_either_case(name[1:2])}{_any_case(name[2:])}s?") for name in names]
    begins += [(name, name[0], re.escape(name[1:])) for name in abbreviations]
    by_letter: dict[str, list[tuple[str, str]]] = {}
    for name, first, rest in sorted(begins, key=lambda begin: len(begin[0]), reverse=True):
        by_letter.setdefault(name[0].upper()[0], []).append((first, rest))
    choices = "|".join(map(_join, by_letter.values()))
    letters = "".join(sorted({letter for _, first, _ in begins for letter in first}))
    return re.compile(rf"(?=[{re.escape(letters)}])\b(?<![&#-])(?:{choices})(?![\w-])(?![^<>]*>)")


def _join(alike: Sequence[tuple[str, str]]) -> str:
    """One alternative for all (choice of first letters, pattern of the rest) that can begin alike."""
    letters = "".join(sorted({letter for first, _ in alike for letter in first}))
    rests = (rest if set(first) == set(letters) else f"(?<=[{re.escape(first)}]){rest}" for first, rest in alike)
    return f"[{re.escape(letters)}](?:{'|'.join(rests)})"


def _either_case(letter: str) -> str:
    """As a choice, by which the engine passes over what begins otherwise."""
    return f"[{letter.upper()}{letter}]" if letter.isascii() and letter.isalpha() else _any_case(letter)


def _any_case(words: str) -> str:
    pattern = re.escape(words).replace(r"\ ", r"\s+").replace("'", _APOSTROPHE)
    return f"(?i:{pattern})"

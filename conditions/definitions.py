"""Definitions in place: the words of a page that the glossary explains, marked where each part of it first says them.

Pure functions on the HTML of a page, so that no template and no composer needs to know of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conditions.content import TermContent

_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[^>]*)>|[^<]+|<")
# What leads elsewhere, names something or is a control keeps its words as they are; a mark of a source is a <sup>.
_LEFT_ALONE = {
    *("a", "button", "label", "legend", "nav", "select", "summary", "textarea"),
    *("caption", "dfn", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "svg", "th"),
}
_PARTS = {"section", "details"}
_APART = re.compile(r"visually-hidden|aria-hidden|\bpopover\b")
"""Attributes of what is only heard, not heard at all, or opened over the page."""
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
        self._words = re.compile(_pattern(self._names, self._abbreviations))
        own = {_normalise(name) for name in own_names}
        # They take part in the search, lest “sclerosis” be marked within “multiple sclerosis”.
        self._unmarked = {
            term.slug for term in terms if own & {_normalise(term.preferred), _normalise(term.abbreviation)}
        }
        self._used: dict[str, TermContent] = {}
        self._seen: set[str] = set()
        self._closed: list[str] = []
        """Open elements in which nothing is marked, the outermost first."""

    def explain(self, html: str) -> Explained:
        marked = "".join(self._pieces(html))
        return Explained(mark_safe(marked), tuple(self._used.values()))

    def _pieces(self, html: str) -> Iterator[str]:
        for piece in _PIECE.finditer(html):
            if piece["tag"]:
                self._enter(piece["tag"].lower(), piece["attributes"], is_end=bool(piece["end"]))
                yield piece[0]
            else:
                yield piece[0] if self._closed else self._words.sub(self._mark, piece[0])

    def _enter(self, tag: str, attributes: str, *, is_end: bool) -> None:
        if is_end:
            if self._closed and self._closed[-1] == tag:
                self._closed.pop()
        elif tag in _PARTS and not self._closed:
            self._seen = set()
        elif tag in _LEFT_ALONE or _APART.search(attributes) or (self._closed and self._closed[-1] == tag):
            self._closed.append(tag)

    def _mark(self, match: re.Match[str]) -> str:
        term = self._find(match[0])
        if term is None or term.slug in self._seen or term.slug in self._unmarked:
            return match[0]
        self._seen.add(term.slug)
        self._used.setdefault(term.slug, term)
        return f'<button class="term" popovertarget="term-{escape(term.slug)}">{match[0]}</button>'

    def _find(self, words: str) -> TermContent | None:
        """None for what the search takes for a letter of a name and Unicode does not, such as “ı” for “i”."""
        name = _normalise(words)
        return self._abbreviations.get(words) or self._names.get(name) or self._names.get(name.removesuffix("s"))


def _names(term: TermContent) -> Iterator[str]:
    """“fibrosis” is a name of “scarring (fibrosis)”; the plain word before it needs no explanation."""
    yield term.preferred
    explained = _EXPLAINED.fullmatch(term.preferred)
    if explained:
        yield explained["medical"]


def _normalise(words: str) -> str:
    return re.sub(r"\s+", " ", re.sub(_APOSTROPHE, "'", words)).casefold()


def _pattern(names: Iterable[str], abbreviations: Mapping[str, TermContent]) -> str:
    """Each alternative begins with a set of characters, by which the engine passes over most of them at once."""
    choices = [(name, f"{_either_case(name)}s?") for name in names]
    choices += [(abbreviation, re.escape(abbreviation)) for abbreviation in abbreviations]
    choices.sort(key=lambda choice: len(choice[0]), reverse=True)
    return rf"\b(?<![&#-])(?:{'|'.join(pattern for _, pattern in choices)})(?![\w-])"


def _either_case(name: str) -> str:
    rest = re.escape(name[1:]).replace(r"\ ", r"\s+").replace("'", _APOSTROPHE)
    return f"[{re.escape(name[0].upper())}{re.escape(name[0])}](?i:{rest})"

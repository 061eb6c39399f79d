"""Where two versions of a public page differ, block by block, and marks at these places for a person to find."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from textwrap import shorten

from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring
from lxml.html.builder import STRONG

_BLOCKS = {
    *("p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figure", "figcaption"),
    *("blockquote", "summary", "pre"),
}
_BLOCK_ROLES = {"cell", "columnheader", "rowheader"}
"""Of a table that is made of other elements."""
_NOT_COMPARED = {"dates", "caption", "about-page", "back", "copy-link", "visually-hidden", "m", "definition"}
"""Classes of what any decision changes: dates, names of reviewers, numbers of editions; of marks and links to places;
and of definitions, which the glossary's own page shows."""
_NO_CONTENT = {"nav", "caption", "script", "style"}
_SOURCE = re.compile(r"⟦[^⟧]*⟧")
"""How the sheet with the sources of a statement counts in the comparison."""
_TEXT_LENGTH = 110
_WORDS_BEFORE = 6


@dataclass(frozen=True)
class Place:
    """A block of the page that differs."""

    word: str
    """“Changed”, “New” or “Gone”."""
    text: str
    anchor: str
    """Where it stands on the page that is shown; empty for what that page does not have."""


@dataclass(frozen=True)
class _Block:
    element: HtmlElement
    text: str


def parse(content: bytes) -> HtmlElement:
    return document_fromstring(content, parser=HTMLParser(encoding="utf-8"))


def serialise(document: HtmlElement) -> str:
    return tostring(document, encoding="unicode", doctype="<!doctype html>")


def mark_changes(document: HtmlElement, other: HtmlElement | None, *, is_after: bool) -> list[Place]:
    """Marks in the document what differs from the other version of the page, and lists it in the order of the page.

    `is_after` says which of the two the document is. Without another version nothing is marked: all of it is new.
    """
    if other is None:
        return []
    mine, theirs = _Reading(document).list_blocks(), _Reading(other).list_blocks()
    old, new = (theirs, mine) if is_after else (mine, theirs)
    places = []
    for before, after in _pair(old, new):
        word = "Changed" if before and after else "New" if after else "Gone"
        shown, other_side = (after, before) if is_after else (before, after)
        text = _excerpt(shown, other_side) if shown else _excerpt(other_side, None)
        anchor = _mark(shown.element, word, number=len(places) + 1) if shown else ""
        places.append(Place(word, text, anchor))
    return places


class _Reading:
    """The blocks of one page, with their words."""

    def __init__(self, document: HtmlElement) -> None:
        self._main = document.find(".//main")
        self._named = {element.get("id"): element for element in document.iter("li", "a", "section")}

    def list_blocks(self) -> list[_Block]:
        elements = _walk(self._main) if self._main is not None else ()
        blocks = [_Block(element, " ".join("".join(self._words(element)).split())) for element in elements]
        return [block for block in blocks if block.text]

    def _words(self, element: HtmlElement) -> Iterator[str]:
        """The words of the block itself, without those of blocks in it."""
        yield element.text or ""
        for child in element:
            # A word that the glossary explains is no more apart from its neighbors than any other.
            space = "" if child.get("class") == "term" else " "
            yield space
            if _is_compared(child) and not _is_block(child):
                yield from self._read(child)
            yield space
            yield child.tail or ""

    def _read(self, element: HtmlElement) -> Iterable[str]:
        if element.tag == "img":
            return (element.get("src", ""), " ", element.get("alt", ""))
        if "sheet" in element.classes:
            return (f"⟦{' '.join(self._read_sources(element))}⟧",)
        link = element.get("href", "") if element.tag == "a" else ""
        return (*self._words(element), *((" ", link) if link.startswith("http") else ()))

    def _read_sources(self, sheet: HtmlElement) -> Iterator[str]:
        """What counts is which sources they are and what is said of them, not their numbers on this page."""
        for link in sheet.iter("a"):
            target = self._named.get(link.get("href", "").removeprefix("#"))
            if target is not None and target.tag == "li" and _is_compared(link):
                yield shorten(target.text or "", 40, placeholder="…")
                yield link.tail or ""


def _walk(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if _is_compared(child):
            if _is_block(child):
                yield child
            yield from _walk(child)


def _is_block(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or element.get("role") in _BLOCK_ROLES


def _is_compared(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NO_CONTENT:
        return False
    return not _NOT_COMPARED & set(element.get("class", "").split())


def _excerpt(block: _Block, other: _Block | None) -> str:
    """The words of the block, from shortly before the first that the other version does not have there."""
    words, others = (_SOURCE.sub("", b.text).split() if b else [] for b in (block, other))
    first = next((n for n, word in enumerate(words) if n >= len(others) or word != others[n]), 0)
    start = max(0, first - _WORDS_BEFORE) if other else 0
    return shorten(("… " if start else "") + " ".join(words[start:]), _TEXT_LENGTH, placeholder=" …")


def _pair(old: Sequence[_Block], new: Sequence[_Block]) -> Iterator[tuple[_Block | None, _Block | None]]:
    """(before, after) of every block that differs."""
    matcher = SequenceMatcher(None, [b.text for b in old], [b.text for b in new], autojunk=False)
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how != "equal":
            yield from _pair_run(list(old[i1:i2]), list(new[j1:j2]))


def _pair_run(old: list[_Block], new: list[_Block]) -> Iterator[tuple[_Block | None, _Block | None]]:
    for block in new:
        before = next((other for other in old if _is_same_place(other, block)), None)
        if before is not None:
            old.remove(before)
        yield before, block
    for block in old:
        yield block, None


def _is_same_place(before: _Block, after: _Block) -> bool:
    """Whether the one stands where the other stood: things with a name of their own by that name."""
    return before.element.tag == after.element.tag and before.element.get("id") == after.element.get("id")


def _mark(element: HtmlElement, word: str, *, number: int) -> str:
    """The word at the head of the block, which gets an outline, and an anchor if it has none. Returns the anchor."""
    mark = STRONG(word, {"class": "preview-mark"})
    mark.tail, element.text = f" {element.text or ''}", None
    element.insert(0, mark)
    element.classes.add("preview-changed")
    for fold in element.iterancestors("details"):
        fold.set("open", "")
    if not element.get("id"):
        element.set("id", f"preview-{number}")
    return element.get("id")

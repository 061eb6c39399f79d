"""The words of a result that were asked for, marked; everything else escaped. Pure."""

import re
from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from comparisons.asking import Part
from editorial.searching.words import CONNECTING, fold

LONGEST_EXCERPT = 280
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_STEM = 4


class Highlighter:
    """Marks the words of the question in titles and texts."""

    def __init__(self, parts: Sequence[Part], stems: Iterable[str]) -> None:
        """`stems` are what the database made of the words, so that “therapy” is marked for “therapies”."""
        typed = {word for part in parts for word in part.words if word not in CONNECTING}
        names = {name for part in parts for named in part.named for name in named.names if " " not in name}
        self._words = typed | names
        kept = [stem for stem in stems if len(stem) >= _SHORTEST_STEM and any(w.startswith(stem[:-1]) for w in typed)]
        self._known: dict[str, bool] = {}
        self._stems = tuple({form for stem in kept for form in (stem, re.sub("i$", "y", stem))})

    def mark(self, text: str) -> SafeString:
        """The whole text."""
        html: list[str] = []
        last = 0
        for match in _WORD.finditer(text):
            if self._is_asked(match.group()):
                html += [escape(text[last : match.start()]), f"<mark>{escape(match.group())}</mark>"]
                last = match.end()
        return mark_safe("".join([*html, escape(text[last:])]))

    def excerpt(self, text: str) -> SafeString:
        """The part of a long text that holds the first marked word."""
        if len(text) <= LONGEST_EXCERPT:
            return self.mark(text)
        first = next((m.start() for m in _WORD.finditer(text) if self._is_asked(m.group())), 0)
        start = 0 if first < LONGEST_EXCERPT * 2 // 3 else text.rfind(" ", 0, first - LONGEST_EXCERPT // 3) + 1
        end = text.rfind(" ", start, start + LONGEST_EXCERPT) if start + LONGEST_EXCERPT < len(text) else len(text)
        end = end if end > start else start + LONGEST_EXCERPT
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(before + self.mark(text[start:end]) + after)

    def _is_asked(self, word: str) -> bool:
        """Folded once: a page of results has most of its words many times."""
        if word not in self._known:
            folded = fold(word)
            self._known[word] = folded in self._words or (bool(self._stems) and folded.startswith(self._stems))
        return self._known[word]

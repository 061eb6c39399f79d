"""From published content to what a page shows: plain values and pure functions, no queries, no models.

The words here are words of the interface; medical words come from content only.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conditions.content import FactContent, ReferenceContent, SourceContent
from conditions.fragments import Mark, Source, make_mark, read_fragment, write_mark
from conditions.markdown import render
from conditions.marks import CitedSource, Pen
from conditions.reference_list import Reference, draw_list

NOTHING_YET = _("no reviewed statement yet")
WITHDRAWN_SOURCE = _("A source of this statement was withdrawn. Editors are checking the statement again.")
DEMONSTRATION = _("Demonstration content: no clinician has reviewed it.")

INTEGRITY = {
    "corrected": _("Corrected since it was first published."),
    "concern": _("The publisher has expressed concern about this source."),
    "retracted": _("Retracted: do not rely on this source."),
    "superseded": _("Replaced by newer work."),
}
BEARING = {"contradicts": _("disagrees"), "superseded": _("out of date")}
UNSOUND = {"concern": _("in doubt"), "retracted": _("retracted"), "superseded": _("replaced")}
"""What is wrong with a source in a word, for the places that cite it."""
EVIDENCE = {
    "guideline": _("guideline"),
    "systematic-review": _("systematic review"),
    "trial": _("trial"),
    "cohort": _("study of people"),
    "registry": _("registry"),
    "official-statistics": _("official statistics"),
    "review": _("review article"),
    "patient-information": _("information for patients"),
}

_PLACE = re.compile(r"<m (\d+)>")


def say_date(day: date | datetime | None) -> str:
    """“22 November 2026” in the language of the answer, or an empty string when there is no date."""
    return _say_date(day, get_language()) if day else ""


@lru_cache(maxsize=1_000)
def _say_date(day: date | datetime, language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")


def put_marks(html: str, drawn: Sequence[str]) -> SafeString:
    """The HTML with these marks in their places. No text has such a tag: it is escaped or cleaned."""
    return mark_safe(_PLACE.sub(lambda match: drawn[int(match[1])], html))


class Marker(ABC):
    """Puts the marks of sources into HTML, in the order in which it is asked for them."""

    def marks(self, keys: Iterable[str]) -> SafeString:
        """The mark of a statement that rests on these sources. Sources that are not public leave no trace."""
        return self.source_marks([SourceContent(key=key, locator="", bearing="supports") for key in keys])

    def source_marks(self, sources: Sequence[SourceContent]) -> SafeString:
        """The mark of these sources; one that disagrees says so in a word."""
        return mark_safe(self._mark(make_mark("other", "", sources)))

    def fact_marks(self, fact: FactContent) -> SafeString:
        """The mark of a fact, with the number that its short form was promised."""
        return mark_safe(self._mark(make_mark("fact", fact.key, fact.sources)))

    def early_marks(self, fact: FactContent) -> SafeString:
        """A mark for the short form of a fact whose statement follows: it opens the same sheet."""
        return mark_safe(self._mark(make_mark("early", fact.key, fact.sources)))

    def prose(self, text: str) -> SafeString:
        """An editor's Markdown as safe HTML, its `[@key]` as marks."""
        return mark_safe(render(text, self.marks))

    def prose_line(self, text: str) -> SafeString:
        """The same for a single sentence that stands in a list: without a paragraph of its own."""
        html = self.prose(text).strip()
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return mark_safe(html[3:-4] if single else html)

    @abstractmethod
    def _mark(self, mark: Mark) -> str: ...


class Places(Marker):
    """Keeps places for the marks of HTML whose page is not known yet, which so becomes a fragment."""

    def _mark(self, mark: Mark) -> str:
        return write_mark(mark)


class References(Marker):
    """Numbers the sources of one page by first appearance. Ask for marks in the order in which the page shows them."""

    def __init__(self, *known: Mapping[str, ReferenceContent], drawn: list[str] | None = None) -> None:
        """Given a list of `drawn` marks, they are added there, and the HTML gets places for them: see `put_marks`."""
        self._drawn = drawn
        self._known: dict[str, ReferenceContent] = {}
        for references in known:
            for key, reference in references.items():
                held = self._known.get(key)
                if held is None or held.approval < reference.approval:
                    self._known[key] = reference
        self._listed: dict[str, Reference] = {}
        self._numbers: dict[str, int] = {}
        """Of marks that were promised, by the key of the fact."""
        self._marks = 0
        self._said: dict[tuple[int, str], str] = {}
        self._pen = Pen()

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def __bool__(self) -> bool:
        return bool(self._listed)

    @property
    def as_list(self) -> SafeString:
        """The numbered list."""
        return draw_list(self)

    def fill(self, fragment: str) -> SafeString:
        """The HTML of the fragment with its marks, whose numbers are those of this page."""
        parts = ((text, self._mark(mark) if mark else "") for text, mark in read_fragment(fragment))
        return mark_safe("".join(part for pair in parts for part in pair))

    def _mark(self, mark: Mark) -> str:
        number = self._number(mark)
        before = len(self._listed)
        cited = [self._cite(number, source) for source in mark.sources if source.key in self._known]
        if not cited:
            return ""
        drawn = self._pen.draw_button(number, cited, is_first=len(self._listed) > before)
        return self._put(drawn if mark.kind == "early" else drawn + self._pen.draw_sheet(number, cited))

    def _put(self, drawn: str) -> str:
        if self._drawn is None:
            return drawn
        self._drawn.append(drawn)
        return f"<m {len(self._drawn) - 1}>"

    def _number(self, mark: Mark) -> int:
        if mark.kind == "fact" and mark.fact in self._numbers:
            return self._numbers.pop(mark.fact)
        self._marks += 1
        if mark.kind == "early":
            self._numbers[mark.fact] = self._marks
        return self._marks

    def _cite(self, number: int, source: Source) -> CitedSource:
        reference = self._listed.get(source.key) or self._list(source.key, f"b{number}")
        remark = self._say(BEARING, source.bearing) or reference.remark
        return CitedSource(reference.number, source.locator, remark)

    def _list(self, key: str, first_mark: str) -> Reference:
        known = self._known[key]
        self._listed[key] = Reference(
            number=len(self._listed) + 1,
            key=key,
            text=known.text,
            url=known.url,
            evidence=self._say(EVIDENCE, known.evidence),
            integrity=self._say(INTEGRITY, known.integrity),
            remark=self._say(UNSOUND, known.integrity),
            first_mark=first_mark,
        )
        return self._listed[key]

    def _say(self, words: Mapping[str, Promise], value: str) -> str:
        """The word for the value, which is looked up once for the page; nothing for what needs none."""
        if value not in words:
            return ""
        name = (id(words), value)
        if name not in self._said:
            self._said[name] = str(words[value])
        return self._said[name]

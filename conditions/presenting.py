"""From published content to what a page shows: plain values and pure functions, no queries, no models.

The words here are words of the interface; medical words come from content only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from conditions.content import FactContent, ReferenceContent, SourceContent
from conditions.markdown import render
from conditions.marks import CitedSource, draw_button, draw_sheet
from editorial.languages import content_lang, local_path, say_in_interface

READ = _("Read the source")
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


def say_date(day: date | datetime | None) -> str:
    """“22 November 2026” in the language of the answer, or an empty string when there is no date."""
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True)
class Reference:
    """A line in the list of sources, with its number on this page."""

    number: int
    key: str
    text: str
    url: str
    evidence: str
    integrity: str
    """A sentence when something is wrong with the source, else empty."""
    remark: str
    """The same in a word, for the places that cite it."""
    first_mark: str
    """Id of the first mark that cites it, for the way back."""

    @property
    def anchor(self) -> str:
        return f"r{self.number}"

    @property
    def page_url(self) -> str:
        return local_path(f"/sources/{self.key}/")

    @property
    def line(self) -> SafeString:
        """The formatted reference, in which the identifier or the address is a link to the source."""
        text = escape(self.text)
        shown = escape(next((form for form in self._forms() if form in self.text), ""))
        if shown:
            start = text.rindex(shown)
            text = f"{text[:start]}{self._link(shown)}{text[start + len(shown) :]}"
        elif self.url:
            text = f"{text} {self._link(say_in_interface(READ))}"
        lang = content_lang()
        return mark_safe(f"<span{lang}>{text}</span>" if lang else text)

    def _forms(self) -> Iterator[str]:
        """How the text may name its address."""
        if self.url:
            yield self.url
            yield self.url.replace("https://doi.org/", "doi:", 1)

    def _link(self, text: str) -> str:
        return f'<a href="{escape(self.url)}" rel="noopener noreferrer external">{text}</a>'


class References:
    """Numbers the sources of one page by first appearance. Ask for marks in the order in which the page shows them."""

    def __init__(self, *known: Mapping[str, ReferenceContent]) -> None:
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

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def __bool__(self) -> bool:
        return bool(self._listed)

    def marks(self, keys: Iterable[str]) -> SafeString:
        """The mark of a statement that rests on these sources. Sources that are not public leave no trace."""
        return self.source_marks(SourceContent(key=key, locator="", bearing="supports") for key in keys)

    def source_marks(self, sources: Iterable[SourceContent]) -> SafeString:
        """The mark of these sources; one that disagrees says so in a word."""
        number = self._next()
        button, cited = self._cite(number, sources)
        return mark_safe(button + draw_sheet(number, cited) if cited else "")

    def fact_marks(self, fact: FactContent) -> SafeString:
        """The mark of a fact, with the number that its short form was promised."""
        number = self._numbers.pop(fact.key, 0) or self._next()
        button, cited = self._cite(number, fact.sources)
        return mark_safe(button + draw_sheet(number, cited) if cited else "")

    def early_marks(self, fact: FactContent) -> SafeString:
        """A mark for the short form of a fact whose statement follows: it opens the same sheet."""
        number = self._numbers[fact.key] = self._next()
        button, cited = self._cite(number, fact.sources)
        return mark_safe(button if cited else "")

    def prose(self, text: str) -> SafeString:
        """An editor's Markdown as safe HTML, its `[@key]` as marks."""
        return mark_safe(render(text, self.marks))

    def prose_line(self, text: str) -> SafeString:
        """The same for a single sentence that stands in a list: without a paragraph of its own."""
        html = self.prose(text).strip()
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return mark_safe(html[3:-4] if single else html)

    def _next(self) -> int:
        self._marks += 1
        return self._marks

    def _cite(self, number: int, sources: Iterable[SourceContent]) -> tuple[str, list[CitedSource]]:
        before = len(self._listed)
        cited = [self._cite_one(number, source) for source in sources if source.key in self._known]
        return draw_button(number, cited, is_first=len(self._listed) > before), cited

    def _cite_one(self, number: int, source: SourceContent) -> CitedSource:
        reference = self._listed.get(source.key) or self._list(source.key, f"b{number}")
        remark = BEARING.get(source.bearing) or reference.remark
        return CitedSource(reference.number, source.locator, str(remark))

    def _list(self, key: str, first_mark: str) -> Reference:
        known = self._known[key]
        self._listed[key] = Reference(
            number=len(self._listed) + 1,
            key=key,
            text=known.text,
            url=known.url,
            evidence=EVIDENCE.get(known.evidence, ""),
            integrity=INTEGRITY.get(known.integrity, ""),
            remark=UNSOUND.get(known.integrity, ""),
            first_mark=first_mark,
        )
        return self._listed[key]

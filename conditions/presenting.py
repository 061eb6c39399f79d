"""From published content to what a page shows: plain values and pure functions, no queries, no models.

The words here are words of the interface; medical words come from content only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from conditions.content import ReferenceContent, SourceContent
from conditions.markdown import render
from editorial.languages import local_path

NOTHING_YET = "no reviewed statement yet"
WITHDRAWN_SOURCE = "A source of this statement was withdrawn. Editors are checking the statement again."
DEMONSTRATION = "Demonstration content: no clinician has reviewed it."

INTEGRITY = {
    "corrected": "Corrected since it was first published.",
    "concern": "The publisher has expressed concern about this source.",
    "retracted": "Retracted: do not rely on this source.",
    "superseded": "Replaced by newer work.",
}
BEARING = {"contradicts": "disagrees", "superseded": "out of date"}
EVIDENCE = {
    "guideline": "guideline",
    "systematic-review": "systematic review",
    "trial": "trial",
    "cohort": "study of people",
    "registry": "registry",
    "official-statistics": "official statistics",
    "review": "review article",
    "patient-information": "information for patients",
}


def say_date(day: date | datetime | None) -> str:
    """“22 November 2026” in the language of the answer, or an empty string when there is no date."""
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass
class Reference:
    """A line in the list of sources: its number on this page and the places that point to it."""

    number: int
    key: str
    text: str
    url: str
    evidence: str
    integrity: str
    """A sentence when something is wrong with the source, else empty."""
    marks: list[str] = field(default_factory=list)
    """Ids of the marks that point here, for the links back."""

    @property
    def anchor(self) -> str:
        return f"ref-{self.number}"

    @property
    def page_url(self) -> str:
        return local_path(f"/sources/{self.key}/")


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

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def __bool__(self) -> bool:
        return bool(self._listed)

    def marks(self, keys: Iterable[str]) -> SafeString:
        """The marks of a statement that rests on these sources. Sources that are not public leave no trace."""
        return self.source_marks(SourceContent(key=key, locator="", bearing="supports") for key in keys)

    def source_marks(self, sources: Iterable[SourceContent]) -> SafeString:
        """The marks of a fact's sources; one that disagrees says so in a word."""
        links = [self._link(source) for source in sources if source.key in self._known]
        if not links:
            return mark_safe("")
        words = "Source" if len(links) == 1 else "Sources"
        return mark_safe(f'<sup class="marks"><span class="visually-hidden"> {words}: </span>{" ".join(links)}</sup>')

    def prose(self, text: str) -> SafeString:
        """An editor's Markdown as safe HTML, its `[@key]` as marks."""
        return mark_safe(render(text, self.marks))

    def prose_line(self, text: str) -> SafeString:
        """The same for a single sentence that stands in a list: without a paragraph of its own."""
        html = self.prose(text).strip()
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return mark_safe(html[3:-4] if single else html)

    def _link(self, source: SourceContent) -> str:
        reference = self._listed.get(source.key) or self._list(source.key)
        mark = f"mark-{reference.number}-{len(reference.marks) + 1}"
        reference.marks.append(mark)
        title = f' title="{escape(source.locator)}"' if source.locator else ""
        digit = ' class="digit"' if reference.number < 10 else ""
        link = f'<a href="#{reference.anchor}" id="{mark}"{digit}{title}>{reference.number}</a>'
        word = BEARING.get(source.bearing)
        return f'{link} <span class="bearing">({word})</span>' if word else link

    def _list(self, key: str) -> Reference:
        known = self._known[key]
        self._listed[key] = Reference(
            number=len(self._listed) + 1,
            key=key,
            text=known.text,
            url=known.url,
            evidence=EVIDENCE.get(known.evidence, ""),
            integrity=INTEGRITY.get(known.integrity, ""),
        )
        return self._listed[key]

"""Sources numbered by first appearance, and the marks that stand after statements."""

import re
from collections.abc import Iterable
from functools import cache

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from conditions.content import FrozenCitation
from conditions.freezing import freeze_citation
from conditions.markdown import render
from conditions.models import Citation, FactCitation
from conditions.presenting import BEARING, EVIDENCE, INTEGRITY, UNSOUND
from conditions.references import format_reference

_CITED = re.compile("\ue000(.*?)\ue001")


class Reference:
    """A line in the list of sources."""

    def __init__(self, citation: Citation, number: int, first_mark: str) -> None:
        self.citation, self.number, self.first_mark = citation, number, first_mark
        self.anchor = f"r{number}"
        self.page_url = citation.get_absolute_url()
        self.line = read_line(citation)
        self.evidence = EVIDENCE.get(citation.evidence, "")
        self.integrity = INTEGRITY.get(citation.integrity, "")


class References:
    """Ask for marks in the order in which the page shows them."""

    def __init__(self, citations: Iterable[Citation] = ()) -> None:
        """`citations` are those that Markdown may name by their keys."""
        self._by_key = {citation.key: citation for citation in citations}
        self._listed: dict[str, Reference] = {}
        self._promised: dict[str, int] = {}
        self._marks = 0

    def __iter__(self):
        return iter(self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def marks(self, citations: Iterable[Citation]) -> SafeString:
        return self._mark([(citation, "", "") for citation in citations])

    def source_marks(self, sources: Iterable[FactCitation]) -> SafeString:
        return self._mark(_read(sources))

    def early_marks(self, key: str, sources: Iterable[FactCitation]) -> SafeString:
        """A mark for the short form of a fact whose statement follows: it opens the same sheet."""
        number = self._promised[key] = self._next()
        return self._mark(_read(sources), number, has_sheet=False)

    def fact_marks(self, key: str, sources: Iterable[FactCitation]) -> SafeString:
        return self._mark(_read(sources), self._promised.pop(key, 0))

    def prose(self, text: str) -> SafeString:
        html = read_markdown(text)
        return mark_safe(_CITED.sub(lambda match: self.marks(self._find(match[1].split())), html))

    def prose_line(self, text: str) -> SafeString:
        html = self.prose(text).strip()
        is_single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return mark_safe(html[3:-4] if is_single else html)

    def _find(self, keys: Iterable[str]) -> list[Citation]:
        return [self._by_key[key] for key in keys if key in self._by_key]

    def _next(self) -> int:
        self._marks += 1
        return self._marks

    def _mark(self, sources: list[tuple[Citation, str, str]], number: int = 0, *, has_sheet: bool = True) -> SafeString:
        number = number or self._next()
        if not sources:
            return mark_safe("")
        before = len(self._listed)
        cited = [(self._list(citation, number), where, bearing) for citation, where, bearing in sources]
        anchor = format_html(' id="b{}"', number) if len(self._listed) > before else ""
        button = _draw_button(number, anchor, [_remark(*one) for one in cited])
        return button + _draw_sheet(number, cited) if has_sheet else button

    def _list(self, citation: Citation, number: int) -> Reference:
        if citation.key not in self._listed:
            self._listed[citation.key] = Reference(citation, len(self._listed) + 1, f"b{number}")
        return self._listed[citation.key]


def _read(sources: Iterable[FactCitation]) -> list[tuple[Citation, str, str]]:
    return [(source.citation, source.locator, source.bearing) for source in sources]


def _remark(reference: Reference, where: str, bearing: str) -> str:
    return str(BEARING.get(bearing) or UNSOUND.get(reference.citation.integrity, ""))


def _draw_button(number: int, anchor: str, remarks: list[str]) -> SafeString:
    count = f"{len(remarks)} source{'' if len(remarks) == 1 else 's'}"
    told = [remark for remark in dict.fromkeys(remarks) if remark]
    words = "".join(f", {remarks.count(remark)} {remark}" for remark in told)
    name = "" if words else format_html(' aria-label="{}"', count)
    text = f"{count}{words}" if words else len(remarks)
    return format_html('<button class="m"{} popovertarget="s{}"{}>{}</button>', anchor, number, name, text)


def _draw_sheet(number: int, cited: list[tuple[Reference, str, str]]) -> SafeString:
    lines = format_html_join("; ", "{}", ((_draw_source(*one),) for one in cited))
    return format_html('<span class="sheet" popover id="s{}">{}</span>', number, lines)


def _draw_source(reference: Reference, where: str, bearing: str) -> SafeString:
    remark = _remark(reference, where, bearing)
    link = format_html('<a href="#r{}"><i>Source </i>{}</a>', reference.number, reference.number)
    return format_html("{}{}{}", link, f", {where}" if where else "", f" ({remark})" if remark else "")


@cache
def read_markdown(text: str) -> str:
    """As a column would hold it: safe HTML with the keys of the sources in place of their marks."""
    return render(text, lambda keys: f"\ue000{' '.join(keys)}\ue001")


_lines: dict[int, SafeString] = {}


def read_line(citation: Citation) -> SafeString:
    """The formatted reference, as a column would hold it, with its address as a link."""
    if citation.pk not in _lines:
        _lines[citation.pk] = _make_line(citation)
    return _lines[citation.pk]


def _make_line(citation: Citation) -> SafeString:
    text = conditional_escape(format_reference(FrozenCitation.model_validate(freeze_citation(citation))))
    url = citation.url or (f"https://doi.org/{citation.doi}" if citation.doi else "")
    shown = next((form for form in (url, url.replace("https://doi.org/", "doi:", 1)) if form and form in text), "")
    link = f'<a href="{escape(url)}" rel="noopener noreferrer external">{{}}</a>'
    if shown:
        before, _, after = text.rpartition(escape(shown))
        return mark_safe(before + link.format(escape(shown)) + after)
    return mark_safe(f"{text} {link.format('Read the source')}" if url else text)

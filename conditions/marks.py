"""The one mark after a statement: a button with the number of its sources, and the sheet that it opens.

There are hundreds on a page, so they are written here and not by a template, with no more than they need.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext, ngettext

from editorial.languages import content_lang, interface_lang


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as one statement cites it."""

    number: int
    """In the list of the page."""
    locator: str
    remark: str
    """A word when the source speaks against the statement or is not sound, else empty."""


class Pen:
    """Draws the marks of one page in the language of the answer, which it asks for once."""

    def __init__(self) -> None:
        self._interface, self._content = interface_lang(), content_lang()
        self._source = escape(gettext("Source"))
        self._counts: dict[int, str] = {}

    def draw_button(self, number: int, sources: Sequence[CitedSource], *, is_first: bool) -> str:
        """The button of the mark with this number; with an id where a source is named first, so that its list leads
        back.

        A number says enough to the eye. What speaks against the statement is said in words.
        """
        label = self._say_count(len(sources))
        remarks = Counter(source.remark for source in sources if source.remark)
        words = "".join(f", {count} {escape(remark)}" for remark, count in remarks.items())
        name = "" if words else f' aria-label="{label}"'
        anchor = f' id="b{number}"' if is_first else ""
        text = f"{label}{words}" if words else str(len(sources))
        return f'<button class="m"{anchor}{self._interface} popovertarget="s{number}"{name}>{text}</button>'

    def draw_sheet(self, number: int, sources: Sequence[CitedSource]) -> str:
        """What the button opens: where each source stands in the list. The script adds what it says there, and the
        links to a statement and to a report about it, which stand at the end of its section anyway."""
        lines = "; ".join(map(self._draw_source, sources))
        return f'<span class="sheet"{self._interface} popover id="s{number}">{lines}</span>'

    def _draw_source(self, source: CitedSource) -> str:
        # On paper the number is enough, so the word has a tag of its own.
        line = f'<a href="#r{source.number}"><i>{self._source} </i>{source.number}</a>'
        if source.locator:
            words = escape(source.locator)
            line += f", <span{self._content}>{words}</span>" if self._content else f", {words}"
        return f"{line} ({escape(source.remark)})" if source.remark else line

    def _say_count(self, count: int) -> str:
        if count not in self._counts:
            self._counts[count] = escape(ngettext("%(count)d source", "%(count)d sources", count) % {"count": count})
        return self._counts[count]

"""The one mark after a statement: a button with the number of its sources, and the sheet that it opens.

There are hundreds on a page, so they are written here and not by a template, with no more than they need.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editorial.languages import content_lang, interface_lang


@dataclass(frozen=True)
class CitedSource:
    """A source as one statement cites it."""

    number: int
    """In the list of the page."""
    locator: str
    remark: str
    """A word when the source speaks against the statement or is not sound, else empty."""


def draw_button(number: int, sources: Sequence[CitedSource], *, is_first: bool) -> str:
    """The button of the mark with this number; with an id where a source is named first, so that its list leads back.

    A number says enough to the eye. What speaks against the statement is said in words.
    """
    label = _say_count(len(sources), get_language())
    remarks = Counter(source.remark for source in sources if source.remark)
    words = "".join(f", {count} {escape(remark)}" for remark, count in remarks.items())
    name = "" if words or not sources else f' aria-label="{label}"'
    anchor = f' id="b{number}"' if is_first else ""
    text = f"{label}{words}" if words or not sources else str(len(sources))
    return f'<button class="m"{anchor}{interface_lang()} popovertarget="s{number}"{name}>{text}</button>'


def draw_sheet(number: int, sources: Sequence[CitedSource]) -> str:
    """What the button opens: where each source stands in the list. The script adds what it says there, and the links
    to a statement and to a report about it, which stand at the end of its section anyway."""
    lines = "; ".join(map(_draw_source, sources))
    return f'<span class="sheet"{interface_lang()} popover id="s{number}">{lines}</span>'


def _draw_source(source: CitedSource) -> str:
    # On paper the number is enough, so the word has a tag of its own.
    link = f'<a href="#r{source.number}"><i>{_say_source(get_language())} </i>{source.number}</a>'
    lang = content_lang()
    words = f"<span{lang}>{escape(source.locator)}</span>" if lang else escape(source.locator)
    locator = f", {words}" if source.locator else ""
    return f"{link}{locator} ({escape(source.remark)})" if source.remark else link + locator


# The words are the same in all the marks of a language, and looking up a translation takes longer than drawing one.


@lru_cache
def _say_source(language: str | None) -> str:
    return escape(_("Source"))


@lru_cache
def _say_count(count: int, language: str | None) -> str:
    if not count:
        return escape(_("no public source"))
    return escape(ngettext("%(count)d source", "%(count)d sources", count) % {"count": count})

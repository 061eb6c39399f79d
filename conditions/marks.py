"""The one mark after a statement: a button with the number of its sources, and the sheet that it opens.

There are hundreds on a page, so they are written here and not by a template, with no more than they need.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from editorial.languages import content_lang, interface_lang, local_path, neutral_path

FactLinks = Callable[[str], SafeString]
"""From the key of a fact to what its sheet offers beside its sources."""


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


def draw_sheet(number: int, sources: Sequence[CitedSource], links: str = "") -> str:
    """What the button opens: where each source stands in the list, and the `links` of the statement (HTML)."""
    lines = "; ".join(map(_draw_source, sources))
    return f'<span class="sheet"{interface_lang()} popover id="s{number}">{lines}{links}</span>'


def draw_fact_links(path: str) -> FactLinks:
    """For a statement on the page with this path: the link to it, and the way to say that it is wrong."""
    words = _say(get_language())
    feedback = escape(f"{local_path('/feedback/')}?{urlencode({'about': neutral_path(path)}, safe='/')}&fact=")

    def draw(key: str) -> SafeString:
        key = escape(key)
        link = f' <a class="copy-link" href="#fact-{key}">{words.link}</a>'
        return mark_safe(f'{link} <a rel="nofollow" href="{feedback}{key}">{words.wrong}</a>')

    return draw


def _draw_source(source: CitedSource) -> str:
    # On paper the number is enough, so the word has a tag of its own.
    link = f'<a href="#r{source.number}"><i>{_say(get_language()).source} </i>{source.number}</a>'
    lang = content_lang()
    words = f"<span{lang}>{escape(source.locator)}</span>" if lang else escape(source.locator)
    locator = f", {words}" if source.locator else ""
    return f"{link}{locator} ({escape(source.remark)})" if source.remark else link + locator


# The words are the same in all the marks of a language, and looking up a translation takes longer than drawing one.


@dataclass(frozen=True)
class _Words:
    source: str
    link: str
    wrong: str


@lru_cache
def _say(language: str | None) -> _Words:
    link, wrong = _("Link to this statement"), _("Is something wrong here?")
    return _Words(source=escape(_("Source")), link=escape(link), wrong=escape(wrong))


@lru_cache
def _say_count(count: int, language: str | None) -> str:
    if not count:
        return escape(_("no public source"))
    return escape(ngettext("%(count)d source", "%(count)d sources", count) % {"count": count})

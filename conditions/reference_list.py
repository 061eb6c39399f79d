"""The numbered list of sources. Each line leads to the source, to its own page, and back to where it is cited first.

There are many, so they are written here and not by a template, with no more than they need.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.languages import content_lang, local_path, say_in_interface

READ = _("Read the source")


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
    def line(self) -> SafeString:
        """The formatted reference, in which the identifier or the address is a link to the source."""
        return mark_safe(_draw_text(self, content_lang()))

    def list_forms(self) -> Iterator[str]:
        """How the text may name its address."""
        if self.url:
            yield self.url
            yield self.url.replace("https://doi.org/", "doi:", 1)


def draw_list(references: Iterable[Reference]) -> SafeString:
    lang, sources = content_lang(), local_path("/sources/")
    about, back = escape(gettext("About this source")), escape(gettext("Back to the text"))
    lines = (
        f'<li id="r{reference.number}">{_draw_text(reference, lang)}{_draw_remarks(reference)}'
        f' <a href="{sources}{escape(reference.key)}/">{about}</a>'
        f' <a class="back" href="#{reference.first_mark}">{back}</a></li>\n'
        for reference in references
    )
    return mark_safe(f'<ol class="references">\n{"".join(lines)}</ol>')


def _draw_remarks(reference: Reference) -> str:
    integrity = f' <strong class="integrity">{escape(reference.integrity)}</strong>' if reference.integrity else ""
    return f'{integrity} <span class="tag">{escape(reference.evidence)}</span>' if reference.evidence else integrity


def _draw_text(reference: Reference, lang: str) -> str:
    text = escape(reference.text)
    shown = escape(next((form for form in reference.list_forms() if form in reference.text), ""))
    if shown:
        start = text.rindex(shown)
        text = f"{text[:start]}{_link(reference, shown)}{text[start + len(shown) :]}"
    elif reference.url:
        text = f"{text} {_link(reference, say_in_interface(READ))}"
    return f"<span{lang}>{text}</span>" if lang else text


def _link(reference: Reference, text: str) -> str:
    return f'<a href="{escape(reference.url)}" rel="noopener noreferrer external">{text}</a>'

"""What opens when a marked word is pressed."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from conditions.content import TermContent
from editorial.languages import content_lang, local_path


def draw_definitions(terms: Iterable[TermContent]) -> SafeString:
    lang, glossary, more = content_lang(), local_path("/glossary/"), escape(_("In the glossary, with sources"))
    return mark_safe("".join(_draw(term, lang, f"{glossary}#term-", more) for term in terms))


def _draw(term: TermContent, lang: str, place: str, more: str) -> str:
    slug = escape(term.slug)
    short = f" ({escape(term.abbreviation)})" if term.abbreviation else ""
    return (
        f'<div class="definition" id="term-{slug}" popover>'
        f"<p{lang}><dfn>{escape(term.preferred)}{short}</dfn> {escape(term.definition)}</p>"
        f'<p><a href="{place}{slug}">{more}</a></p></div>\n'
    )

"""{% explain terms names %}…{% endexplain %}: a part of a page with the words that the glossary explains."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString

from conditions.composing import Name
from conditions.content import TermContent
from conditions.definition_html import draw_definitions
from conditions.definitions import explain as explain_words
from conditions.presenting import put_marks

register = template.Library()


@register.simple_block_tag
def explain(
    content: SafeString,
    terms: Sequence[TermContent],
    names: Name | Iterable[Name] = (),
    marks: Sequence[str] = (),
) -> SafeString:
    """`names` are the conditions that the page is about, which it need not explain by a word of the glossary.

    `marks` of sources are put in their places after that, for there is nothing to explain in them.
    """
    about = (names,) if isinstance(names, Name) else names
    own_names = {own for name in about for own in (name.name, name.abbreviation) if own}
    explained = explain_words(content, terms or (), own_names)
    html = put_marks(explained.html, marks) if marks else explained.html
    return html + draw_definitions(explained.terms)


@register.filter
def with_marks(html: str, marks: Sequence[str]) -> SafeString:
    """What is kept ready of a page, with the marks of its sources in their places."""
    return put_marks(html, marks)

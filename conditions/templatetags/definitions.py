"""{% explain terms names %}…{% endexplain %}: a part of a page with the words that the glossary explains."""

from collections.abc import Iterable, Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from conditions.composing import Name
from conditions.content import TermContent
from conditions.definitions import explain as explain_words
from editorial.languages import content_lang

register = template.Library()


@register.simple_block_tag
def explain(content: SafeString, terms: Sequence[TermContent], names: Name | Iterable[Name] = ()) -> SafeString:
    """`names` are the conditions that the page is about, which it need not explain by a word of the glossary."""
    about = (names,) if isinstance(names, Name) else names
    own_names = {own for name in about for own in (name.name, name.abbreviation) if own}
    explained = explain_words(content, terms or (), own_names)
    context = {"terms": explained.terms, "content_lang": content_lang()}
    return explained.html + render_to_string("conditions/_definitions.html", context)

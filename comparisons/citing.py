"""What a comparison and a FAQ say on the word of a source. Pure: from an edition's content alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparisons.content import ComparisonContent, FAQContent
from conditions.citing import list_sentences
from conditions.markdown import cited_keys, plain
from editorial.cited import Cited
from editorial.languages import say_in_interface
from editorial.registry import Frozen

_PLACES = {
    "similarity": (gettext_lazy("What they share"), "#shared"),
    "difference": (gettext_lazy("How they differ"), "#differences"),
    "co-occurrence": (gettext_lazy("Can you have both?"), "#both"),
    "confusion": (gettext_lazy("What people confuse"), "#confusions"),
}


def list_in_comparison(content: Frozen, key: str) -> list[Cited]:
    comparison = ComparisonContent.model_validate(content)
    answer = [
        Cited(text, say_in_interface(_("Answer")))
        for part in (comparison.answer, comparison.summary)
        for text in list_sentences(part, key)
    ]
    return [*answer, *_list_points(comparison, key), *_list_leads(comparison, key)]


def list_in_faq(content: Frozen, key: str) -> list[Cited]:
    """The sentences that cite it, or the whole answer where the source stands behind all of it."""
    faq = FAQContent.model_validate(content)
    found = [Cited(text, say_in_interface(_("Answer"))) for text in list_sentences(faq.answer, key)]
    return found or ([Cited(plain(faq.answer), say_in_interface(_("Answer")))] if key in faq.citations else [])


def _list_points(comparison: ComparisonContent, key: str) -> Iterator[Cited]:
    for point in comparison.points:
        if key in (*point.citations, *cited_keys(point.text)) and point.kind in _PLACES:
            place, anchor = _PLACES[point.kind]
            yield Cited(plain(point.text), say_in_interface(place), anchor)


def _list_leads(comparison: ComparisonContent, key: str) -> Iterator[Cited]:
    for section in comparison.sections:
        anchor = f"#topic-{section.topic.slug}" if section.topic else f"#section-{section.position}"
        for text in list_sentences(section.lead, key):
            yield Cited(text, section.heading, anchor)

"""What machines read in comparisons, questions and the first page, in words of schema.org: only what is visible."""

from collections.abc import Iterable, Sequence

from comparisons.compose import Curated
from comparisons.content import FAQContent
from comparisons.page import ComparisonPage
from comparisons.picking import Choices
from comparisons.questions import QuestionGroup
from conditions.markdown import plain
from conditions.named import PublicPage
from conditions.naming import Name
from conditions.presenting import Reference
from conditions.reviewing import ReviewNote
from conditions.structured import (
    condition_id,
    describe_page,
    describe_trail,
    describe_website,
    list_items,
    name_condition,
)
from editorial.json_ld import Node
from editorial.site import absolute_url


def describe_comparison_page(page: ComparisonPage, curated: Curated | None) -> list[Node]:
    """Key facts only, and sources by the addresses of their pages: a page that is light stays light."""
    conditions = [
        {**name_condition(name), **said, "differentialDiagnosis": _tell_apart(name, page.names, page.signs)}
        for name, said in zip(page.names, page.in_short, strict=True)
    ]
    version = curated.edition.number if curated else 0
    cited = (reference.key for reference in page.references)
    described = describe_page("MedicalWebPage", page.path, page.title, review=page.review, cited=cited, version=version)
    about = [{"@id": condition["@id"]} for condition in conditions]
    return [{**described, "about": about}, *conditions, describe_trail(page.path, page.title)]


def _tell_apart(one: Name, names: Sequence[Name], signs: Sequence[str]) -> list[Node]:
    """Each other condition, with the signs by which editors tell the two apart."""
    said = [{"@type": "MedicalSignOrSymptom", "description": sign} for sign in signs]
    return [
        {
            "@type": "DDxElement",
            "diagnosis": {"@id": condition_id(other.slug)},
            **({"distinguishingSign": said} if said else {}),
        }
        for other in names
        if other.slug != one.slug
    ]


def describe_faq_page(
    content: FAQContent,
    pages: Iterable[PublicPage],
    *,
    path: str,
    review: ReviewNote,
    references: Iterable[Reference],
    version: int,
) -> list[Node]:
    question = {
        "@type": "Question",
        "@id": absolute_url(f"/faqs/{content.slug}/#question"),
        "name": content.question,
        "acceptedAnswer": {"@type": "Answer", "text": plain(content.answer)},
    }
    about = [
        {"@type": "MedicalCondition", "@id": condition_id(p.slug), "name": p.name}
        for p in pages
        if p.kind == "condition"
    ]
    cited = (reference.key for reference in references)
    page = describe_page("FAQPage", path, content.question, review=review, cited=cited, version=version)
    return [{**page, "about": about, "mainEntity": [question]}, describe_trail(path, content.question)]


def describe_faq_list(groups: Iterable[QuestionGroup], *, name: str, path: str) -> list[Node]:
    """The questions with the addresses of their answers, each once."""
    places = {absolute_url(question.url): question.text for group in groups for question in group.questions}
    page = describe_page("CollectionPage", path, name, review=None)
    items = {"@type": "ItemList", "itemListElement": list_items(places.items())}
    return [{**page, "mainEntity": items}, describe_trail(path, name)]


def describe_home(choices: Choices, *, path: str) -> list[Node]:
    """The site, the conditions and what compares them."""
    places = [(absolute_url(card.url), card.title) for card in choices.ready]
    page = describe_page("CollectionPage", path, describe_website()["name"], review=None)
    about = [name_condition(card.label, card.also_known_as) for card in choices.listed]
    items = {"@type": "ItemList", "itemListElement": list_items(places)}
    return [{**page, "about": about, "mainEntity": items}]

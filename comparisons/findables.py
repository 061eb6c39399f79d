"""What of a comparison and a FAQ readers can search for. Pure: from an edition's content alone."""

from comparisons.content import ComparisonContent, FAQContent
from conditions.markdown import plain
from editorial.extracts import Findable
from editorial.registry import Frozen


def list_comparison_findables(content: Frozen) -> list[Findable]:
    comparison = ComparisonContent.model_validate(content)
    leads = [f"{section.heading} {plain(section.lead)}" for section in comparison.sections]
    points = [plain(point.text) for point in comparison.points]
    found = Findable(
        kind="comparison",
        address=f"/compare/{comparison.slug}/",
        title=comparison.title,
        tier=1,
        text=plain(comparison.answer),
        more=" ".join([plain(comparison.summary), *leads, *points]),
        about=tuple(comparison.conditions),
    )
    return [found]


def list_faq_findables(content: Frozen) -> list[Findable]:
    faq = FAQContent.model_validate(content)
    found = Findable(
        kind="faq",
        address=f"/faqs/{faq.slug}/",
        title=faq.question,
        tier=1,
        text=plain(faq.answer),
        about=tuple(faq.conditions),
        position=faq.position,
    )
    return [found]

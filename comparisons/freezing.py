"""From the working copy to the typed content that an approval binds. No queries on loaded items."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from comparisons.content import FrozenComparison, FrozenFAQ, FrozenPoint, FrozenSection
from comparisons.models import FAQ, ComparedCondition, Comparison, Point, Section
from conditions.freezing import citation_keys, freeze_picture, freeze_topic
from editorial.registry import Frozen


def load_comparisons(pks: Iterable[int]) -> QuerySet[Comparison]:
    columns = Prefetch("columns", ComparedCondition.objects.select_related("condition").order_by("position", "pk"))
    sections = Prefetch(
        "sections", Section.objects.select_related("topic").prefetch_related("rests_on").order_by("position", "pk")
    )
    points = Prefetch(
        "points",
        Point.objects.select_related("topic").prefetch_related("rests_on", "citations").order_by("position", "pk"),
    )
    return (
        Comparison.objects.filter(pk__in=pks)
        .select_related("review", "picture")
        .prefetch_related(columns, sections, points)
    )


def load_faqs(pks: Iterable[int]) -> QuerySet[FAQ]:
    return (
        FAQ.objects.filter(pk__in=pks)
        .select_related("review")
        .prefetch_related("conditions", "comparisons", "citations")
    )


def freeze_comparison(item: Comparison) -> Frozen:
    return FrozenComparison(
        slug=item.slug,
        title=item.title,
        answer=item.answer,
        summary=item.summary,
        conditions=[column.condition.review_id for column in item.columns.all()],
        picture=freeze_picture(item),
        sections=[_section(section) for section in item.sections.all()],
        points=[_point(point) for point in item.points.all()],
    ).model_dump(mode="json")


def freeze_faq(item: FAQ) -> Frozen:
    return FrozenFAQ(
        slug=item.slug,
        question=item.question,
        answer=item.answer,
        conditions=sorted(condition.review_id for condition in item.conditions.all()),
        comparisons=sorted(comparison.review_id for comparison in item.comparisons.all()),
        citations=citation_keys(item.citations.all()),
        position=item.position,
    ).model_dump(mode="json")


def _section(section: Section) -> FrozenSection:
    return FrozenSection(
        topic=freeze_topic(section.topic) if section.topic else None,
        heading=section.heading,
        lead=section.lead,
        verdict=section.verdict,
        rests_on=sorted(fact.key for fact in section.rests_on.all()),
        position=section.position,
    )


def _point(point: Point) -> FrozenPoint:
    return FrozenPoint(
        kind=point.kind,
        topic=freeze_topic(point.topic) if point.topic else None,
        text=point.text,
        citations=citation_keys(point.citations.all()),
        rests_on=sorted(fact.key for fact in point.rests_on.all()),
        position=point.position,
    )

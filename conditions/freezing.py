"""From the working copy to the typed content that an approval binds. No queries on loaded items."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from conditions.content import (
    FrozenCitation,
    FrozenCondition,
    FrozenFact,
    FrozenSource,
    FrozenSubtype,
    FrozenTerm,
    MeasureContent,
    PictureContent,
    QuantityContent,
    TopicContent,
)
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Term, Topic
from editorial.registry import Frozen


def load_conditions(pks: Iterable[int]) -> QuerySet[Condition]:
    subtypes = Prefetch("subtypes", Subtype.objects.order_by("position", "slug").prefetch_related("citations"))
    return (
        Condition.objects.filter(pk__in=pks)
        .select_related("review", "parent__review", "picture")
        .prefetch_related("definition_citations", "codes_citations", subtypes)
    )


def load_facts(pks: Iterable[int]) -> QuerySet[Fact]:
    sources = Prefetch("sources", FactCitation.objects.select_related("citation__review").order_by("position", "pk"))
    related = ("review", "condition__review", "subtype", "topic", "measure", "parent__review")
    has_children = Exists(Fact.objects.filter(parent=OuterRef("pk")))
    facts = Fact.objects.filter(pk__in=pks).select_related(*related).prefetch_related(sources)
    return facts.annotate(has_children=has_children)


def load_citations(pks: Iterable[int]) -> QuerySet[Citation]:
    return Citation.objects.filter(pk__in=pks).select_related("review", "superseded_by")


def load_terms(pks: Iterable[int]) -> QuerySet[Term]:
    return Term.objects.filter(pk__in=pks).select_related("review").prefetch_related("citations")


def freeze_condition(item: Condition) -> Frozen:
    return _dump(
        FrozenCondition(
            **_values(item, "slug", "name", "abbreviation", "also_known_as", "definition", "category", "body_system"),
            **_values(item, "icd10", "icd10_detail", "icd11", "mesh", "omim", "evidence_searched_on", "position"),
            definition_citations=citation_keys(item.definition_citations.all()),
            codes_citations=citation_keys(item.codes_citations.all()),
            parent=item.parent.review_id if item.parent else None,
            picture=freeze_picture(item),
            subtypes=[_subtype(subtype) for subtype in item.subtypes.all()],
        )
    )


def freeze_fact(item: Fact) -> Frozen:
    return _dump(
        FrozenFact(
            **_values(item, "key", "group", "kind", "label", "text", "short", "prominence"),
            **_values(item, "rule", "rule_count", "position", "certainty"),
            condition=item.condition.review_id,
            subtype=item.subtype.slug if item.subtype else "",
            topic=freeze_topic(item.topic),
            parent=item.parent.key if item.parent else "",
            quantity=_quantity(item) if item.has_quantity else None,
            sources=[
                FrozenSource(key=s.citation.key, locator=s.locator, bearing=s.bearing, quote=s.quote)
                for s in item.sources.all()
            ],
        )
    )


def freeze_citation(item: Citation) -> Frozen:
    names = [name for name in FrozenCitation.model_fields if name not in {"superseded_by"}]
    superseded_by = item.superseded_by.key if item.superseded_by else ""
    return _dump(FrozenCitation(**_values(item, *names), superseded_by=superseded_by))


def freeze_term(item: Term) -> Frozen:
    values = _values(item, "slug", "preferred", "abbreviation", "definition")
    return _dump(FrozenTerm(**values, citations=citation_keys(item.citations.all())))


def freeze_picture(item: Any) -> PictureContent | None:
    """The picture of a condition or comparison: its bytes by hash, its words and its credit."""
    if item.picture is None:
        return None
    return PictureContent(
        sha256=item.picture.sha256,
        media_type=item.picture.media_type,
        alt=item.picture_alt,
        credit=item.picture_credit,
    )


def citation_keys(citations: Iterable[Citation]) -> list[str]:
    return sorted(citation.key for citation in citations)


def plain_number(value: Decimal | None) -> str | None:
    """A decimal without trailing zeros, as digits: 72.0 and 72.000000 are the same number."""
    return None if value is None else format(Decimal(value).normalize(), "f")


def _dump(content: Any) -> Frozen:
    return content.model_dump(mode="json")


def _values(item: Any, *names: str) -> Frozen:
    return {name: getattr(item, name) for name in names}


def freeze_topic(topic: Topic) -> TopicContent:
    return TopicContent(**_values(topic, *TopicContent.model_fields))


def _measure(measure: Measure) -> MeasureContent:
    return MeasureContent(**_values(measure, *MeasureContent.model_fields))


def _subtype(subtype: Subtype) -> FrozenSubtype:
    values = _values(subtype, "slug", "name", "abbreviation", "definition", "is_separate")
    return FrozenSubtype(**values, citations=citation_keys(subtype.citations.all()))


_NUMBERS = ("value", "low", "high", "interval_low", "interval_high", "comparator_value")


def _quantity(fact: Fact) -> QuantityContent:
    texts = [name for name in QuantityContent.model_fields if name not in {*_NUMBERS, "measure"}]
    numbers = {name: plain_number(getattr(fact, name)) for name in _NUMBERS}
    measure = _measure(fact.measure) if fact.measure else None
    return QuantityContent(measure=measure, **numbers, **_values(fact, *texts))

"""Approvals → the content of conditions, sources and the glossary. `build_…` are pure: no queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from conditions.content import (
    CitationContent,
    ConditionContent,
    FactContent,
    FrozenCitation,
    FrozenCondition,
    FrozenFact,
    FrozenTerm,
    GlossaryContent,
    ReferenceContent,
    SourceContent,
    TermContent,
    TopicContent,
)
from editorial.dependencies import name_of
from editorial.models import Decision, Review
from editorial.workflow import Action

Decisions = Sequence[Decision]


def current_decisions(where: Q) -> list[Decision]:
    """The live approvals, their confirmations and the newest retirements of the Reviews that `where` finds."""
    rows = Review.objects.filter(where).values_list("approval_id", "confirmation_id", "retirement_id")
    ids = {pk for row in rows for pk in row if pk is not None}
    return list(Decision.objects.filter(pk__in=ids).select_related("review").in_order())


def with_citations(decisions: list[Decision], keys: Iterable[str]) -> list[Decision]:
    """`decisions` and those of the citations with these keys."""
    return [*decisions, *current_decisions(Q(kind="citation", key__in=sorted(set(keys))))]


def approvals(decisions: Decisions, kind: str) -> list[Decision]:
    return [d for d in decisions if d.action == Action.APPROVE and d.review.kind == kind]


def find_own(decisions: Decisions, review_id: int | None) -> Decision | None:
    """The live approval of the subject itself."""
    return next((d for d in decisions if d.action == Action.APPROVE and d.review_id == review_id), None)


def approved_content(decision: Decision) -> dict[str, Any]:
    return decision.content["content"]


def gather_condition(review_id: int | None) -> list[Decision]:
    own = current_decisions(Q(pk=review_id))
    facts = current_decisions(Q(fact__condition__review_id=review_id))
    return with_citations([*own, *facts], cited_keys([*own, *facts]))


def gather_citation(review_id: int | None) -> list[Decision]:
    own = current_decisions(Q(pk=review_id))
    return with_citations(own, {approved_content(d)["superseded_by"] for d in own if d.content} - {""})


def gather_glossary(review_id: int | None) -> list[Decision]:
    terms = current_decisions(Q(kind="term"))
    return with_citations(terms, cited_keys(terms))


def cited_keys(decisions: Iterable[Decision]) -> set[str]:
    """Keys of all sources that these approvals cite."""
    keys: set[str] = set()
    for decision in decisions:
        if decision.content:
            keys.update(_keys_of(decision.review.kind, approved_content(decision)))
    return keys


def build_condition(decisions: Decisions, review_id: int | None) -> ConditionContent | None:
    """The condition's content, or None when the condition itself has no live approval."""
    own = find_own(decisions, review_id)
    if own is None:
        return None
    condition = FrozenCondition.model_validate(approved_content(own))
    references = build_references(decisions)
    subtypes = {subtype.slug for subtype in condition.subtypes}
    facts = _build_facts(decisions, references, subtypes)
    values = condition.model_dump()
    values["definition_citations"] = [key for key in condition.definition_citations if key in references]
    values["codes_citations"] = [key for key in condition.codes_citations if key in references]
    for subtype in values["subtypes"]:
        subtype["citations"] = [key for key in subtype["citations"] if key in references]
    return ConditionContent(
        **values, **page_values(decisions, references), id=own.review_id, approval=own.pk, facts=facts
    )


def build_citation(decisions: Decisions, review_id: int | None) -> CitationContent | None:
    """The source's content. What superseded it is named only when that is approved."""
    own = find_own(decisions, review_id)
    if own is None:
        return None
    references = build_references(decisions)
    record = FrozenCitation.model_validate(approved_content(own)).model_dump()
    if record["superseded_by"] not in references:
        record["superseded_by"] = ""
    return CitationContent(
        **record, **page_values([own], references), approval=own.pk, reference=references[record["key"]]
    )


def build_glossary(decisions: Decisions, review_id: int | None = None) -> GlossaryContent | None:
    references = build_references(decisions)
    terms = []
    for decision in approvals(decisions, "term"):
        values = FrozenTerm.model_validate(approved_content(decision)).model_dump()
        values["citations"] = [key for key in values["citations"] if key in references]
        terms.append(TermContent(**values, id=decision.review_id, approval=decision.pk))
    if not terms:
        return None
    terms.sort(key=lambda term: (term.preferred.casefold(), term.slug))
    return GlossaryContent(**page_values(decisions, references), terms=terms)


def build_references(decisions: Decisions) -> dict[str, ReferenceContent]:
    """The approved sources among the decisions, by key in order."""
    references = [_reference(decision) for decision in approvals(decisions, "citation")]
    return {reference.key: reference for reference in sorted(references, key=lambda r: r.key)}


def page_values(decisions: Decisions, references: dict[str, ReferenceContent]) -> dict[str, Any]:
    """What every subject's content holds: see PageContent."""
    approved = [d for d in decisions if d.action == Action.APPROVE]
    clinical = [d for d in approved if d.review.kind != "citation"] or approved
    names = {", ".join(filter(None, (d.actor_name, d.actor_credentials))) for d in clinical}
    return {
        "references": references,
        "reviewers": sorted(names),
        "is_demonstration": any(d.is_demonstration for d in clinical),
        "withdrawn": {name_of(d): d.pk for d in sorted(decisions, key=lambda d: d.pk) if d.action == Action.RETIRE},
    }


def _reference(decision: Decision) -> ReferenceContent:
    record = FrozenCitation.model_validate(approved_content(decision))
    return ReferenceContent(
        key=record.key,
        approval=decision.pk,
        text=decision.content["derived"]["reference"],
        title=record.title,
        url=record.url or (f"https://doi.org/{record.doi}" if record.doi else ""),
        evidence=record.evidence,
        integrity=record.integrity,
        issued=record.issued,
    )


def _build_facts(
    decisions: Decisions, references: dict[str, ReferenceContent], subtypes: set[str]
) -> list[FactContent]:
    """The approved facts, each tied only to what is approved: its sources, its subtype."""
    frozen = [(d, FrozenFact.model_validate(approved_content(d))) for d in approvals(decisions, "fact")]
    reviewed = _reviewed_on(decisions)
    gone = {d.review.key for d in decisions if d.review.kind == "citation" and d.action == Action.RETIRE}
    unsound = {key for key, reference in references.items() if reference.integrity == "retracted"}
    topics = _newest_topics(frozen)
    facts = []
    for decision, fact in frozen:
        values = fact.model_dump(exclude={"condition", "sources", "topic"})
        values["subtype"] = fact.subtype if fact.subtype in subtypes else ""
        cited = [s for s in fact.sources if s.key in references]
        facts.append(
            FactContent(
                **values,
                topic=topics[fact.topic.slug],
                approval=decision.pk,
                reviewed_on=reviewed[decision.review_id],
                sources=[SourceContent(**s.model_dump(exclude={"quote"})) for s in cited],
                has_withdrawn_source=any(
                    s.key in unsound or (s.key in gone and s.key not in references) for s in fact.sources
                ),
            )
        )
    return sorted(facts, key=lambda f: (f.topic.position, f.topic.slug, f.position, f.key))


def _newest_topics(frozen: Iterable[tuple[Decision, FrozenFact]]) -> dict[str, TopicContent]:
    """A topic's words as the newest approval under it has them, so that a page names a topic in one way."""
    return {fact.topic.slug: fact.topic for _, fact in sorted(frozen, key=lambda pair: pair[0].pk)}


def _reviewed_on(decisions: Decisions) -> dict[int, Any]:
    ordered = sorted((d for d in decisions if d.reviewed_on), key=lambda d: d.pk)
    return {d.review_id: d.reviewed_on for d in ordered}


def _keys_of(kind: str, content: dict[str, Any]) -> set[str]:
    if kind == "fact":
        return {source["key"] for source in content["sources"]}
    if kind == "condition":
        nested = {key for subtype in content["subtypes"] for key in subtype["citations"]}
        return {*content["definition_citations"], *content["codes_citations"], *nested}
    return set(content.get("citations", ()))

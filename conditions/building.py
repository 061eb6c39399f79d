"""Approvals → the content of conditions, sources and the glossary. `build_…` are pure: no queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

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
from conditions.models import Fact
from editorial.dependencies import name_of
from editorial.models import Decision, Review
from editorial.outlines import Decided
from editorial.registry import Gathered
from editorial.workflow import Action

Decisions = Sequence[Decision]


_CURRENT = ("approval_id", "confirmation_id", "retirement_id")
"""Of a Review, the decisions that say what is public of it."""
_BUILT_FROM = (
    *("action", "content", "is_demonstration", "actor_name", "actor_credentials", "reviewed_on", "review_by"),
    *("materiality", "is_correction", "review__kind", "review__key"),
)
"""All that an edition takes from a decision: a page of 140 facts loads 200 of them."""


def gather_own(review_ids: Collection[int | None]) -> Gathered:
    """The live approvals, their confirmations and the newest retirements of these Reviews, by Review. Two queries."""
    return _load(review_ids, Review.objects.filter(pk__in=review_ids).values_list("pk", *_CURRENT))


def add_citations(gathered: Gathered, keys: Mapping[int | None, Iterable[str]]) -> Gathered:
    """What was gathered, with the decisions on the sources that each subject cites by these keys. Two queries."""
    cited = {owner: sorted(set(some)) for owner, some in keys.items()}
    wanted = {key for some in cited.values() for key in some}
    rows = Review.objects.filter(kind="citation", key__in=wanted).values_list("key", *_CURRENT) if wanted else ()
    by_key = _load(wanted, rows)
    return {o: [*found, *(d for key in cited.get(o, ()) for d in by_key[key])] for o, found in gathered.items()}


def _load(owners: Iterable[Any], rows: Iterable[tuple[Any, ...]]) -> dict[Any, list[Decision]]:
    """The decisions that the rows name, each row with its owner in front."""
    owner_of = {pk: owner for owner, *pks in rows for pk in pks if pk is not None}
    found: dict[Any, list[Decision]] = {owner: [] for owner in owners}
    decisions = Decision.objects.filter(pk__in=owner_of).select_related("review").only(*_BUILT_FROM)
    for decision in decisions.in_order():
        found[owner_of[decision.pk]].append(decision)
    return found


def approvals(decisions: Decisions, kind: str) -> list[Decision]:
    return [d for d in decisions if d.action == Action.APPROVE and d.review.kind == kind]


def find_own(decisions: Decisions, review_id: int | None) -> Decision | None:
    """The live approval of the subject itself."""
    return next((d for d in decisions if d.action == Action.APPROVE and d.review_id == review_id), None)


def approved_content(decision: Decision) -> dict[str, Any]:
    return decision.content["content"]


def gather_conditions(review_ids: Collection[int | None]) -> Gathered:
    """Four queries, however many conditions."""
    own = Review.objects.filter(pk__in=review_ids).order_by().values_list("pk", *_CURRENT)
    facts = Fact.objects.filter(condition__review__in=review_ids).order_by()
    rows = own.union(facts.values_list("condition__review", *(f"review__{name}" for name in _CURRENT)), all=True)
    gathered = _load(review_ids, rows)
    return add_citations(gathered, {owner: cited_keys(found) for owner, found in gathered.items()})


def gather_citations(review_ids: Collection[int | None]) -> Gathered:
    gathered = gather_own(review_ids)
    newer = {
        owner: {approved_content(d)["superseded_by"] for d in own if d.content} - {""}
        for owner, own in gathered.items()
    }
    return add_citations(gathered, newer)


def gather_glossary(review_ids: Collection[int | None]) -> Gathered:
    """There is one glossary, which has no Review of its own."""
    ids = Review.objects.filter(kind="term").values_list("pk", flat=True)
    terms = [decision for own in gather_own(list(ids)).values() for decision in own]
    return add_citations(dict.fromkeys(review_ids, terms), {owner: cited_keys(terms) for owner in review_ids})


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
    return {"references": references, **list_signed(decisions)}


def list_signed(decisions: Sequence[Decided]) -> dict[str, Any]:
    """What a page says of who stands behind it, and of what was withdrawn from it."""
    approved = [d for d in decisions if d.action == Action.APPROVE]
    clinical = [d for d in approved if d.review.kind != "citation"] or approved
    signed = {(d.actor_name, d.actor_credentials) for d in clinical}
    names = {", ".join(filter(None, one)) for one in signed}
    return {
        "reviewers": sorted(names),
        "is_demonstration": any(d.is_demonstration for d in clinical),
        "withdrawn": {name_of(d): d.pk for d in sorted(_list_retired(decisions), key=lambda d: d.pk)},
    }


def _list_retired(decisions: Iterable[Decided]) -> list[Decided]:
    return [decision for decision in decisions if decision.action == Action.RETIRE]


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
    integrity = {key: reference.integrity for key, reference in references.items()}
    around = Surroundings(integrity, list_retired_sources(decisions), subtypes)
    topics = _newest_topics(frozen)
    facts = [
        build_fact(d, fact, around, topic=topics[fact.topic.slug], reviewed_on=reviewed[d.review_id])
        for d, fact in frozen
    ]
    return sorted(facts, key=lambda f: (f.topic.position, f.topic.slug, f.position, f.key))


@dataclass(frozen=True)
class Surroundings:
    """What is approved on the page of a fact."""

    references: Mapping[str, str]
    """{key: integrity} of the approved sources."""
    retired: Collection[str]
    """Keys of sources that were retired."""
    subtypes: Collection[str]


def build_fact(
    decision: Decision, fact: FrozenFact, around: Surroundings, *, topic: TopicContent, reviewed_on: date
) -> FactContent:
    """The fact as readers get it."""
    values = fact.model_dump(exclude={"condition", "sources", "topic"})
    values["subtype"] = fact.subtype if fact.subtype in around.subtypes else ""
    cited = [s for s in fact.sources if s.key in around.references]
    return FactContent(
        **values,
        topic=topic,
        approval=decision.pk,
        reviewed_on=reviewed_on,
        sources=[SourceContent(**s.model_dump(exclude={"quote"})) for s in cited],
        has_withdrawn_source=any(_is_withdrawn(s.key, around) for s in fact.sources),
    )


def _is_withdrawn(key: str, around: Surroundings) -> bool:
    integrity = around.references.get(key)
    return integrity == "retracted" or (integrity is None and key in around.retired)


def list_retired_sources(decisions: Iterable[Decided]) -> set[str]:
    return {d.review.key for d in decisions if d.review.kind == "citation" and d.action == Action.RETIRE}


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

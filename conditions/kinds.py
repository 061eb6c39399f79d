"""Tells the editorial layer what this app has: its reviewed kinds, its subjects, what rests on what."""

from collections.abc import Iterable, Sequence

from conditions import (
    building,
    changes,
    checks,
    citing,
    findables,
    freezing,
    kept,
    outlining,
    revising,
    sources,
    vocabulary,
    wording,
)
from conditions.cells import CELLS
from conditions.content import ConditionContent, FrozenCitation
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Term, Topic
from conditions.references import format_reference
from conditions.unsound import UNSOUND_SOURCES
from editorial import registry
from editorial.dependencies import find_dependent_subjects, find_dependents
from editorial.languages import local_path
from editorial.models import Decision
from editorial.registry import Child, Frozen, Kind, Subject
from editorial.revisers import Reviser
from editorial.workflow import Action

SubjectKeys = set[tuple[str, int | None]]


def register() -> None:
    for kind in (_CONDITION, _FACT, _CITATION, _TERM):
        registry.register_kind(kind)
    for subject in (_CONDITION_PAGE, _SOURCE_PAGE, _GLOSSARY):
        registry.register_subject(subject)
    registry.register_part(kept.MAKER)
    registry.register_recheck(_recheck_citing)
    registry.register_worklist(UNSOUND_SOURCES)
    registry.register_vocabulary(vocabulary.load_vocabulary)
    registry.register_definition(Topic, lambda topic: [("fact", topic.facts.values_list("pk", flat=True))])
    registry.register_definition(Measure, lambda measure: [("fact", measure.facts.values_list("pk", flat=True))])


def _own_subject(name: str):
    return lambda decisions: {(name, decision.review_id) for decision in decisions}


def _fact_subjects(decisions: Sequence[Decision]) -> SubjectKeys:
    ids = {building.approved_content(d)["condition"] for d in decisions if d.content}
    without = [d.review_id for d in decisions if not d.content]
    if without:
        ids.update(Fact.objects.filter(review__in=without).values_list("condition__review_id", flat=True))
    return {("condition", review_id) for review_id in ids}


def _citation_subjects(decisions: Sequence[Decision]) -> SubjectKeys:
    kinds = [kind.name for kind in registry.list_kinds() if kind.name != "citation"]
    own = {("citation", decision.review_id) for decision in decisions}
    # Not through their own subjects: two sources that replace each other would never end.
    replaced = {("citation", old.review_id) for old, _ in find_dependents(decisions, kinds=["citation"])}
    return own | replaced | find_dependent_subjects(decisions, kinds=kinds)


def _cited(content: Frozen) -> set[str]:
    return {f"citation:{source['key']}" for source in content["sources"]}


def _replacement(content: Frozen) -> set[str]:
    """The source that superseded this one, which its page names."""
    return {f"citation:{content['superseded_by']}"} if content["superseded_by"] else set()


def _condition_stands_on(content: Frozen) -> set[str]:
    nested = [key for subtype in content["subtypes"] for key in subtype["citations"]]
    return {f"citation:{key}" for key in (*content["definition_citations"], *content["codes_citations"], *nested)}


def _derive_reference(content: Frozen) -> Frozen:
    return {"reference": format_reference(FrozenCitation.model_validate(content))}


def _recheck_citing(decisions: Sequence[Decision]) -> Iterable[tuple[int, str]]:
    """What cites a source that was retired, retracted, superseded or put in doubt must be looked at again."""
    unsound = {d.review_id: _why_unsound(d) for d in decisions if d.review.kind == "citation"}
    doubtful = [d for d in decisions if unsound.get(d.review_id)]
    kinds = [kind.name for kind in registry.list_kinds()]
    for dependent, decision in find_dependents(doubtful, kinds=kinds):
        role = "replacement" if dependent.review.kind == "citation" else "source"
        yield dependent.review_id, f"Its {role} “{decision.review.key}” {unsound[decision.review_id]}."


def _why_unsound(decision: Decision) -> str:
    if decision.action == Action.RETIRE:
        return "was retired"
    integrity = building.approved_content(decision)["integrity"] if decision.content else "current"
    return {"retracted": "was retracted", "superseded": "was superseded", "concern": "is under concern"}.get(
        integrity, ""
    )


def _condition_tags(content: ConditionContent) -> list[str]:
    picture = [f"picture:{content.picture.sha256}"] if content.picture else []
    return [f"condition:{content.id}", *(f"citation:{key}" for key in content.references), *picture]


_CONDITION = Kind(
    model=Condition,
    load=freezing.load_conditions,
    freeze=freezing.freeze_condition,
    check=checks.check_conditions,
    subjects=_own_subject("condition"),
    stands_on=_condition_stands_on,
    passages=lambda content: sources.list_passages(_condition_stands_on(content)),
    children=(Child(Subtype, "condition", "subtypes", identity="slug"),),
    condition_lookup="condition__slug",
    prose=frozenset({"definition", "subtypes.definition", "picture.alt", "picture.credit"}),
    order=frozenset({"position", "subtypes"}),
)
_FACT = Kind(
    model=Fact,
    load=freezing.load_facts,
    freeze=freezing.freeze_fact,
    check=checks.check_facts,
    subjects=_fact_subjects,
    stands_on=_cited,
    passages=sources.list_fact_passages,
    children=(Child(FactCitation, "fact", "sources", identity="citation_id"),),
    fixed_fields=("key", "condition_id"),
    cells=CELLS,
    has_stable_key=True,
    condition_lookup="fact__condition__slug",
    topic_lookup="fact__topic__slug",
    review_months=lambda content: content["topic"]["review_months"],
    # Under another topic it answers another question; a topic whose own words were mended is the same one.
    prose=frozenset({"group", "label", "text", "short", "topic.name", "topic.question"}),
    order=frozenset({"position", "topic.position", "topic.in_table"}),
)
_CITATION = Kind(
    model=Citation,
    load=freezing.load_citations,
    freeze=freezing.freeze_citation,
    check=checks.check_citations,
    subjects=_citation_subjects,
    stands_on=_replacement,
    passages=lambda content: [registry.Passage(f"citation:{content['key']}")],
    derive=_derive_reference,
    describe=sources.describe,
    wordings=wording.list_source_marks,
    fixed_fields=("key",),
    has_stable_key=True,
    is_clinical=False,
    prose=frozenset({"title"}),
)
_TERM = Kind(
    model=Term,
    load=freezing.load_terms,
    freeze=freezing.freeze_term,
    check=checks.check_terms,
    subjects=lambda decisions: {("glossary", None)},
    stands_on=lambda content: {f"citation:{key}" for key in content["citations"]},
    passages=lambda content: sources.list_passages({f"citation:{key}" for key in content["citations"]}),
    wordings=wording.list_term_wordings,
    prose=frozenset({"definition"}),
)

_CONDITION_PAGE = Subject(
    name="condition",
    gather=building.gather_conditions,
    build=building.build_condition,
    slug=lambda content: content.slug,
    tags=_condition_tags,
    findables=findables.list_condition_findables,
    cited=citing.list_in_condition,
    describe=changes.describe_condition,
    url=lambda slug: local_path(f"/conditions/{slug}/"),
    reviser=Reviser(
        kinds=frozenset({"fact"}),
        fits=revising.has_form,
        outline=outlining.outline_conditions,
        revise=revising.revise_condition,
    ),
)
_SOURCE_PAGE = Subject(
    name="citation",
    gather=building.gather_citations,
    build=building.build_citation,
    slug=lambda content: content.key,
    tags=lambda content: [f"citation:{content.key}"],
    findables=findables.list_source_findables,
    cited=lambda content, key: [],  # Named by others for its record alone.
    describe=changes.describe_page,
    url=lambda slug: local_path(f"/sources/{slug}/"),
)
_GLOSSARY = Subject(
    name="glossary",
    gather=building.gather_glossary,
    build=building.build_glossary,
    slug=lambda content: "glossary",
    tags=lambda content: [f"citation:{key}" for key in content.references],
    findables=findables.list_glossary_findables,
    cited=citing.list_in_glossary,
    describe=changes.describe_page,
    url=lambda slug: local_path("/glossary/"),
)

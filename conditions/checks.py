"""What the reviewed items of this app need before they are submitted and approved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from conditions.fact_places import find_misplaced
from conditions.models import Bearing, Citation, Condition, Fact, FactKind, Integrity, Prominence, Term
from conditions.wording import (
    HouseStyle,
    find_dangling_colon,
    find_empty,
    find_unapproved,
)
from editorial.checks import Issue, Severity
from editorial.models import Edition, ReviewedItem
from editorial.registry import KeySet

Found = dict[object, list[Issue]]


@dataclass(frozen=True)
class Sources:
    """The sources that a batch of items cites: which exist, which are approved, which are sound."""

    known: set[str]
    live: set[str]

    @classmethod
    def load(cls, keys: Iterable[str], batch: KeySet) -> "Sources":
        rows = list(Citation.objects.filter(key__in=set(keys)).values_list("key", "review__approval_id"))
        together = {key for kind, key in batch if kind == "citation"}
        known = {key for key, _ in rows}
        return cls(known, {key for key, approval in rows if approval is not None or key in together})

    @classmethod
    def read(cls, citations: Sequence[Citation], batch: KeySet) -> "Sources":
        """From citations that were loaded with their Reviews: no query."""
        live = _live(citations, batch)
        return cls({c.key for c in citations}, {c.key for c in citations if c.pk in live})


def check_facts(items: Sequence[Fact], batch: KeySet) -> Found:
    sources = Sources.read([s.citation for item in items for s in item.sources.all()], batch)
    style = HouseStyle.load()
    live = _live((item.condition for item in items), batch)
    parents = _live((item.parent for item in items if item.parent), batch)
    places = find_misplaced(items, batch)
    return {item: [*_fact_issues(item, sources, style, live, parents), *places[item]] for item in items}


def check_conditions(items: Sequence[Condition], batch: KeySet) -> Found:
    keys = {item: [c.key for c in item.definition_citations.all()] for item in items}
    sources = Sources.load((key for cited in keys.values() for key in cited), batch)
    style = HouseStyle.load()
    live = _live((item.parent for item in items if item.parent), batch)
    taken = find_taken_slugs("condition", items)
    return {item: [*_condition_issues(item, keys[item], sources, style, live), *taken.get(item, ())] for item in items}


def check_citations(items: Sequence[Citation], batch: KeySet) -> Found:
    return {item: list(_citation_issues(item)) for item in items}


def check_terms(items: Sequence[Term], batch: KeySet) -> Found:
    keys = {item: [c.key for c in item.citations.all()] for item in items}
    sources = Sources.load((key for cited in keys.values() for key in cited), batch)
    style = HouseStyle.load()
    return {item: list(_term_issues(item, keys[item], sources, style)) for item in items}


def find_taken_slugs(kind: str, items: Sequence[object]) -> Found:
    """A need for each item whose address another public page still has."""
    own = {item.review_id: item for item in items}
    rows = Edition.objects.public().filter(kind=kind, slug__in=[item.slug for item in items])
    taken = dict(rows.values_list("slug", "subject_id"))
    message = "Another public page still has this address. Choose another slug, or publish that page's new one first."
    return {
        item: [Issue("slug-taken", Severity.DEPENDENCY, message, "slug")]
        for review_id, item in own.items()
        if taken.get(item.slug, review_id) != review_id
    }


def _fact_issues(
    fact: Fact, sources: Sources, style: HouseStyle, conditions: set[int], parents: set[int]
) -> Iterator[Issue]:
    yield from find_empty(_required_texts(fact), {"short": "short form for the table"})
    yield from find_dangling_colon(fact.text, "text", is_followed=fact.has_children)
    yield from _belonging_issues(fact, conditions, parents)
    supporting = [s.citation for s in fact.sources.all() if s.bearing == Bearing.SUPPORTS]
    if not supporting:
        yield Issue("uncited", Severity.ERROR, "No source supports this fact. Add at least one.", "sources")
    yield from find_unapproved((c.key for c in supporting), live=sources.live, field="sources")
    yield from _integrity_issues(supporting)
    yield from quantity_issues(fact)
    for field in ("text", "short", "label"):
        yield from style.find(getattr(fact, field), field)


def _required_texts(fact: Fact) -> dict[str, str]:
    texts = {"text": fact.text}
    if fact.prominence == Prominence.KEY:
        texts["short"] = fact.short
    return texts


def _belonging_issues(fact: Fact, conditions: set[int], parents: set[int]) -> Iterator[Issue]:
    if fact.condition_id not in conditions:
        message = f"The condition “{fact.condition}” is not approved. Approve it first, or together with this."
        yield Issue("condition-unapproved", Severity.DEPENDENCY, message, "condition")
    if fact.subtype and fact.subtype.condition_id != fact.condition_id:
        yield Issue("foreign-subtype", Severity.ERROR, "The subtype belongs to another condition.", "subtype")
    if fact.parent and fact.parent.condition_id != fact.condition_id:
        yield Issue("foreign-parent", Severity.ERROR, "The parent belongs to another condition.", "parent")
    elif fact.parent_id and fact.parent_id not in parents:
        message = f"The fact above it, “{fact.parent}”, is not approved. Approve it first, or together with this."
        yield Issue("parent-unapproved", Severity.DEPENDENCY, message, "parent")


def _integrity_issues(citations: Sequence[Citation]) -> Iterator[Issue]:
    unsound = [c for c in citations if c.integrity in (Integrity.RETRACTED, Integrity.SUPERSEDED)]
    for citation in unsound:
        label = citation.get_integrity_display().lower()
        yield Issue("unsound-source", Severity.WARNING, f"The source “{citation.key}” is {label}.", "sources")
    if citations and len(unsound) == len(citations):
        message = "Every source of this fact is retracted or superseded. Add a sound one."
        yield Issue("no-sound-source", Severity.ERROR, message, "sources", is_waivable=True)


def quantity_issues(fact: Fact) -> Iterator[Issue]:
    """A number needs its unit and should have a measure; what lies outside the measure's bounds is a slip."""
    if fact.kind == FactKind.QUANTITY and not fact.has_quantity:
        yield Issue("no-number", Severity.ERROR, "A quantity needs a value, or a low and a high end.", "value")
    if not fact.has_quantity:
        return
    if not fact.unit.strip():
        message = "The number has no unit. Say what it counts."
        yield Issue("no-unit", Severity.ERROR, message, "unit", is_waivable=True)
    if fact.measure is None:
        message = "The number has no measure, so it will be compared with nothing."
        yield Issue("no-measure", Severity.WARNING, message, "measure")
        return
    low, high = fact.measure.plausible_low, fact.measure.plausible_high
    for field in ("value", "low", "high"):
        number = getattr(fact, field)
        if number is not None and not low <= number <= high:
            message = (
                f"{number.normalize():f} {fact.unit} is outside what “{fact.measure.name}” can be "
                f"({low.normalize():f} to {high.normalize():f}). Check the number and the unit."
            )
            yield Issue("implausible", Severity.ERROR, message, field, is_waivable=True)


def _condition_issues(
    item: Condition, keys: list[str], sources: Sources, style: HouseStyle, live: set[int]
) -> Iterator[Issue]:
    yield from find_empty({"name": item.name, "definition": item.definition}, {})
    if not keys:
        message = "No source supports the definition. Add at least one."
        yield Issue("uncited", Severity.ERROR, message, "definition_citations")
    yield from find_unapproved(keys, live=sources.live, field="definition_citations")
    if item.parent_id and item.parent_id not in live:
        message = f"The condition “{item.parent}” is not approved. Approve it first, or together with this."
        yield Issue("condition-unapproved", Severity.DEPENDENCY, message, "parent")
    yield from find_dangling_colon(item.definition, "definition")
    yield from style.find(item.definition, "definition")
    for subtype in item.subtypes.all():
        yield from find_empty({"subtypes": subtype.definition}, {"subtypes": f"definition of “{subtype.name}”"})
        yield from style.find(subtype.definition, "subtypes")


def _citation_issues(item: Citation) -> Iterator[Issue]:
    yield from find_empty({"title": item.title}, {})
    if item.integrity in (Integrity.RETRACTED, Integrity.CONCERN, Integrity.SUPERSEDED):
        message = f"This source is marked as: {item.get_integrity_display().lower()}. What cites it will be listed."
        yield Issue("unsound-source", Severity.WARNING, message, "integrity")
    if not (item.doi or item.url or item.pmid):
        yield Issue("not-findable", Severity.WARNING, "Give an address or a DOI, so that readers can find it.", "url")


def _term_issues(item: Term, keys: list[str], sources: Sources, style: HouseStyle) -> Iterator[Issue]:
    yield from find_empty({"preferred": item.preferred, "definition": item.definition}, {"preferred": "term"})
    if not keys:
        yield Issue("uncited", Severity.ERROR, "No source supports the definition. Add at least one.", "citations")
    yield from find_unapproved(keys, live=sources.live, field="citations")
    yield from find_dangling_colon(item.definition, "definition")
    yield from style.find(item.definition, "definition")


def _live(items: Iterable[ReviewedItem], batch: KeySet) -> set[int]:
    """Which of these items, loaded with their Reviews, are public or in the batch."""
    return {
        item.pk for item in items if item.review.approval_id is not None or (item.item_kind, item.key_value) in batch
    }

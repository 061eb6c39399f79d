"""What comparisons and FAQs need before they are submitted and approved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comparisons.models import FAQ, Comparison
from conditions.checks import Found, Sources, find_taken_slugs
from conditions.markdown import cited_keys
from conditions.models import Condition, Fact
from conditions.wording import HouseStyle, find_citation_marks, find_dangling_colon, find_empty, find_unapproved
from editorial.checks import Issue, Severity
from editorial.registry import KeySet


@dataclass(frozen=True)
class Ground:
    """What a batch of items stands on, read once."""

    sources: Sources
    style: HouseStyle
    conditions: set[str]
    facts: set[str]


def check_comparisons(items: Sequence[Comparison], batch: KeySet) -> Found:
    keys = [key for item in items for key in _cited(item)]
    facts = {fact.key for item in items for part in _parts(item) for fact in part.rests_on.all()}
    conditions = {column.condition.slug for item in items for column in item.columns.all()}
    ground = _ground(keys, conditions, facts, batch)
    taken = find_taken_slugs("comparison", items)
    return {item: [*_comparison_issues(item, ground), *taken.get(item, ())] for item in items}


def check_faqs(items: Sequence[FAQ], batch: KeySet) -> Found:
    keys = [key for item in items for key in (*cited_keys(item.answer), *(c.key for c in item.citations.all()))]
    conditions = {condition.slug for item in items for condition in item.conditions.all()}
    ground = _ground(keys, conditions, set(), batch)
    taken = find_taken_slugs("faq", items)
    return {item: [*_faq_issues(item, ground), *taken.get(item, ())] for item in items}


def _ground(keys: Iterable[str], conditions: set[str], facts: set[str], batch: KeySet) -> Ground:
    live_conditions = Condition.objects.live().filter(slug__in=conditions).values_list("slug", flat=True)
    live_facts = Fact.objects.live().filter(key__in=facts).values_list("key", flat=True)
    return Ground(
        sources=Sources.load(keys, batch),
        style=HouseStyle.load(),
        conditions={*live_conditions, *(key for kind, key in batch if kind == "condition")},
        facts={*live_facts, *(key for kind, key in batch if kind == "fact")},
    )


def _parts(item: Comparison) -> list:
    return [*item.sections.all(), *item.points.all()]


def _cited(item: Comparison) -> Iterator[str]:
    for text in (item.answer, item.summary, *(section.lead for section in item.sections.all())):
        yield from cited_keys(text)
    for point in item.points.all():
        yield from cited_keys(point.text)
        yield from (citation.key for citation in point.citations.all())


def _comparison_issues(item: Comparison, ground: Ground) -> Iterator[Issue]:
    yield from find_empty({"title": item.title, "answer": item.answer}, {})
    columns = item.columns.all()
    if not 2 <= len(columns) <= 4:
        message = f"A comparison has two to four conditions; this one has {len(columns)}."
        yield Issue("wrong-number-of-conditions", Severity.ERROR, message, "conditions")
    yield from _unapproved_conditions((column.condition for column in columns), ground)
    for field in ("answer", "summary"):
        yield from _text_issues(getattr(item, field), field, ground)
    for section in item.sections.all():
        yield from find_empty({"sections": section.heading}, {"sections": "heading of a section"})
        yield from _text_issues(section.lead, "sections", ground)
        yield from _unapproved_facts(section.rests_on.all(), section.heading, "sections", ground)
    for point in item.points.all():
        yield from _text_issues(point.text, "points", ground)
        yield from find_unapproved((c.key for c in point.citations.all()), live=ground.sources.live, field="points")
        yield from _unapproved_facts(point.rests_on.all(), str(point), "points", ground)


def _faq_issues(item: FAQ, ground: Ground) -> Iterator[Issue]:
    yield from find_empty({"question": item.question, "answer": item.answer}, {})
    yield from _unapproved_conditions(item.conditions.all(), ground)
    yield from _text_issues(item.answer, "answer", ground)
    keys = list(dict.fromkeys([*(c.key for c in item.citations.all()), *cited_keys(item.answer)]))
    if not keys:
        yield Issue("uncited", Severity.ERROR, "No source supports the answer. Add at least one.", "citations")
    yield from find_unapproved(keys, live=ground.sources.live, field="citations")


def _text_issues(text: str, field: str, ground: Ground) -> Iterator[Issue]:
    yield from find_dangling_colon(text, field)
    yield from find_citation_marks(text, field, known=ground.sources.known, live=ground.sources.live)
    yield from ground.style.find(text, field)


def _unapproved_conditions(conditions: Iterable[Condition], ground: Ground) -> Iterator[Issue]:
    for condition in conditions:
        if condition.slug not in ground.conditions:
            message = f"The condition “{condition}” is not approved. Approve it first, or together with this."
            yield Issue("condition-unapproved", Severity.DEPENDENCY, message, "conditions")


def _unapproved_facts(facts: Iterable[Fact], name: str, field: str, ground: Ground) -> Iterator[Issue]:
    missing = [fact.key for fact in facts if fact.key not in ground.facts]
    if missing:
        names = ", ".join(f"“{key}”" for key in missing)
        message = f"“{name}” rests on facts that are not approved: {names}. Approve them first, or together with this."
        yield Issue("fact-unapproved", Severity.DEPENDENCY, message, field)

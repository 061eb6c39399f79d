"""Facts of the models as a page lists them: sub-headings, nested lists, sets of criteria."""

from collections.abc import Iterable, Mapping, Sequence

from conditions.features import name_feature
from conditions.models import Fact
from conditions.quantities import describe
from tests.bench.plain.references import References

_CERTAINTY = {"low": "The evidence for this is weak.", "unclear": "Sources disagree about this."}
_WITHDRAWN = "A source of this statement was withdrawn. Editors are checking the statement again."
_SHOWN = ("key", "main")


class Statement:
    """One fact as a reader sees it."""

    def __init__(
        self, fact: Fact, children: Mapping[int, Sequence[Fact]], references: References, names: Mapping[str, str]
    ) -> None:
        below = children.get(fact.pk, ())
        sources = fact.sources.all()
        self.anchor = f"fact-{fact.key}"
        self.label = "" if fact.text.casefold().startswith(fact.label.casefold()) else fact.label
        self.text = fact.text
        self.marks = references.fact_marks(fact.key, sources)
        self.subtype = fact.subtype.name if fact.subtype else ""
        self.remarks = " ".join(filter(None, (_describe(fact, names), _say_certainty(fact))))
        self.notice = _WITHDRAWN if any(source.citation.integrity == "retracted" for source in sources) else ""
        self.rule = _say_rule(fact, below)
        self.children = [Statement(child, children, references, names) for child in below]


class Group:
    """Statements under a sub-heading, which may be empty."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.statements: list[Statement] = []


def group_facts(facts: Sequence[Fact], references: References, names: Mapping[str, str]) -> list[Group]:
    """The facts of one topic; `names` are those of the condition's subtypes by slug."""
    shown = {fact.pk for fact in facts}
    children: dict[int, list[Fact]] = {}
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.parent_id in shown:
            children.setdefault(fact.parent_id, []).append(fact)
        else:
            groups.setdefault(fact.group, []).append(fact)
    made = []
    for heading, members in groups.items():
        made.append(Group(heading))
        made[-1].statements = [Statement(fact, children, references, names) for fact in members]
    return made


def select_facts(facts: Sequence[Fact]) -> list[Fact]:
    """Key and main facts, and what belongs under those that would be incomplete without it."""
    kept = {fact.pk for fact in facts if fact.prominence in _SHOWN}
    needed = {fact.pk for fact in facts if fact.pk in kept and _needs_children(fact)}
    while found := {fact.pk for fact in facts if fact.parent_id in needed and fact.pk not in needed}:
        needed |= found
    return [fact for fact in facts if fact.pk in kept | needed]


def by_topic(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    topics: dict[str, list[Fact]] = {}
    for fact in facts:
        topics.setdefault(fact.topic.slug, []).append(fact)
    return topics


def _needs_children(fact: Fact) -> bool:
    return fact.rule in ("all_of", "at_least") or fact.kind == "criterion" or fact.text.rstrip().endswith(":")


def _describe(fact: Fact, names: Mapping[str, str]) -> str:
    if not fact.has_quantity:
        return ""
    said = f"{fact.label} {fact.text} {fact.subtype.name if fact.subtype else ''}"
    feature = name_feature(fact.feature, said=said, subtypes=names)
    return f"{describe(fact, feature).rstrip('.')}."  # type: ignore[arg-type]


def _say_certainty(fact: Fact) -> str:
    return "This is not known." if fact.kind == "unknown" else _CERTAINTY.get(fact.certainty, "")


def _say_rule(fact: Fact, children: Sequence[Fact]) -> str:
    if not children:
        return ""
    if fact.rule == "any_of":
        return "Any of these" if any(f.kind == "criterion" for f in (fact, *children)) else ""
    if fact.rule == "at_least":
        return f"At least {fact.rule_count} of these"
    return "All of these" if fact.rule == "all_of" else ""

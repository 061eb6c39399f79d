"""Facts as a page lists them: sub-headings, nested lists, sets of criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conditions.content import FactContent
from conditions.features import name_feature
from conditions.presenting import WITHDRAWN_SOURCE, References
from conditions.quantities import describe
from editorial.languages import say_in_interface

# What is not ordinary is said beside the statement; /editorial-policy/#certainty explains these words.
_CERTAINTY = {
    "low": _("The evidence for this is weak."),
    "unclear": _("Sources disagree about this."),
}
NOT_KNOWN = _("This is not known.")


@dataclass(frozen=True)
class Statement:
    """One fact as a reader sees it."""

    key: str
    label: str
    text: str
    marks: SafeString
    detail: str
    """The quantity with all its qualifiers, in one line."""
    certainty: str
    notice: str
    subtype: str
    rule: str
    """“Any of these”: how the children belong together."""
    children: tuple["Statement", ...]
    outcome: str = ""
    """What became of reports from readers about it."""

    @property
    def anchor(self) -> str:
        return f"fact-{self.key}"

    @property
    def remarks(self) -> SafeString:
        """The small print of the statement: number and certainty."""
        certainty = say_in_interface(self.certainty) if self.certainty else ""
        detail = f"{self.detail.rstrip('.')}." if self.detail else ""
        return format_html_join(" ", "{}", ((part,) for part in (detail, certainty) if part))


@dataclass(frozen=True)
class Group:
    """Statements under a sub-heading, which may be empty."""

    heading: str
    statements: tuple[Statement, ...]


def grow(
    facts: Sequence[FactContent],
    references: References,
    subtypes: Mapping[str, str] | None = None,
    outcomes: Mapping[str, str] | None = None,
) -> tuple[Group, ...]:
    """The facts of one topic as groups of trees, in their order; marks are numbered on the way.

    A fact whose parent is not among these facts stands by itself. `subtypes` names the subtypes by slug;
    `outcomes` says by key what became of reports from readers.
    """
    return _Grower(facts, references, subtypes or {}, outcomes or {}).grow()


class _Grower:
    def __init__(
        self,
        facts: Sequence[FactContent],
        references: References,
        subtypes: Mapping[str, str],
        outcomes: Mapping[str, str],
    ) -> None:
        self._facts = facts
        self._references = references
        self._subtypes = subtypes
        self._outcomes = outcomes
        self._placed: set[str] = set()
        keys = {fact.key for fact in facts}
        self._children: dict[str, list[FactContent]] = {}
        for fact in facts:
            self._children.setdefault(fact.parent if fact.parent in keys else "", []).append(fact)

    def grow(self) -> tuple[Group, ...]:
        groups: dict[str, list[FactContent]] = {}
        for fact in [*self._children.get("", ()), *self._in_circles()]:
            groups.setdefault(fact.group, []).append(fact)
        return tuple(Group(heading, self._build_all(members)) for heading, members in groups.items())

    def _in_circles(self) -> list[FactContent]:
        """Facts that name each other as parents: shown once, flat, rather than lost."""
        reached = list(self._children.get("", ()))
        for fact in reached:
            reached.extend(self._children.get(fact.key, ()))
        keys = {fact.key for fact in reached}
        return [fact for fact in self._facts if fact.key not in keys]

    def _build_all(self, facts: Sequence[FactContent]) -> tuple[Statement, ...]:
        fresh = [fact for fact in facts if fact.key not in self._placed]
        self._placed.update(fact.key for fact in fresh)
        return tuple(map(self._build, fresh))

    def _build(self, fact: FactContent) -> Statement:
        marks = self._references.fact_marks(fact)
        children = self._children.get(fact.key, [])
        return Statement(
            key=fact.key,
            label=_without_echo(fact),
            text=fact.text,
            marks=marks,
            detail=self._describe(fact),
            certainty=say_certainty(fact),
            notice=WITHDRAWN_SOURCE if fact.has_withdrawn_source else "",
            subtype=self._subtypes.get(fact.subtype, ""),
            rule=_rule(fact, children),
            children=self._build_all(children),
            outcome=self._outcomes.get(fact.key, ""),
        )

    def _describe(self, fact: FactContent) -> str:
        if fact.quantity is None:
            return ""
        said = f"{fact.label} {fact.text} {self._subtypes.get(fact.subtype, '')}"
        return describe(fact.quantity, name_feature(fact.quantity.feature, said=said, subtypes=self._subtypes))


def by_topic(facts: Sequence[FactContent]) -> dict[str, list[FactContent]]:
    """Facts by the slug of their topic, topics in the order of the facts."""
    topics: dict[str, list[FactContent]] = {}
    for fact in facts:
        topics.setdefault(fact.topic.slug, []).append(fact)
    return topics


def say_certainty(fact: FactContent) -> str:
    """Nothing for what rests on strong or moderate evidence."""
    return str(NOT_KNOWN if fact.kind == "unknown" else _CERTAINTY.get(fact.certainty, ""))


def _without_echo(fact: FactContent) -> str:
    """The label, unless the text opens with the same words."""
    return "" if fact.text.casefold().startswith(fact.label.casefold()) else fact.label


def _rule(fact: FactContent, children: Sequence[FactContent]) -> str:
    """How the children belong together. A plain list needs no words: “any of” matters among criteria only."""
    if not children:
        return ""
    if fact.rule == "any_of":
        return gettext("Any of these") if any(f.kind == "criterion" for f in (fact, *children)) else ""
    if fact.rule == "at_least":
        return gettext("At least %(count)d of these") % {"count": fact.rule_count}
    return gettext("All of these") if fact.rule == "all_of" else ""

"""What the apps above tell this one at start-up: the reviewed kinds and the subjects with pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from editorial.extracts import Findable, Passage, Reference, Wording
from editorial.first_words import list_words

if TYPE_CHECKING:
    from django.db.models import Model, Q, QuerySet
    from django.utils.functional import Promise

    from editorial.cells import CellFinder
    from editorial.checks import Issue
    from editorial.cited import Cited
    from editorial.models import Decision, Edition, ReviewedItem, User
    from editorial.revisers import Reviser
    from editorial.worklists import Worklist

Frozen = dict[str, Any]
KeySet = frozenset[tuple[str, str]]
Gathered = dict[int | None, list["Decision"]]
"""Decisions by the Review of the subject that they make."""
FindDependents = Callable[[Any], Iterable[tuple[str, Iterable[int]]]]


@dataclass(frozen=True)
class Child:
    """A model whose rows belong to an item and are versioned with it."""

    model: type[Model]
    parent: str
    """Name of the foreign key to the item."""
    accessor: str
    """Name of the reverse relation on the item."""
    identity: str = "position"
    """The column by which people tell the rows of one item apart."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A reviewed model and how to handle it."""

    model: type[ReviewedItem]
    load: Callable[[Iterable[int]], QuerySet[Any]]
    """Items by primary key with everything that `freeze` and `check` touch, in a constant number of queries."""
    freeze: Callable[[Any], Frozen]
    """What an approval binds, as plain JSON values; without queries on a loaded item."""
    check: Callable[[Sequence[Any], KeySet], dict[Any, list[Issue]]]
    """Issues of loaded items; (kind, key) pairs of the second argument count as approved."""
    subjects: Callable[[Sequence[Decision]], set[tuple[str, int | None]]]
    """(subject name, review id) of every subject whose content these approvals or retirements touch."""
    derive: Callable[[Frozen], Frozen] = lambda content: {}
    """Computed once at approval and kept in the certificate, such as a formatted reference."""
    children: tuple[Child, ...] = ()
    fixed_fields: tuple[str, ...] = ()
    """Fields that never change once saved; a restored version does not touch them."""
    condition_lookup: str = ""
    """From Review to the condition's slug, for filters, such as `fact__condition__slug`."""
    topic_lookup: str = ""
    stands_on: Callable[[Frozen], set[str]] = lambda content: set()
    """What the content rests on, as `kind:key`, or `kind:<review id>` where the key may change."""
    passages: Callable[[Frozen], list[Passage]] = lambda content: []
    """The sources that the content cites, in its order."""
    describe: Callable[[Frozen, Frozen], Reference] | None = None
    """For a source: its reference, from its content and what was derived at its approval (or nothing)."""
    cells: CellFinder | None = None
    """For what is read beside its like on other pages."""
    sentences: Callable[[Frozen, str], list[str]] | None = None
    """The sentences of the content that rest on the item of this name, for kinds that have such."""
    wordings: Callable[[Any], list[Wording]] = lambda item: []
    """Its words that are looked for in the texts of others, the unwanted ones first."""
    has_stable_key: bool = False
    """Other content names it by its key; else by its Review, because its slug may change."""
    is_clinical: bool = True
    """Whether its approval is a review of medical content, which dates a page."""
    review_months: Callable[[Frozen], int] = lambda content: 24
    """How long an approval of this content lasts, in months."""
    prose: frozenset[str] = frozenset()
    """Where the content holds sentences for readers, such as `text` or `sections.lead`: here wording may be mended
    without a medical review. A change anywhere else is medical, so a field that is named nowhere is guarded."""
    order: frozenset[str] = frozenset()
    """What says only in which order things stand, such as `position`, and lists whose order says nothing else."""

    @property
    def name(self) -> str:
        return self.model._meta.model_name or ""

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)


@dataclass(frozen=True)
class Ground:
    """The pages without which a page is none: it is withdrawn with any of them, and back when all of them are."""

    kind: str
    place: str
    """Where the content lists their Review ids."""
    gone: str | Promise
    """What readers are told."""


@dataclass(frozen=True)
class Subject:
    """What has a page and editions. `build` is a pure function of approvals, so an audit can repeat it."""

    name: str
    gather: Callable[[Collection[int | None]], Gathered]
    """The live approvals (and retirements, for what was withdrawn) that each of these subjects is made of.

    The number of queries does not depend on how many subjects there are."""
    build: Callable[[Sequence[Decision], int | None], BaseModel | None]
    """The typed content of the subject with this review id; None when there is nothing to publish."""
    slug: Callable[[BaseModel], str]
    tags: Callable[[BaseModel], list[str]]
    findables: Callable[[Frozen], list[Findable]]
    """What of an edition's content readers can search for."""
    cited: Callable[[Frozen, str], list[Cited]]
    """What an edition's content says on the word of the source with this key."""
    describe: Callable[[Frozen | None, Frozen], str]
    """The public change note between two contents, of fixed and approved words only; empty when no word changed."""
    url: Callable[[str], str]
    ground: Ground | None = None
    reviser: Reviser | None = None


@dataclass(frozen=True)
class PartMaker:
    """Makes what an edition of a kind gives to pages of one use: see editorial/preparing.py."""

    kind: str
    use: str
    make: Callable[[Edition], BaseModel | None]
    """In the language of the interface at that moment; None where there is nothing to keep."""
    find_others: Callable[[Sequence[Edition]], Q] | None = None
    """The editions of this kind of which parts must be made again after these were published."""


@dataclass(frozen=True)
class Inbox:
    """Work that is no item with a Review, such as what readers write: counted for those who may see it."""

    label: str
    empty: str
    count: Callable[[], int]
    url: Callable[[], str]
    concerns: Callable[[User], bool]


@dataclass(frozen=True)
class Vocabulary:
    """Words that no change of wording may touch, as the content itself has them. Names may be of several words."""

    names: frozenset[str] = frozenset()
    """Of diseases and their forms, measures, drugs and treatments; with their short forms."""
    units: frozenset[str] = frozenset()

    def __or__(self, other: Vocabulary) -> Vocabulary:
        return Vocabulary(self.names | other.names, self.units | other.units)


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    rechecks: list[Callable[[Sequence[Decision]], Iterable[tuple[int, str]]]] = field(default_factory=list)
    definitions: dict[type[Model], list[FindDependents]] = field(default_factory=dict)
    vocabularies: list[Callable[[Set[str]], Vocabulary]] = field(default_factory=list)
    worklists: dict[str, Worklist] = field(default_factory=dict)
    inboxes: dict[str, Inbox] = field(default_factory=dict)
    part_makers: dict[tuple[str, str], PartMaker] = field(default_factory=dict)


_registry = _Registry()


def register_kind(kind: Kind) -> None:
    import reversion

    follow = tuple(child.accessor for child in kind.children)
    reversion.register(kind.model, follow=follow)
    for child in kind.children:
        reversion.register(child.model, follow=(child.parent,))
    _registry.kinds[kind.name] = kind


def register_subject(subject: Subject) -> None:
    _registry.subjects[subject.name] = subject


def register_recheck(find: Callable[[Sequence[Decision]], Iterable[tuple[int, str]]]) -> None:
    """`find` names the reviews, each with a sentence, that must be looked at again after these decisions."""
    _registry.rechecks.append(find)


def register_definition(model: type[Model], find_dependents: FindDependents) -> None:
    """Configuration that frozen content includes: (kind name, item ids) whose digests depend on it."""
    import reversion

    if model not in _registry.definitions:
        reversion.register(model)
    _registry.definitions.setdefault(model, []).append(find_dependents)


def register_worklist(worklist: Worklist) -> None:
    """A list of work that needs to know what the items are about."""
    _registry.worklists[worklist.name] = worklist


def register_inbox(inbox: Inbox) -> None:
    _registry.inboxes[inbox.label] = inbox


def register_part(maker: PartMaker) -> None:
    _registry.part_makers[maker.kind, maker.use] = maker


def register_vocabulary(load: Callable[[Set[str]], Vocabulary]) -> None:
    """`load` reads in one query the words of its app that can stand in a text with these words (`first_words`)."""
    _registry.vocabularies.append(load)


def load_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """The words of all apps that can stand in these texts. One query for each app that has some."""
    found, words = Vocabulary(), list_words(texts)
    for load in _registry.vocabularies:
        found |= load(words)
    return found


def get_kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _registry.kinds[name]


def kind_of(item: Model) -> Kind:
    return _registry.kinds[item._meta.model_name or ""]


def list_kinds() -> list[Kind]:
    return list(_registry.kinds.values())


def get_subject(name: str) -> Subject:
    return _registry.subjects[name]


def list_subjects() -> list[Subject]:
    return list(_registry.subjects.values())


def list_rechecks() -> list[Callable[[Sequence[Decision]], Iterable[tuple[int, str]]]]:
    return list(_registry.rechecks)


def list_definition_finders(model: type[Model]) -> list[FindDependents]:
    return list(_registry.definitions.get(model, ()))


def list_worklists() -> list[Worklist]:
    return list(_registry.worklists.values())


def list_inboxes() -> list[Inbox]:
    return list(_registry.inboxes.values())


def list_part_makers(kind: str = "") -> list[PartMaker]:
    """Of this kind of edition, or of all."""
    return [maker for maker in _registry.part_makers.values() if not kind or maker.kind == kind]


def find_child(model: type[Model]) -> tuple[Kind, Child] | None:
    for kind in _registry.kinds.values():
        for child in kind.children:
            if child.model is model:
                return kind, child
    return None


def group_by_kind(items: Iterable[ReviewedItem]) -> dict[Kind, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(item.item_kind, []).append(item)
    return {get_kind(name): members for name, members in groups.items()}

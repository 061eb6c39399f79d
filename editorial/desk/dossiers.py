"""All that a reviewer needs to decide on items, loaded together: the difference, the sources, the checks, the past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import Q

from editorial import differences
from editorial.admin.urls import change_url
from editorial.checks import Issue, Severity, find_issues
from editorial.differences import Change
from editorial.freezing import content_digest, freeze, load_fresh
from editorial.impact import Page, list_pages
from editorial.models import Contribution, Decision, Review, ReviewedItem, User
from editorial.registry import Frozen, Kind, Passage, Reference, get_kind
from editorial.workflow import Action, Status, can_move


@dataclass(frozen=True)
class Source:
    """A source beside the claim: what it is, where in it, and the words."""

    passage: Passage
    key: str
    reference: Reference | None
    """None when there is no such source."""
    is_public: bool

    @property
    def url(self) -> str:
        """Its address, when it is one that a browser may open."""
        url = self.reference.url if self.reference else ""
        return url if urlsplit(url).scheme in ("http", "https") else ""


@dataclass(frozen=True)
class Ground:
    """Another item on which this one rests, as it is public."""

    kind: str
    title: str
    text: str
    review_id: int
    is_public: bool


@dataclass
class Dossier:
    """One item as it lies on the desk."""

    review: Review
    item: ReviewedItem
    kind: Kind
    content: Frozen
    digest: str
    changes: list[Change]
    places: list[str]
    """Names of the conditions that it is about."""
    sources: list[Source] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    refusal: str = ""
    """Why the decision that was just tried was refused for this item."""
    is_stale: bool = False
    """It changed since it was shown."""
    is_chosen: bool = True

    @property
    def title(self) -> str:
        return str(self.item)

    @property
    def admin_url(self) -> str:
        """Where it is edited."""
        return change_url(self.item)

    @property
    def is_new(self) -> bool:
        """Nothing of it is public, so there is nothing to compare it with."""
        return self.review.approval_id is None

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if change.is_changed]

    @property
    def main(self) -> list[Change]:
        """What a reviewer reads of a new item first; sources stand beside it."""
        return [change for change in self.changes if change.field not in _TUCKED_AWAY]

    @property
    def to_read(self) -> list[Change]:
        """What changed, in the setting of the claim itself, also where that stayed."""
        return [change for change in self.changes if change.is_changed or change.field in _CLAIM]

    @property
    def near_sources(self) -> list[Source]:
        """The sources of what changed, where there are too many to read them all."""
        if len(self.sources) <= _FEW or not self.changed:
            return self.sources
        words = " ".join(f"{change.label} {change.old} {change.new}" for change in self.changed)
        return [source for source in self.sources if source.key in words]

    @property
    def further_sources(self) -> list[Source]:
        near = self.near_sources
        return [source for source in self.sources if source not in near]

    @property
    def topic(self) -> str:
        return topic_of(self.content)

    @property
    def live(self) -> str:
        return describe_live(self.review)

    def may_be(self, action: Action, *, by: User) -> bool:
        """Whether its state allows it, and it is not this person's own work."""
        if (action == Action.APPROVE and self.is_work_of(by)) or (action == Action.CONFIRM and self.was_retired_by(by)):
            return False
        review = self.review
        return can_move(
            action,
            status=review.status,
            has_approval=review.is_live,
            awaits_second_person=review.needs_second_person,
        )

    def is_work_of(self, user: User) -> bool:
        return any(row.user_id == user.pk for row in self.contributions)

    def was_retired_by(self, user: User) -> bool:
        """Whether a second person is wanted, and this is the first."""
        review = self.review
        return bool(review.needs_second_person and review.retirement and review.retirement.actor_id == user.pk)


# Where it stands and how it is filed. All of it is in the table of everything that a decision binds.
_TUCKED_AWAY = {"key", "slug", "condition", "topic", "position", "parent", "rule", "rule_count", "sources", "group"}
_CLAIM = {"label", "text", "short", "definition", "question", "preferred"}
_FEW = 6
_ORDER = list(Severity)


def load_dossiers(reviews: Sequence[Review]) -> list[Dossier]:
    """A dossier for each Review whose item is there, in this order.

    The number of queries depends on the kinds among the items, not on how many there are.
    """
    dossiers = _open(reviews)
    standing = _load_standing(dossiers)
    for dossier in dossiers:
        standing.fill(dossier)
    _add_issues(dossiers)
    _add_past(dossiers)
    return dossiers


def list_impact(dossiers: Sequence[Dossier]) -> list[Page]:
    """The public pages that a decision on all of these changes."""
    contents = {dossier.review.pk: dossier.content for dossier in dossiers}
    return list_pages([dossier.item for dossier in dossiers], contents=contents)


def topic_of(content: Frozen) -> str:
    return (content.get("topic") or {}).get("name", "")


def describe_live(review: Review) -> str:
    """What readers see of the item now."""
    if review.status == Status.RETIRED:
        return "Withdrawn"
    if review.approval_id is None:
        return "Nothing yet"
    return "As shown here" if not review.has_pending_change else "An earlier version"


def _open(reviews: Sequence[Review]) -> list[Dossier]:
    items = [item for item in (find_item(review) for review in reviews) if item is not None]
    fresh = load_fresh(items)
    by_review = {item.review_id: loaded for item, loaded in fresh.items()}
    return [_begin(review, by_review[review.pk]) for review in reviews if review.pk in by_review]


def find_item(review: Review) -> ReviewedItem | None:
    """The item of a Review that was loaded with `differences.load_reviews`; None when it was deleted."""
    return getattr(review, review.kind, None)


def _begin(review: Review, item: ReviewedItem) -> Dossier:
    content = freeze(item)
    digest = content_digest(review.kind, content)
    return Dossier(review, item, get_kind(review.kind), content, digest, changes=[], places=[])


@dataclass(frozen=True)
class _Standing:
    """The other items that these contents name: by their Review, or by kind and key."""

    by_id: Mapping[int, Review]
    by_name: Mapping[str, Review]
    drafts: Mapping[int, Frozen]
    """What is not approved yet, frozen as it is now."""

    def fill(self, dossier: Dossier) -> None:
        names = {pk: differences.title_of(review) for pk, review in self.by_id.items()}
        old = _approved(dossier.review)
        dossier.changes = differences.list_changes(old, dossier.content, kind=dossier.kind.name, names=names)
        dossier.places = [names[pk] for pk in _condition_ids(dossier) if pk in names]
        dossier.sources = [self._source(passage, dossier) for passage in dossier.kind.passages(dossier.content)]
        cited = {source.passage.name for source in dossier.sources}
        others = sorted(dossier.kind.stands_on(dossier.content) - cited)
        dossier.grounds = [self._ground(self.by_name[name]) for name in others if name in self.by_name]

    def _source(self, passage: Passage, dossier: Dossier) -> Source:
        kind, _, key = passage.name.partition(":")
        describe = get_kind(kind).describe
        review = self.by_name.get(passage.name)
        if review is None or describe is None:
            return Source(passage, key, None, is_public=False)
        if review.pk == dossier.review.pk:
            return Source(passage, key, describe(dossier.content, {}), is_public=review.is_live)
        approved = _approved(review)
        if approved is None:
            content = self.drafts.get(review.pk)
            return Source(passage, key, describe(content, {}) if content else None, is_public=False)
        return Source(passage, key, describe(approved, review.approval.content["derived"]), is_public=True)

    def _ground(self, review: Review) -> Ground:
        content = _approved(review) or self.drafts.get(review.pk, {})
        text = next((content[name] for name in ("text", "answer", "definition") if content.get(name)), "")
        label = get_kind(review.kind).label
        return Ground(label, differences.title_of(review), text, review.pk, is_public=review.is_live)


def _load_standing(dossiers: Sequence[Dossier]) -> _Standing:
    contents = [content for d in dossiers for content in (d.content, _approved(d.review)) if content]
    ids = differences.find_review_ids(contents)
    names = {passage.name for d in dossiers for passage in d.kind.passages(d.content)}
    names.update(name for d in dossiers for name in d.kind.stands_on(d.content))
    where = Q(pk__in=ids | {int(n.partition(":")[2]) for n in names if not _has_key(n)})
    for kind, keys in _group_keys(names).items():
        where |= Q(kind=kind, key__in=keys)
    reviews = list(differences.load_reviews(where)) if dossiers else []
    by_name = {f"{r.kind}:{r.key if get_kind(r.kind).has_stable_key else r.pk}": r for r in reviews}
    return _Standing({review.pk: review for review in reviews}, by_name, _freeze_drafts(reviews, names, by_name))


def _freeze_drafts(reviews: Iterable[Review], names: Iterable[str], by_name: Mapping[str, Review]) -> dict[int, Frozen]:
    wanted = {by_name[name].pk for name in names if name in by_name}
    drafts = [review for review in reviews if review.approval_id is None and review.pk in wanted]
    items = [item for item in map(find_item, drafts) if item is not None]
    return {item.review_id: freeze(loaded) for item, loaded in load_fresh(items).items()}


def _has_key(name: str) -> bool:
    return get_kind(name.partition(":")[0]).has_stable_key


def _group_keys(names: Iterable[str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for name in filter(_has_key, names):
        kind, _, key = name.partition(":")
        groups.setdefault(kind, set()).add(key)
    return groups


def _approved(review: Review) -> Frozen | None:
    return review.approval.content["content"] if review.approval else None


def _condition_ids(dossier: Dossier) -> list[int]:
    if dossier.kind.name == "condition":
        return []
    found = dossier.content.get("condition", dossier.content.get("conditions", []))
    return found if isinstance(found, list) else [found]


def _add_issues(dossiers: Sequence[Dossier]) -> None:
    items = [dossier.item for dossier in dossiers]
    found = find_issues(items, batch=items)
    for dossier in dossiers:
        dossier.issues = sorted(found.get(dossier.item, ()), key=lambda issue: _ORDER.index(issue.severity))


def _add_past(dossiers: Sequence[Dossier]) -> None:
    by_review = {dossier.review.pk: dossier for dossier in dossiers}
    for decision in Decision.objects.filter(review__in=by_review).defer("content", "stands_on").order_by("-pk"):
        by_review[decision.review_id].decisions.append(decision)
    for row in Contribution.objects.filter(review__in=by_review, settled_by=None).select_related("user"):
        by_review[row.review_id].contributions.append(row)

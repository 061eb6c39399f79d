"""One item as it lies on the desk, with all that a reviewer needs to decide on it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from editorial.admin.urls import change_url, history_url, used_url
from editorial.cells import CellTable, Resting
from editorial.checks import Issue, Severity
from editorial.desk.seen import pack
from editorial.differences import Change
from editorial.extracts import Passage, Reference
from editorial.models import Decision, Presence, Review, ReviewedItem, User
from editorial.registry import Frozen, Kind
from editorial.threads import Thread
from editorial.waivers import find_waiver
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


@dataclass(frozen=True)
class Check:
    """What the checks found, and the decision by which a reviewer let it pass."""

    issue: Issue
    waiver: Decision | None

    @property
    def is_blocking(self) -> bool:
        return self.waiver is None and self.issue.severity == Severity.ERROR


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
    contributors: list[User] = field(default_factory=list)
    """Who changed it since its last approval: their ids and names."""
    clinical_reasons: list[str] = field(default_factory=list)
    """Why the change cannot be one of wording only."""
    cells: list[CellTable] = field(default_factory=list)
    """What the other conditions have in the same place: one table, or none."""
    resting: list[Resting] = field(default_factory=list)
    """Public sentences that rest on it."""
    threads: list[Thread] = field(default_factory=list)
    discussion: Any = None
    """What of the threads is shown, and the form for a new one."""
    consultations: list[Any] = field(default_factory=list)
    """What outside experts were asked, and said."""
    presences: list[Presence] = field(default_factory=list)
    """Who is looking at it now, the person who asks included."""
    refusal: str = ""
    """Why the decision that was just tried was refused for this item."""
    is_stale: bool = False
    """It changed since it was shown."""
    is_chosen: bool = True
    since: list[Change] | None = None
    """What changed since it was shown; None where that is not known."""
    own: Any = None
    """The fields for a decision of its own, in a batch."""
    own_problem: str = ""
    """What is missing in these fields."""
    may_waive: bool = False
    """Whether the person who looks at it may waive one of its checks."""
    may_unschedule: bool = False
    may_correct: bool = False
    """Whether the person may sign that its approval corrects an error that readers have seen."""
    is_correction: bool = False
    """That was ticked before."""
    waiving: str = ""
    """The reason to waive that was typed and not accepted."""

    @property
    def title(self) -> str:
        return str(self.item)

    @property
    def admin_url(self) -> str:
        """Where it is edited."""
        return change_url(self.item)

    @property
    def history_url(self) -> str:
        return history_url(self.item)

    @property
    def used_url(self) -> str:
        """Where it is said what rests on it."""
        return used_url(self.item)

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

    @property
    def checks(self) -> list[Check]:
        """What the checks found, what was waived at the end."""
        found = [Check(issue, find_waiver(issue, self.decisions, digest=self.digest)) for issue in self.issues]
        return sorted(found, key=lambda check: check.waiver is not None)

    @property
    def open_checks(self) -> list[Check]:
        return [check for check in self.checks if check.waiver is None]

    @property
    def waivable(self) -> dict[str, list[str]]:
        """What blocks it and may be waived: the messages, by code."""
        found: dict[str, list[str]] = {}
        for check in self.checks:
            if check.is_blocking and check.issue.is_waivable:
                found.setdefault(check.issue.code, []).append(check.issue.message)
        return found

    @property
    def may_be_wording(self) -> bool:
        """Whether the change may be one of wording only: something is public, and no rule says otherwise."""
        return self.review.is_live and not self.clinical_reasons

    @property
    def seen(self) -> str:
        """What lies on the screen, to be sent back with a decision on it."""
        return pack(self.content)

    def may_be(self, action: Action, *, by: User) -> bool:
        """Whether its state allows it, and it is not this person's own work."""
        if action in (Action.APPROVE, Action.WAIVE) and self.is_work_of(by):
            return False
        if action == Action.CONFIRM and self.was_retired_by(by):
            return False
        review = self.review
        return can_move(
            action,
            status=review.status,
            has_approval=review.is_live,
            awaits_second_person=review.needs_second_person,
        )

    def is_work_of(self, user: User) -> bool:
        return any(person.pk == user.pk for person in self.contributors)

    def was_retired_by(self, user: User) -> bool:
        """Whether a second person is wanted, and this is the first."""
        review = self.review
        return bool(review.needs_second_person and review.retirement and review.retirement.actor_id == user.pk)


# Where it stands and how it is filed. All of it is in the table of everything that a decision binds.
_TUCKED_AWAY = {"key", "slug", "condition", "topic", "position", "parent", "rule", "rule_count", "sources", "group"}
_CLAIM = {"label", "text", "short", "definition", "question", "preferred"}
_FEW = 6


def topic_of(content: Frozen) -> str:
    return (content.get("topic") or {}).get("name", "")


def describe_live(review: Review) -> str:
    """What readers see of the item now."""
    if review.status == Status.RETIRED:
        return "Withdrawn"
    if review.approval_id is None:
        return "Nothing yet"
    return "As shown here" if not review.has_pending_change else "An earlier version"


def find_item(review: Review) -> ReviewedItem | None:
    """The item of a Review that was loaded with `differences.load_reviews`; None when it was deleted."""
    return getattr(review, review.kind, None)


def approved_content(review: Review) -> Frozen | None:
    """What is public of the item."""
    return review.approval.content["content"] if review.approval else None

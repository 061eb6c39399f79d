"""What a new edition says, from approvals alone: of all of them, or of the edition before and the few that are new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from editorial.dependencies import name_of
from editorial.extracts import Findable
from editorial.freezing import canonical_json, digest_of_json
from editorial.models import Decision, Edition, Materiality
from editorial.outlines import Decided, Outline
from editorial.registry import Frozen, Subject, get_kind, get_subject, list_kinds
from editorial.revisers import Reviser, Revision
from editorial.workflow import Action

UNCHANGED_NOTE = "Reviewed, no change to the text."
WITHDRAWN_NOTE = "This page was withdrawn."
_REVIEWING = (Action.APPROVE, Action.CONFIRM)


@dataclass(frozen=True)
class Draft:
    """What a new edition is made of. It is written out when it is first asked for."""

    kind: str
    subject_id: int
    slug: str
    content: Frozen
    tags: list[str]
    decisions: Sequence[Decided]
    """All that it is made of."""
    new: Sequence[Decision]
    """Those that the edition before it was not made of."""
    old: Edition | None
    """The edition before it."""
    at: datetime
    revision: Revision | None = None
    """How it was made from that edition, if it was."""
    is_withdrawn: bool = False

    @cached_property
    def json(self) -> str:
        """The content as canonical JSON."""
        return canonical_json(self.content)

    @cached_property
    def findables(self) -> list[Findable]:
        """What of it readers can search for."""
        return [] if self.is_withdrawn else list(get_subject(self.kind).findables(self.content))

    @cached_property
    def edition(self) -> Edition:
        says = {"change_note": WITHDRAWN_NOTE} if self.is_withdrawn else _say(self)
        return Edition(
            kind=self.kind,
            slug=self.slug,
            subject_id=self.subject_id,
            number=self.old.number + 1 if self.old is not None else 1,
            content=self.content,
            digest=digest_of_json(self.json),
            manifest=manifest_of(self.decisions),
            published_at=self.at,
            tags=self.tags,
            is_withdrawn=self.is_withdrawn,
            **{"content_changed_at": self.at, **says},
        )


def _say(draft: Draft) -> dict[str, Any]:
    """What the edition says of itself."""
    old = draft.old
    reviewed, due = review_dates(draft.decisions)
    was_public = old is not None and not old.is_withdrawn
    note = get_subject(draft.kind).describe(old.content if was_public else None, draft.content)
    return {
        "content_changed_at": draft.at if note or old is None else old.content_changed_at,
        "last_reviewed_on": reviewed,
        "review_due_on": due,
        "change_note": note or UNCHANGED_NOTE,
        "materiality": _materiality(draft.new),
        "corrects": sorted(name_of(decision) for decision in draft.new if decision.is_correction),
    }


def revise(
    reviser: Reviser, old: Edition, decisions: Sequence[Outline], decided: Sequence[Decision], *, at: datetime
) -> Draft | None:
    """From a public edition and what was decided now; None where something else is new, or where that is not enough."""
    known, now = set(old.manifest["decisions"]), {decision.pk for decision in decisions}
    new = [decision for decision in decided if decision.pk in now and decision.pk not in known]
    if not new or len(new) != len(now - known):
        return None
    revision = reviser.revise(old.content, decisions, new, known - now)
    if revision is None:
        return None
    content = revision.content
    return Draft(old.kind, old.subject_id, old.slug, content, old.tags, decisions, new, old, at, revision)


def build(
    subject: Subject, review_id: int | None, decisions: list[Decision], old: Edition | None, *, at: datetime
) -> Draft | None:
    """From all of its approvals; None where readers would see no change."""
    content = subject.build(decisions, review_id)
    if content is None:
        return _withdraw(old, decisions, at=at)
    slug, tags, payload = subject.slug(content), subject.tags(content), content.model_dump(mode="json")
    new = _find_new(decisions, old)
    draft = Draft(subject.name, review_id or 0, slug, payload, tags, decisions, new, old, at)
    return None if old is not None and _is_same(old, draft.edition) else draft


def _withdraw(old: Edition | None, decisions: Sequence[Decision], *, at: datetime) -> Draft | None:
    if old is None or old.is_withdrawn:
        return None
    return Draft(old.kind, old.subject_id, old.slug, {}, [], decisions, [], old, at, is_withdrawn=True)


def _is_same(old: Edition, new: Edition) -> bool:
    """Whether readers would see no difference, not even in its dates."""
    names = ("digest", "last_reviewed_on", "review_due_on", "slug")
    return not old.is_withdrawn and all(getattr(old, name) == getattr(new, name) for name in names)


def _find_new(decisions: Iterable[Decision], current: Edition | None) -> list[Decision]:
    """The decisions that the edition before this one was not made of."""
    known = set(current.manifest["decisions"]) if current is not None else set()
    return [decision for decision in decisions if decision.pk not in known]


def _materiality(new: Iterable[Decision]) -> str:
    """Clinical as soon as a medical review is among what is new; empty when there is neither review nor mending."""
    signed = [d for d in new if d.action in _REVIEWING]
    if any(_is_medical_review(decision) for decision in signed):
        return Materiality.CLINICAL
    return Materiality.EDITORIAL if signed else ""


def _is_medical_review(decision: Decision) -> bool:
    is_wording = decision.materiality == Materiality.EDITORIAL
    return get_kind(decision.review.kind).is_clinical and not is_wording


def manifest_of(decisions: Iterable[Decided]) -> dict[str, list[int]]:
    """The decisions that an edition is made of, by id, so that an audit can build it again."""
    return {"decisions": sorted(decision.pk for decision in decisions)}


def review_dates(decisions: Iterable[Decided]) -> tuple[date | None, date | None]:
    """(last reviewed, review due): the oldest review and the earliest due date over the clinical parts of a page.

    Bibliographic records are left out: to check a reference is not to review a medical statement.
    """
    clinical = {kind.name for kind in list_kinds() if kind.is_clinical}
    newest: dict[int, Decided] = {}
    for decision in sorted(decisions, key=lambda decision: decision.pk):
        if decision.reviewed_on and decision.action in _REVIEWING and decision.review.kind in clinical:
            newest[decision.review_id] = decision
    # A page of bibliographic records alone has its own dates.
    dated = list(newest.values()) or [d for d in decisions if d.reviewed_on]
    reviewed = min((d.reviewed_on for d in dated if d.reviewed_on), default=None)
    due = min((d.review_by for d in dated if d.review_by), default=None)
    return reviewed, due

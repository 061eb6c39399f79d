"""What a new edition says, from approvals alone: of all of them, or of the edition before and the few that are new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from editorial.dependencies import name_of
from editorial.freezing import canonical_json, digest_of_json
from editorial.models import Decision, Edition, Materiality
from editorial.outlines import Decided, Outline
from editorial.registry import Frozen, Reviser, Revision, Subject, get_kind, get_subject
from editorial.workflow import Action

UNCHANGED_NOTE = "Reviewed, no change to the text."
WITHDRAWN_NOTE = "This page was withdrawn."


@dataclass(frozen=True)
class Draft:
    """An edition that is to be stored."""

    edition: Edition
    """Still without a digest."""
    old: Edition | None
    """The one before it."""
    revision: Revision | None = None
    """How it was made from that, if it was."""

    def seal(self) -> str:
        """Its content as canonical JSON, of which the edition gets the digest."""
        content = canonical_json(self.edition.content)
        self.edition.digest = digest_of_json(content)
        return content


@dataclass(frozen=True)
class _Page:
    slug: str
    tags: list[str]
    content: Frozen


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
    page = _Page(old.slug, old.tags, revision.content)
    return _draft(old.kind, old.subject_id, page, decisions, new, old, at=at, revision=revision)


def build(
    subject: Subject, review_id: int | None, decisions: list[Decision], current: Edition | None, *, at: datetime
) -> Draft | None:
    """From all of its approvals; None where readers would see no change."""
    content = subject.build(decisions, review_id)
    if content is None:
        return _tombstone(current, decisions, at=at)
    payload = content.model_dump(mode="json")
    page = _Page(subject.slug(content), subject.tags(content), payload)
    draft = _draft(subject.name, review_id or 0, page, decisions, _find_new(decisions, current), current, at=at)
    return None if current is not None and _is_same(current, draft.edition) else draft


def _is_same(old: Edition, new: Edition) -> bool:
    """Whether readers would see no difference, not even in its dates."""
    names = ("content", "last_reviewed_on", "review_due_on", "slug")
    return not old.is_withdrawn and all(getattr(old, name) == getattr(new, name) for name in names)


def _draft(
    kind: str,
    subject_id: int,
    page: _Page,
    decisions: Sequence[Decided],
    new: Sequence[Decision],
    old: Edition | None,
    *,
    at: datetime,
    revision: Revision | None = None,
) -> Draft:
    reviewed, due = review_dates(decisions)
    was_public = old is not None and not old.is_withdrawn
    note = get_subject(kind).describe(old.content if was_public else None, page.content)
    edition = Edition(
        kind=kind,
        slug=page.slug,
        subject_id=subject_id,
        number=old.number + 1 if old is not None else 1,
        content=page.content,
        manifest=manifest_of(decisions),
        published_at=at,
        content_changed_at=at if note or old is None else old.content_changed_at,
        last_reviewed_on=reviewed,
        review_due_on=due,
        change_note=note or UNCHANGED_NOTE,
        materiality=_materiality(new),
        corrects=sorted(name_of(decision) for decision in new if decision.is_correction),
        tags=page.tags,
    )
    return Draft(edition, old, revision)


def _tombstone(current: Edition | None, decisions: Sequence[Decision], *, at: datetime) -> Draft | None:
    if current is None or current.is_withdrawn:
        return None
    edition = Edition(
        kind=current.kind,
        slug=current.slug,
        subject_id=current.subject_id,
        number=current.number + 1,
        content={},
        manifest=manifest_of(decisions),
        published_at=at,
        content_changed_at=at,
        change_note=WITHDRAWN_NOTE,
        is_withdrawn=True,
    )
    return Draft(edition, current)


def _find_new(decisions: Iterable[Decision], current: Edition | None) -> list[Decision]:
    """The decisions that the edition before this one was not made of."""
    known = set(current.manifest["decisions"]) if current is not None else set()
    return [decision for decision in decisions if decision.pk not in known]


def _materiality(new: Iterable[Decision]) -> str:
    """Clinical as soon as a medical review is among what is new; empty when there is neither review nor mending."""
    signed = [d for d in new if d.action in (Action.APPROVE, Action.CONFIRM)]
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
    newest: dict[int, Decided] = {}
    for decision in decisions:
        is_review = decision.action in (Action.APPROVE, Action.CONFIRM) and decision.reviewed_on
        if is_review and get_kind(decision.review.kind).is_clinical:
            before = newest.get(decision.review_id)
            newest[decision.review_id] = decision if before is None or decision.pk > before.pk else before
    # A page of bibliographic records alone has its own dates.
    dated = list(newest.values()) or [d for d in decisions if d.reviewed_on]
    reviewed = min((d.reviewed_on for d in dated if d.reviewed_on), default=None)
    due = min((d.review_by for d in dated if d.review_by), default=None)
    return reviewed, due

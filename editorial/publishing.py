"""Approvals → content → Edition. Called by actions only, inside their transaction, with the chain locked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from editorial import freshness, preparing, purging
from editorial.dependencies import name_of
from editorial.freezing import digest_of
from editorial.models import Decision, Edition, Materiality
from editorial.registry import Subject, get_kind, get_subject
from editorial.searching import indexing
from editorial.surrogate_keys import name_old
from editorial.workflow import Action

UNCHANGED_NOTE = "Reviewed, no change to the text."
WITHDRAWN_NOTE = "This page was withdrawn."
_AT_ONCE = 25
"""So many subjects are in memory at a time."""


def find_touched(decisions: Sequence[Decision]) -> set[tuple[str, int | None]]:
    """The subjects, as (name, review id), whose content these decisions can change."""
    by_kind: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_kind.setdefault(decision.review.kind, []).append(decision)
    return {subject for name, members in by_kind.items() for subject in get_kind(name).subjects(members)}


def publish(touched: Iterable[tuple[str, int | None]], *, at: datetime, is_rehearsal: bool = False) -> list[Edition]:
    """Writes an edition of each subject whose content or dates changed, and returns these editions.

    A rehearsal leaves the search alone, whose counts of words all subjects share.
    """
    written: list[Edition] = []
    old_keys: set[str] = set()
    for subject, review_ids in _in_parts(touched):
        pairs = _publish_part(subject, review_ids, at=at)
        if not is_rehearsal:
            indexing.replace(pairs)
        written += [new for _, new in pairs]
        old_keys |= name_old((old.slug if old else None, new) for old, new in pairs)
    if written:
        freshness.tell_published()
        purging.purge_soon(old_keys)
        preparing.prepare_on_commit(written)
    return written


def _in_parts(touched: Iterable[tuple[str, int | None]]) -> Iterator[tuple[Subject, list[int | None]]]:
    by_name: dict[str, list[int | None]] = {}
    for name, review_id in sorted(touched, key=str):
        by_name.setdefault(name, []).append(review_id)
    for name, ids in by_name.items():
        for start in range(0, len(ids), _AT_ONCE):
            yield get_subject(name), ids[start : start + _AT_ONCE]


def _publish_part(
    subject: Subject, review_ids: Sequence[int | None], *, at: datetime
) -> list[tuple[Edition | None, Edition]]:
    """(edition before, new edition) of those of these subjects that changed for readers."""
    gathered = subject.gather(review_ids)
    rows = Edition.objects.current().filter(kind=subject.name, subject_id__in=[pk or 0 for pk in review_ids])
    current = {edition.subject_id: edition for edition in rows}
    pairs = []
    for review_id in review_ids:
        old = current.get(review_id or 0)
        new = _compose(subject, review_id, gathered[review_id], old, at=at)
        if new is not None:
            new.number = old.number + 1 if old is not None else 1
            pairs.append((old, new))
    # First all of the old ones: what they give up, such as an address, another may take.
    superseded = [old.pk for old, _ in pairs if old is not None]
    if superseded:
        Edition.objects.filter(pk__in=superseded).update(is_current=False)
    Edition.objects.bulk_create([new for _, new in pairs])
    return pairs


def _compose(
    subject: Subject, review_id: int | None, decisions: list[Decision], current: Edition | None, *, at: datetime
) -> Edition | None:
    content = subject.build(decisions, review_id)
    if content is None:
        return _tombstone(current, decisions, at=at)
    payload = content.model_dump(mode="json")
    reviewed, due = review_dates(decisions)
    digest = digest_of(payload)
    was_public = current is not None and not current.is_withdrawn
    slug = subject.slug(content)
    if was_public and (current.digest, current.last_reviewed_on, current.review_due_on, current.slug) == (
        digest,
        reviewed,
        due,
        slug,
    ):
        return None
    note = subject.describe(current.content if was_public else None, payload)
    new = _find_new(decisions, current)
    return Edition(
        kind=subject.name,
        slug=slug,
        subject_id=review_id or 0,
        content=payload,
        digest=digest,
        manifest=manifest_of(decisions),
        published_at=at,
        content_changed_at=at if note or current is None else current.content_changed_at,
        last_reviewed_on=reviewed,
        review_due_on=due,
        change_note=note or UNCHANGED_NOTE,
        materiality=_materiality(new),
        corrects=sorted(name_of(decision) for decision in new if decision.is_correction),
        tags=subject.tags(content),
    )


def _tombstone(current: Edition | None, decisions: Sequence[Decision], *, at: datetime) -> Edition | None:
    if current is None or current.is_withdrawn:
        return None
    return Edition(
        kind=current.kind,
        slug=current.slug,
        subject_id=current.subject_id,
        content={},
        digest=digest_of({}),
        manifest=manifest_of(decisions),
        published_at=at,
        content_changed_at=at,
        change_note=WITHDRAWN_NOTE,
        is_withdrawn=True,
    )


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


def manifest_of(decisions: Iterable[Decision]) -> dict[str, list[int]]:
    """The decisions that an edition is made of, by id, so that an audit can build it again."""
    return {"decisions": sorted(decision.pk for decision in decisions)}


def review_dates(decisions: Iterable[Decision]) -> tuple[date | None, date | None]:
    """(last reviewed, review due): the oldest review and the earliest due date over the clinical parts of a page.

    Bibliographic records are left out: to check a reference is not to review a medical statement.
    """
    newest: dict[int, Decision] = {}
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


def find_unfaithful(edition: Edition, *, subject: Subject | None = None) -> str | None:
    """A sentence when this current edition is not what its approvals make, byte for byte; None when it is."""
    subject = subject or get_subject(edition.kind)
    ids = edition.manifest.get("decisions", [])
    decisions = list(Decision.objects.filter(pk__in=ids).select_related("review").in_order())
    if len(decisions) != len(ids):
        return f"{edition}: its manifest names decisions that are not there."
    if digest_of(edition.content) != edition.digest:
        return f"{edition}: its content does not fit its digest."
    if _build_digest(subject, edition, decisions) != edition.digest:
        return f"{edition}: it differs from what the approvals in its manifest make."
    if _build_digest(subject, edition, _gather_live(subject, edition)) != edition.digest:
        return f"{edition}: it differs from what the approvals that are live now make."
    return None


def _gather_live(subject: Subject, edition: Edition) -> list[Decision]:
    review_id = edition.subject_id or None
    return subject.gather([review_id])[review_id]


def _build_digest(subject: Subject, edition: Edition, decisions: list[Decision]) -> str:
    content = subject.build(decisions, edition.subject_id or None)
    return digest_of({} if content is None else content.model_dump(mode="json"))

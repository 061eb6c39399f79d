"""Approvals → content → Edition. Called by actions only, inside their transaction, with the chain locked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from editorial import drafting, freshness, preparing, purging, storing
from editorial.drafting import Draft
from editorial.freezing import digest_of
from editorial.models import Decision, Edition
from editorial.registry import Subject, get_kind, get_subject
from editorial.revisers import Reviser
from editorial.searching import indexing
from editorial.surrogate_keys import name_old

_AT_ONCE = 25
"""So many subjects are in memory at a time."""


def find_touched(decisions: Sequence[Decision]) -> set[tuple[str, int | None]]:
    """The subjects, as (name, review id), whose content these decisions can change."""
    by_kind: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_kind.setdefault(decision.review.kind, []).append(decision)
    return {subject for name, members in by_kind.items() for subject in get_kind(name).subjects(members)}


def publish(
    touched: Iterable[tuple[str, int | None]],
    *,
    at: datetime,
    decided: Sequence[Decision] = (),
    is_rehearsal: bool = False,
) -> list[Edition]:
    """Writes an edition of each subject whose content or dates changed, and returns these editions.

    `decided` are the decisions of this act, with their contents: what has only these new is not built from the ground.
    A rehearsal leaves the search alone, whose counts of words all subjects share.
    """
    written: list[Edition] = []
    old_keys: set[str] = set()
    for subject, review_ids in _in_parts(touched):
        drafts = _publish_part(subject, review_ids, decided, at=at)
        if not is_rehearsal:
            indexing.replace(drafts)
        written += [draft.edition for draft in drafts]
        old_keys |= name_old((draft.old.slug if draft.old else None, draft.edition) for draft in drafts)
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
    subject: Subject, review_ids: Sequence[int | None], decided: Sequence[Decision], *, at: datetime
) -> list[Draft]:
    """New editions of those of these subjects that changed for readers."""
    current, drafts = _revise(subject, review_ids, decided, at=at)
    left = [pk for pk in review_ids if (pk or 0) not in drafts]
    for review_id, decisions in (subject.gather(left) if left else {}).items():
        drafts[review_id or 0] = drafting.build(subject, review_id, decisions, current.get(review_id or 0), at=at)
    return _store([draft for pk in review_ids if (draft := drafts[pk or 0]) is not None])


def _store(drafts: list[Draft]) -> list[Draft]:
    """First all of the old ones: what they give up, such as an address, another may take."""
    superseded = [draft.old.pk for draft in drafts if draft.old is not None]
    if superseded:
        Edition.objects.filter(pk__in=superseded).update(is_current=False)
    storing.insert(drafts)
    return drafts


def _revise(
    subject: Subject, review_ids: Sequence[int | None], decided: Sequence[Decision], *, at: datetime
) -> tuple[dict[int, Edition], dict[int, Draft | None]]:
    """By the Review of their subject: the current editions, and the new ones for which these and the decisions do."""
    reviser = _find_reviser(subject, decided)
    read_current = storing.fetch_current(subject.name, review_ids)
    if reviser is None:
        return {edition.subject_id: edition for edition in read_current()}, {}
    with storing.asking_ahead():
        read_outlined = reviser.outline(review_ids)
        current = {edition.subject_id: edition for edition in read_current()}
        public = [old for old in current.values() if not old.is_withdrawn and reviser.fits(old.content)]
        outlined = read_outlined()
    drafts = (drafting.revise(reviser, old, outlined[old.subject_id], decided, at=at) for old in public)
    return current, {draft.subject_id: draft for draft in drafts if draft is not None}


def _find_reviser(subject: Subject, decided: Sequence[Decision]) -> Reviser | None:
    kinds = {decision.review.kind for decision in decided}
    return subject.reviser if subject.reviser and kinds and kinds <= subject.reviser.kinds else None


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

"""The only writer of Consultations: one outside expert's private link to one submitted version, and the answer.

The link informs and decides nothing: no code leads from here to an action. Its secret has 256 bits and only its hash is
stored, so it can be neither guessed nor read out of the database, and tries need not be counted.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Q

from editorial import permissions
from editorial.differences import load_reviews
from editorial.errors import ConsultationRefused, LinkVoid, NotPermitted
from editorial.freezing import item_digest, load_fresh
from editorial.models import Consultation, Review, ReviewedItem, User
from editorial.registry import get_kind
from editorial.workflow import Action, Status

MOST_DAYS = 60
_SECRET_BYTES = 32


class Standing(Enum):
    """Where a link stands. The value is what people read."""

    OPEN = "Waiting for an answer"
    ANSWERED = "Answered"
    REVOKED = "Revoked"
    VOID = "Void: the item was changed or decided on"
    EXPIRED = "Expired"


@dataclass(frozen=True)
class Answer:
    opinion: str
    name: str
    interests: str
    """Conflicts of interest; “none” is written out."""
    comment: str = ""
    credentials: str = ""


def ask(review: Review, *, by: User, invited: str, question: str, days: int, at: datetime) -> tuple[Consultation, str]:
    """A new link to what is in review now, and its secret, which nobody can read again.

    Raises NotPermitted for a person who may neither submit nor decide, ConsultationRefused for an item that is not in
    review as it was submitted, for a link for nobody, and for one of less than a day or more than sixty.
    """
    with transaction.atomic():
        locked = _lock(review.pk)
        item = _load_item(locked)
        _check_may(by, item)
        digest = item_digest(item)
        if not _is_in_review(locked, digest=digest):
            raise ConsultationRefused({item: f"“{item}” is not in review as it was submitted. Submit it first."})
        if not invited.strip() or not 1 <= days <= MOST_DAYS:
            message = f"Say who is asked about “{item}”, and for how many days: 1 to {MOST_DAYS}."
            raise ConsultationRefused({item: message})
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        consultation = Consultation.objects.create(
            review=locked,
            digest=digest,
            secret_hash=_hash(secret),
            invited=invited.strip(),
            question=question.strip(),
            asked_by=by,
            asked_at=at,
            expires_at=at + timedelta(days=days),
        )
    return consultation, secret


def revoke(consultation: Consultation, *, by: User, at: datetime) -> None:
    """Ends the link. Raises NotPermitted, and ConsultationRefused for one that was answered or revoked before."""
    with transaction.atomic():
        item = _load_item(_lock(consultation.review_id))
        _check_may(by, item)
        row = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if row.answered_at is not None or row.revoked_at is not None:
            done = "answered" if row.answered_at else "revoked"
            raise ConsultationRefused(
                {item: f"This link about “{item}” was {done} before; there is nothing to revoke."}
            )
        row.revoked_by, row.revoked_at = by, at
        row.save(update_fields=["revoked_by", "revoked_at"])


def find(secret: str, *, at: datetime) -> Consultation:
    """The consultation whose link may be read and answered now, with its `review`.

    Raises Consultation.DoesNotExist for an unknown secret and LinkVoid for a link that has ended.
    """
    # The look-up compares hashes: how long it takes tells nothing of a secret.
    consultation = Consultation.objects.get(secret_hash=_hash(secret))
    consultation.review = load_reviews(Q(pk=consultation.review_id)).get()
    digest = item_digest(_load_item(consultation.review))
    if standing_of(consultation, consultation.review, digest=digest, at=at) is not Standing.OPEN:
        raise LinkVoid({}, unsaved=["This link is no longer valid."])
    return consultation


def answer(secret: str, said: Answer, *, digest: str, at: datetime) -> Consultation:
    """Stores the expert's answer, once. `digest` is what was on the screen.

    Raises as `find` does, and LinkVoid when another text was on the screen. The database refuses an answer without an
    opinion, a name or a word on interests.
    """
    with transaction.atomic():
        found = Consultation.objects.get(secret_hash=_hash(secret))
        _lock(found.review_id)
        Consultation.objects.select_for_update().get(pk=found.pk)
        consultation = find(secret, at=at)
        if consultation.digest != digest:
            raise LinkVoid({}, unsaved=["This link is no longer valid."])
        for name, value in _values(said).items():
            setattr(consultation, name, value)
        consultation.answered_at = at
        consultation.save(update_fields=[*_values(said), "answered_at"])
    return consultation


def standing_of(consultation: Consultation, review: Review, *, digest: str, at: datetime) -> Standing:
    """Where the link stands while the item has this digest. No query."""
    if consultation.answered_at is not None:
        return Standing.ANSWERED
    if consultation.revoked_at is not None:
        return Standing.REVOKED
    is_same = consultation.digest == digest and _is_in_review(review, digest=digest)
    # Sent back and submitted again is another submission, also with the same words.
    if not is_same or review.submitted_at is None or review.submitted_at > consultation.asked_at:
        return Standing.VOID
    return Standing.OPEN if consultation.is_open(at=at, digest=digest) else Standing.EXPIRED


def _is_in_review(review: Review, *, digest: str) -> bool:
    """Submitted as it is now, and not decided on: an approval for later is a decision too."""
    return review.status == Status.IN_REVIEW and review.scheduled_id is None and review.submitted_digest == digest


def _lock(review_id: int) -> Review:
    """The Review, as nobody can change it before this transaction ends. Edits and decisions lock it too."""
    return Review.objects.select_for_update(no_key=True).get(pk=review_id)


def _load_item(review: Review) -> ReviewedItem:
    """What was ever submitted is never deleted, so it is there."""
    item = get_kind(review.kind).model._default_manager.get(review=review)
    return load_fresh([item])[item]


def _check_may(by: User, item: ReviewedItem) -> None:
    if not may_ask(by, type(item)):
        message = f"To ask an expert about “{item}” you need the right to submit it or to decide on it."
        raise NotPermitted({item: message})


def may_ask(user: User, model: type[ReviewedItem]) -> bool:
    """Who may submit or decide on such items may ask about them, and revoke what was asked."""
    return any(permissions.can(user, action, model) for action in (Action.SUBMIT, Action.APPROVE))


def _values(said: Answer) -> Mapping[str, str]:
    return {name: value.strip() for name, value in vars(said).items()}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

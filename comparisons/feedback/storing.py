"""The one act of the public side that writes: a report goes to the editors' inbox."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from comparisons.feedback import senders
from comparisons.models.report import Report


@dataclass(frozen=True)
class Words:
    """What was said, about what."""

    page: str
    section: str
    fact: str
    edition_id: int | None
    reason: str
    text: str


def store(words: Words, *, sender: str, at: datetime) -> None:
    """Keeps the report; the same words about the same thing on the same day once only.

    Raises TooMany, and DatabaseError where the process may not write.
    """
    with transaction.atomic():
        senders.forget_old(at=at)
        senders.check_limits(sender, at=at)
        report = Report(
            page=words.page,
            section=words.section,
            fact_id=words.fact or None,
            edition_id=words.edition_id,
            reason=words.reason,
            text=words.text,
            received_at=at,
            fingerprint=_fingerprint(words, at),
        )
        # Without RETURNING: the readers' process needs no right to read what it writes.
        Report.objects.bulk_create([report], ignore_conflicts=True)
        senders.remember(sender, at=at)


def _fingerprint(words: Words, at: datetime) -> str:
    parts = [f"{at:%Y-%m-%d}", words.page, words.section, words.fact, words.reason, words.text]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

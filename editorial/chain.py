"""The hash chain over Decisions: each row's hash covers the row before it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from editorial.freezing import digest_of
from editorial.models import Decision

START = "0" * 64
_LOCK = 0x5C1E_0515  # One advisory lock for all that decides: the chain has one end.


def lock_chain() -> None:
    """Waits until this transaction alone may append; released at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, hashed and stored in this order. The chain must be locked."""
    last = Decision.objects.order_by("-pk").values_list("hash", flat=True).first() or START
    for decision in decisions:
        decision.previous_hash = last
        decision.hash = last = hash_of(decision)
    return Decision.objects.bulk_create(decisions)


def hash_of(decision: Decision) -> str:
    """SHA-256 over what the row says and the hash of the row before."""
    said = {name: getattr(decision, name) for name in _HASHED_LATER}
    values = {**{name: getattr(decision, name) for name in _HASHED}, **{k: v for k, v in said.items() if v}}
    return digest_of({name: _plain(value) for name, value in values.items()})


def find_break(decisions: Iterable[Decision]) -> str | None:
    """A sentence about the first decision that does not fit the chain, or None when it is whole."""
    last = START
    for decision in decisions:
        if decision.previous_hash != last:
            return f"Decision {decision.pk} does not follow the decision before it: one was removed or inserted."
        if decision.hash != hash_of(decision):
            return f"Decision {decision.pk} is not what was recorded: its content does not fit its hash."
        last = decision.hash
    return None


_HASHED = (
    "review_id",
    "action",
    "actor_id",
    "actor_name",
    "actor_credentials",
    "actor_interests_declared_on",
    "is_demonstration",
    "comment",
    "materiality",
    "digest",
    "content",
    "stands_on",
    "reviewed_on",
    "review_by",
    "at",
    "previous_hash",
)
# Columns that came after the first decisions count where they say something, so that older hashes stay true.
_HASHED_LATER = ("actor_specialty", "actor_interests", "waived", "publish_at", "is_correction")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.astimezone(UTC)  # One spelling for one moment, also when it comes back from the database.
    return value.isoformat() if hasattr(value, "isoformat") else value

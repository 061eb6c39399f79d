"""What was published when, and how old an answer is that does not show it."""

import time
from collections import defaultdict
from dataclasses import dataclass, field

Value = int | str


@dataclass
class Event:
    """One change of what readers see: possible from its beginning, certain once it is committed."""

    value: Value
    began_at: float
    committed_at: float | None = None


@dataclass
class Ledger:
    """The values of each subject in order. Times are those of the system's monotonic clock, one for all processes."""

    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))

    def begin(self, subject: str, value: Value, *, at: float) -> None:
        self.events[subject].append(Event(value, at))

    def commit(self, subject: str, *, at: float) -> None:
        self.events[subject][-1].committed_at = at

    def get_age(self, subject: str, shown: Value, *, asked_at: float) -> float:
        """Seconds for which what was shown had been replaced when it was asked for; 0 for what was not.

        Raises LookupError for a value that nobody published.
        """
        newer: Event | None = None
        for event in reversed(self.events[subject].copy()):
            if event.value == shown:
                is_replaced = newer is not None and newer.committed_at is not None
                return max(0.0, asked_at - newer.committed_at) if is_replaced else 0.0  # type: ignore[union-attr,operator]
            newer = event
        raise LookupError(f"{subject} never was {shown}.")

    def count(self) -> int:
        """How many changes were committed."""
        return sum(event.committed_at is not None for events in list(self.events.values()) for event in events)


def now() -> float:
    return time.monotonic()

"""Which publication is the newest: as long as it stays the same, so does every public page."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import Error, close_old_connections, connection, transaction
from django.db.models import Count, Subquery, Value

from editorial.models import Edition, ReportOutcome

Version = tuple[int, int, str]
"""(id of the newest edition, count of what came of reports, the day in UTC, since which a review may be overdue)."""
ASK_EVERY = 1.0
"""Seconds for which an answer is believed. A page that was withdrawn is gone everywhere after that."""

_published = threading.Event()


def tell_published() -> None:
    """What this process published is public here as soon as it is committed, without waiting for the next question."""
    transaction.on_commit(_published.set)


def read_version() -> Version:
    """One query. The ids of editions follow the order of the commits, because who publishes holds the chain."""
    outcomes = ReportOutcome.objects.order_by().values(one=Value(1)).annotate(count=Count("pk")).values("count")
    try:
        row = Edition.objects.order_by("-pk").values_list("pk", Subquery(outcomes)).first()
    finally:
        if not connection.in_atomic_block:
            close_old_connections()  # Nobody else gives the connection back: this is asked outside of any request.
    newest, count = row or (0, 0)
    return newest, count or 0, datetime.now(UTC).date().isoformat()


class Freshness:
    """The newest publication as this process knows it, asked for at most once in `ASK_EVERY` seconds."""

    def __init__(self, read: Callable[[], Version] = read_version, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._clock = read, clock
        self._version: Version | None = None
        self._asked_at = float("-inf")
        self._lock = threading.Lock()
        self.is_stale = False
        """Whether the database did not answer when it was last asked."""
        self.on_ask: Callable[[], None] = lambda: None
        """Called after each question, so at most once in `ASK_EVERY` seconds and only while there are requests."""

    @property
    def known(self) -> Version | None:
        """The newest publication as last heard; asks nobody."""
        return self._version

    def get_version(self) -> Version | None:
        """The newest publication; None when it was never known. When the database does not answer, the last known."""
        if self._is_believed():
            return self._version
        if self.is_stale:
            self._ask_meanwhile()
            return self._version
        with self._lock:
            if not self._is_believed():
                self._ask()
        return self._version

    def _is_believed(self) -> bool:
        return self._clock() - self._asked_at < ASK_EVERY and not _published.is_set()

    def _ask(self) -> None:
        _published.clear()  # Before the question: what is published after it sets the sign again.
        asked_at = self._clock()
        try:
            self._version, self.is_stale = self._read(), False
        except Error:
            self.is_stale = True
            asked_at = self._clock()  # To be refused can take seconds.
        self._asked_at = asked_at
        self.on_ask()

    def _ask_meanwhile(self) -> None:
        """Once the database was silent no reader waits for it: a thread asks, and they get what is known."""
        if self._lock.acquire(blocking=False):
            threading.Thread(target=self._ask_and_release, daemon=True).start()

    def _ask_and_release(self) -> None:
        try:
            self._ask()
        finally:
            self._lock.release()

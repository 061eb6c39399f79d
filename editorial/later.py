"""Work that can wait, done one after another in a thread of its own while requests are answered."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Job = TypeVar("Job")

REST_EVERY = 10.0

logger = logging.getLogger(__name__)


class Later(Generic[Job]):
    """Does each job at the earliest `delay` seconds after it came. The thread ends when there is nothing left to do.

    A job that fails is told in the log and keeps no other from being done. `rest` is called when nothing is left to do,
    and every `REST_EVERY` seconds while the thread waits for the next job, for there may always be one.
    """

    def __init__(
        self, do: Callable[[Job], object], *, delay: float = 0.0, rest: Callable[[], None] = lambda: None
    ) -> None:
        self._do, self._delay, self._rest = do, delay, rest
        self._jobs: deque[tuple[float, Job]] = deque()
        self._lock = threading.Lock()
        self._is_working = False
        self._rested_at = time.monotonic()

    def add(self, job: Job) -> None:
        with self._lock:
            self._jobs.append((time.monotonic() + self._delay, job))
            if not self._is_working:
                self._is_working = True
                threading.Thread(target=self._work, name=f"later-{self._do.__name__}", daemon=True).start()

    def _work(self) -> None:
        while (taken := self._take()) is not None:
            due, job = taken
            self._wait_until(due)
            try:
                self._do(job)
            except Exception:  # Nobody waits for the job, so nobody else could tell.
                logger.exception("What could wait was not done.")
        self._rest()

    def _wait_until(self, due: float) -> None:
        now = time.monotonic()
        if due > now >= self._rested_at + REST_EVERY:
            self._rested_at = now
            self._rest()
        time.sleep(max(0.0, due - time.monotonic()))

    def _take(self) -> tuple[float, Job] | None:
        with self._lock:
            if self._jobs:
                return self._jobs.popleft()
            self._is_working = False
            return None

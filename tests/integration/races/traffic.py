"""Acts at the same time, each in a thread with a connection of its own, and a third that holds them up until all wait.

So the acts really meet: without the hold, the first would be over before the second begins.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from editorial.models import ReviewedItem

Act = Callable[[], Any]
PATIENCE = 60.0
"""Seconds; who waits longer for a lock, or in a circle, fails the test."""


@contextmanager
def held(*items: ReviewedItem) -> Iterator[None]:
    """Somebody else has the Reviews of these items."""
    with _connect() as other:
        ids = [item.review_id for item in items]
        other.execute("SELECT 1 FROM editorial_review WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [ids])
        yield
        other.rollback()


def meet(*acts: Act, at: ReviewedItem) -> list[Any]:
    """What each act returned, or the exception that it ended with. They queue up at the item's Review in this order."""
    with ThreadPoolExecutor(len(acts)) as pool:
        futures: list[Future[Any]] = []
        with held(at):
            for number, act in enumerate(acts, start=1):
                futures.append(pool.submit(_run, act))
                wait_until_waiting(number)
        return [future.result(timeout=2 * PATIENCE) for future in futures]


def _run(act: Act) -> Any:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'; SET statement_timeout = '{PATIENCE}s'")
        return act()
    except Exception as error:  # The test looks at it.
        return error
    finally:
        connection.close()


def wait_until_waiting(number: int) -> None:
    """Returns when so many sessions of this database wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    with _connect() as observer:
        while time.monotonic() < deadline:
            row = observer.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            if row and row[0] >= number:
                return
            observer.rollback()
            time.sleep(0.02)
    raise AssertionError(f"{number} acts should wait for a lock, but they do not.")


def _connect() -> "psycopg.Connection[Any]":
    wanted = ("dbname", "user", "password", "host", "port")
    values = connection.get_connection_params()
    return psycopg.connect(**{name: values[name] for name in wanted if name in values})

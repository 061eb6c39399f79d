"""How long a piece of work takes, in the process that does it."""

import gc
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from statistics import median
from typing import Any

from django.db import connection


@dataclass
class Taken:
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    """Of this process; PostgreSQL's own is not in it."""
    query_ms: float = 0.0
    """Of the wall's time, what was spent waiting for PostgreSQL."""
    queries: int = 0

    def values(self) -> dict[str, float]:
        return {"wall ms": self.wall_ms, "CPU ms": self.cpu_ms, "query ms": self.query_ms, "queries": self.queries}


@contextmanager
def taking() -> Iterator[Taken]:
    """Times what is done inside; `gc` runs before and not meanwhile, so that no run pays for another."""
    taken = Taken()

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            taken.queries += 1
            taken.query_ms += 1000 * (time.perf_counter() - begun)

    gc.collect()
    gc.disable()
    try:
        with connection.execute_wrapper(count):
            wall, cpu = time.perf_counter(), time.process_time()
            yield taken
            taken.cpu_ms = 1000 * (time.process_time() - cpu)
            taken.wall_ms = 1000 * (time.perf_counter() - wall)
    finally:
        gc.enable()


def work_fixedly() -> None:
    """Always the same: what the site does most, turning records into text, text into records, and both into digests."""
    rows = [{"key": f"fact-{n}", "text": "A sentence about nothing. " * 4, "sources": [n, n + 1]} for n in range(400)]
    for _ in range(20):
        text = json.dumps(rows, sort_keys=True)
        blake2b(text.encode()).hexdigest()
        rows = sorted(json.loads(text), key=lambda row: row["key"])


def take_fixed() -> Taken:
    with taking() as taken:
        work_fixedly()
    return taken


def summarise(runs: Sequence[Taken]) -> dict[str, float]:
    """Of each measure the median."""
    values = [run.values() for run in runs]
    return {measure: median(each[measure] for each in values) for measure in values[0]}

"""What is asked of the site, beside what was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.cases import (
    ALL,
    CACHED,
    COMPARISON,
    CONDITION,
    FIXED,
    FLOOR,
    FULL,
    MANY,
    MIXED,
    ONE,
    PLAIN,
    PLAIN_BYTES,
    SUGGESTIONS,
    TOGETHER,
)
from tests.bench.samples import Run

SMALL, LARGE = 140, 140_000
RATE = "requests/s"
CACHE_MB = 20
"""The default of PAGE_CACHE_MB."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One demand; a value that is None was not measured."""

    what: str
    wanted: float
    measured: float | None
    unit: str = "×"
    is_least: bool = True
    """Whether the number wanted is the least that is enough, or the most that is allowed."""
    bare: float | None = None
    """What bare WSGI shows in the same run, where the server and the machine decide more than the application."""

    @property
    def is_met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.wanted if self.is_least else self.measured <= self.wanted


def list_targets(run: Run) -> list[Target]:
    return [*_cached(run), *_uncached(run), *_editorial(run), *_search(run)]


def _cached(run: Run) -> Iterator[Target]:
    for server, wanted in (("gunicorn", 1.5), ("granian", 3.0)):
        yield from _served_by(run, server, wanted)
    for server in ("gunicorn", "granian"):
        memory = _find_full(run, FULL.format(server=server))
        what = f"Memory of a worker with a full cache, {server}"
        yield Target(what=what, wanted=150, measured=memory, unit="MB", is_least=False)
    errors = sum(sample.value for sample in run.samples if sample.measure == "errors")
    measured = errors if run.cases("cached") else None
    yield Target(what="Errors under load", wanted=0, measured=measured, unit="", is_least=False)


def _served_by(run: Run, server: str, wanted: float) -> Iterator[Target]:
    site, floor, bare = (f"{server}: {case}" for case in (CACHED, FLOOR, PLAIN_BYTES))
    times, bare_times = (run.ratio("cached", case, floor, RATE) for case in (site, bare))
    yield Target(what=f"Cached page against the floor, {server}", wanted=wanted, measured=times, bare=bare_times)
    near = run.ratio("cached", site, bare, RATE)
    yield Target(what=f"Cached page against bare WSGI, {server}", wanted=0.8, measured=near)
    spread, bare_spread = (_spread(run, case) for case in (site, bare))
    what = f"Cached page, p99 against the median, {server}"
    yield Target(what=what, wanted=4, measured=spread, bare=bare_spread, is_least=False)
    share, bare_share = (_compare_many(run, case, floor) for case in (site, bare))
    what = f"Many pages against one, each over its floor, {server}"
    yield Target(what=what, wanted=0.9, measured=share, bare=bare_share)


def _spread(run: Run, case: str) -> float | None:
    return run.ratio("cached", case, case, "p99 ms", base_measure="p50 ms")


def _compare_many(run: Run, case: str, floor: str) -> float | None:
    one, many = run.ratio("cached", case, floor, RATE), run.ratio("cached", case + MANY, floor + MANY, RATE)
    return many / one if one and many else None


def _find_full(run: Run, case: str) -> float | None:
    """None where there were not enough pages to fill the cache."""
    asked = run.median("memory", case, "asked MB")
    return run.median("memory", case, "worker MB") if asked and asked > CACHE_MB else None


def _uncached(run: Run) -> Iterator[Target]:
    for page in (COMPARISON, CONDITION):
        # How many times the site's cost the plain version's is.
        times = run.ratio("uncached", page + PLAIN, page, "CPU ms")
        queries = run.median("uncached", page, "queries")
        yield Target(what=f"Uncached {page} page, CPU of the plain version against it", wanted=4, measured=times)
        what = f"Uncached {page} page, queries"
        yield Target(what=what, wanted=3, measured=queries, unit="", is_least=False)


def _editorial(run: Run) -> Iterator[Target]:
    growth = grow(run, "editorial", ONE, "wall ms")
    what = f"Approve one fact at {LARGE:,} facts against {SMALL}, each over the fixed work"
    yield Target(what=what, wanted=1.2, measured=growth, is_least=False)
    for case in (TOGETHER, MIXED):
        queries = run.median("editorial", case, "queries", LARGE)
        took = run.median("editorial", case, "wall ms", LARGE)
        what = f"{case[:1].upper()}{case[1:]} at {LARGE:,} facts"
        yield Target(what=f"{what}, queries", wanted=60, measured=queries, unit="", is_least=False)
        yield Target(what=what, wanted=180, measured=took, unit="ms", is_least=False)


def grow(run: Run, part: str, case: str, measure: str) -> float | None:
    """Cost at the largest size over cost at the smallest, each as a multiple of the fixed work of its own round."""
    costs = [run.ratio(part, case, FIXED, measure, size=size) for size in (SMALL, LARGE)]
    return costs[1] / costs[0] if costs[0] and costs[1] else None


def _search(run: Run) -> Iterator[Target]:
    for case, wanted in ((ALL, 10), (SUGGESTIONS, 5)):
        name = "Search, first 20 and count" if case == ALL else "Suggestions"
        for measure in ("p50 ms", "p95 ms"):
            took = run.median("search", case, measure, LARGE)
            what = f"{name} at {LARGE:,} facts, {measure[:3]}"
            yield Target(what=what, wanted=wanted, measured=took, unit="ms", is_least=False)

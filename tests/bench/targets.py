"""What is asked of the site, beside what was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.cached import CACHED, FLOOR, MANY, PLAIN_BYTES
from tests.bench.cached import PART as CACHED_PART
from tests.bench.samples import Run


@dataclass(frozen=True, kw_only=True)
class Target:
    """One demand; a value that is None was not measured."""

    what: str
    wanted: float
    measured: float | None
    unit: str = "×"
    is_least: bool = True
    """Whether the number wanted is the least that is enough, or the most that is allowed."""

    @property
    def is_met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured >= self.wanted if self.is_least else self.measured <= self.wanted


def list_targets(run: Run) -> list[Target]:
    return list(_cached(run))


def _cached(run: Run) -> Iterator[Target]:
    for server, wanted in (("gunicorn", 1.5), ("granian", 3.0)):
        site, floor, bare = (f"{server}: {case}" for case in (CACHED, FLOOR, PLAIN_BYTES))
        rate = "requests/s"
        yield Target(
            what=f"Cached page, requests/s against the floor ({server})",
            wanted=wanted,
            measured=run.ratio(CACHED_PART, site, floor, rate),
        )
        yield Target(
            what=f"Cached page, requests/s against bare WSGI ({server})",
            wanted=0.8,
            measured=run.ratio(CACHED_PART, site, bare, rate),
        )
        yield Target(
            what=f"Cached page, p99 against the median ({server})",
            wanted=4,
            measured=run.ratio(CACHED_PART, site, site, "p99 ms", base_measure="p50 ms"),
            is_least=False,
        )
        yield Target(
            what=f"Many pages in turn, share of what one page reaches, each against its floor ({server})",
            wanted=0.9,
            measured=_share(
                run.ratio(CACHED_PART, site + MANY, floor + MANY, rate), run.ratio(CACHED_PART, site, floor, rate)
            ),
        )


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None

"""What a worker that serves readers holds when its page cache is full."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.bench.cached import SITE
from tests.bench.cases import FULL
from tests.bench.load import HEADERS
from tests.bench.samples import Sample, make_samples
from tests.bench.servers import serving
from tests.bench.targets import CACHE_MB
from tests.web_server import make_environment

PART = "memory"
_OVERFLOW = 1.25
"""So much more than the cache holds is asked for, so that it also had to drop pages."""
_IDENTITY = {**HEADERS, "Accept-Encoding": "identity"}
"""Uncompressed pages fill it soonest."""


def measure(url: str, pages: Sequence[str], *, server: str) -> Iterator[Sample]:
    """One worker is asked for the pages until its cache is full, or until there are no more."""
    environment = make_environment(url, PAGE_CACHE_MB=str(CACHE_MB), SITE_TIER="public")
    with serving(server, SITE, environment, path="/healthz", workers=1) as running:
        before, asked = running.worker_mb(), 0
        with ThreadPoolExecutor(2) as pool:
            for _, _, body in pool.map(lambda page: running.get(page, _IDENTITY), pages):
                asked += len(body)
                if asked > _OVERFLOW * CACHE_MB * 1e6:
                    pool.shutdown(cancel_futures=True)
                    break
        values = {"worker MB": running.worker_mb(), "at first MB": before, "asked MB": asked / 1e6}
    yield from make_samples(PART, FULL.format(server=server), values, round=1)

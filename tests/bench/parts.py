"""The parts of the bench, each on the databases that it needs."""

from collections.abc import Callable, Iterator

from tests.bench import cached
from tests.bench.database import Databases
from tests.bench.errors import BenchError
from tests.bench.load import MISSING, has_wrk
from tests.bench.options import Options
from tests.bench.pages import list_pages
from tests.bench.samples import Sample
from tests.bench.servers import SERVERS

Say = Callable[[str], None]
COMPARISON = "/compare/ms-vs-als/"
CONDITION = "/conditions/multiple-sclerosis/"
MANY_FACTS = 14_000
"""On how much content the many pages are asked for: enough that there are so many."""


def measure_cached(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    if not has_wrk():
        raise BenchError(MISSING)
    url = databases.url(databases.ensure_demonstration())
    many_url = url if options.is_quick else databases.url(databases.ensure_generated(MANY_FACTS))
    many = list_pages(many_url, options.pages)
    say(f"{len(many)} different pages")
    contestants = cached.prepare(one=COMPARISON, url=url, many=many, many_url=many_url)
    for server in SERVERS:
        yield from cached.measure(server, contestants, rounds=options.rounds, seconds=options.seconds, say=say)


PARTS: dict[str, Callable[..., Iterator[Sample]]] = {"cached": measure_cached}

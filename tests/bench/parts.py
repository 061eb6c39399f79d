"""The parts of the bench, each on the databases that it needs."""

from collections.abc import Callable, Iterator

from tests.bench import cached, memory
from tests.bench.cases import HEAVY, MANY
from tests.bench.database import Databases
from tests.bench.errors import BenchError
from tests.bench.load import MISSING, has_wrk
from tests.bench.options import Options
from tests.bench.pages import list_pages
from tests.bench.samples import Sample
from tests.bench.servers import SERVERS
from tests.bench.stage import run_stage

Say = Callable[[str], None]
PAGE = "/glossary/"
"""76 kB, 12 kB compressed. Of the demonstration content it is next to the 70 kB on which others were measured."""
HEAVY_PAGE = "/compare/ms-vs-als/"
"""224 kB, 33 kB compressed."""
CONDITION = "/conditions/multiple-sclerosis/"
UNCACHED_SETTINGS = "tests.bench.plain.settings"
IMPORTED_FACTS = 10_000
MANY_FACTS = 14_000
"""On how much content the many pages are asked for: enough that there are so many."""


def measure_cached(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    if not has_wrk():
        raise BenchError(MISSING)
    url = databases.url(databases.ensure_demonstration())
    many_url = url if options.is_quick else databases.url(databases.ensure_generated(MANY_FACTS))
    many = list_pages(many_url, options.pages)
    say(f"{len(many)} different pages")
    contestants = cached.prepare(one=PAGE, heavy=HEAVY_PAGE, url=url, many=many, many_url=many_url)
    for server in SERVERS if not options.is_quick else ("gunicorn", "granian"):
        # To warm up many pages takes minutes; two kinds of servers are enough for more than the one page.
        asked = [one for one in contestants if not one.name.endswith((HEAVY, MANY)) or server != "gunicorn, threads"]
        yield from cached.measure(server, asked, rounds=options.rounds, seconds=options.seconds, say=say)


def measure_memory(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    name = databases.ensure_demonstration() if options.is_quick else databases.ensure_generated(MANY_FACTS)
    pages = list_pages(databases.url(name), options.pages * 4)
    for server in ("gunicorn", "granian"):
        say(server)
        yield from memory.measure(databases.url(name), pages, server=server)


def measure_uncached(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    url = databases.url(databases.ensure_demonstration())
    for round in range(1, options.rounds + 1):
        say(f"round {round}")
        yield from run_stage("uncached", url, round=round, settings=UNCACHED_SETTINGS)


def measure_editorial(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    def take(round: int, size: int, name: str) -> Iterator[Sample]:
        with databases.copy(name) as url:
            yield from run_stage("editorial", url, round=round, size=size)

    return _measure_sizes(options, databases, say, take)


def measure_search(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    def take(round: int, size: int, name: str) -> Iterator[Sample]:
        yield from run_stage("search", databases.url(name), round=round, size=size)

    return _measure_sizes(options, databases, say, take)


def measure_import(options: Options, databases: Databases, *, say: Say) -> Iterator[Sample]:
    count = 500 if options.is_quick else IMPORTED_FACTS
    name = databases.ensure_generated(min(options.sizes))
    say(f"{count:,} facts")
    with databases.copy(name) as url:
        yield from run_stage("importing", url, round=1, size=count)


def _measure_sizes(
    options: Options, databases: Databases, say: Say, take: Callable[[int, int, str], Iterator[Sample]]
) -> Iterator[Sample]:
    """All sizes in each round, so that each sees the same machine. A size that fails keeps no other from its rounds."""
    failed: dict[int, str] = {}
    for round in range(1, options.rounds + 1):
        for size in options.sizes:
            if size in failed:
                continue
            say(f"{size:,} facts, round {round}")
            try:
                yield from take(round, size, databases.ensure_generated(size))
            except BenchError as error:
                failed[size] = str(error)
                say(str(error))
    if failed:
        raise BenchError(" ".join(failed.values()))


PARTS: dict[str, Callable[..., Iterator[Sample]]] = {
    "cached": measure_cached,
    "memory": measure_memory,
    "uncached": measure_uncached,
    "editorial": measure_editorial,
    "search": measure_search,
    "import": measure_import,
}

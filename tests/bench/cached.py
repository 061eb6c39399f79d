"""Finished pages over HTTP: the site with its page cache beside what sends the same bytes with less around them."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.applications.answers import ALL_HEADERS, VARIABLE, Answer, write_answers
from tests.bench.cases import CACHED, DEFAULT, FLOOR, HEAVY, MANY, PLAIN_BYTES, UNCACHED, WITH_HEADERS
from tests.bench.errors import BenchError
from tests.bench.load import CONNECTIONS, press
from tests.bench.samples import Sample, make_samples
from tests.bench.servers import Running, serving
from tests.bench.surroundings import FOLDER
from tests.web_server import make_environment

PART = "cached"
SITE = "sclerosis_site.wsgi:application"
_SENDERS = {
    PLAIN_BYTES: "tests.bench.applications.bare_wsgi:application",
    FLOOR: "tests.bench.applications.bare_view:application",
    DEFAULT: "tests.bench.applications.default_middleware:application",
}
_OF_THE_SERVER = ("connection", "content-length", "date", "server", "transfer-encoding")
"""Headers that each server and application writes itself."""
_WARM_UP_SECONDS = 1
_LATER_SECONDS = 4
_KNOCKS = 6
"""How often each page is asked for first: which worker answers is chance, and each keeps pages of its own."""

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """An application that is measured, on pages from a file."""

    name: str
    application: str
    environment: dict[str, str]
    paths: Path
    is_kept: bool = True
    """Whether it answers from memory, and so is worth asking before it is measured."""


def prepare(*, one: str, heavy: str, url: str, many: Sequence[str] = (), many_url: str = "") -> list[Contestant]:
    """Who is measured: on the pages `one` and `heavy` of the database `url`, and on `many` of another, in turn."""
    contestants = _on_pages([one], url, suffix="", senders=(PLAIN_BYTES, FLOOR, DEFAULT))
    paths = contestants[0].paths
    uncached = make_environment(url, PAGE_CACHE_MB="0")
    contestants.append(Contestant(name=UNCACHED, application=SITE, environment=uncached, paths=paths, is_kept=False))
    contestants += [_with_headers(contestant) for contestant in contestants if contestant.name in (PLAIN_BYTES, FLOOR)]
    contestants += _on_pages([heavy], url, suffix=HEAVY, senders=(PLAIN_BYTES, FLOOR))
    if many:
        contestants += _on_pages(many, many_url, suffix=MANY, senders=(PLAIN_BYTES, FLOOR))
    return contestants


def _on_pages(pages: Sequence[str], url: str, *, suffix: str, senders: Sequence[str]) -> list[Contestant]:
    site = make_environment(url)
    paths, answers = keep_answers(site, pages, name=f"pages{suffix}".replace(", ", "-").replace(" ", "-"))
    sending = {**site, VARIABLE: str(answers)}
    applications = [(name, _SENDERS[name], sending) for name in senders] + [(CACHED, SITE, site)]
    return [
        Contestant(name=name + suffix, application=application, environment=environment, paths=paths)
        for name, application, environment in applications
    ]


def _with_headers(contestant: Contestant) -> Contestant:
    environment = {**contestant.environment, ALL_HEADERS: "1"}
    return replace(contestant, name=contestant.name + WITH_HEADERS, environment=environment)


def measure(
    server: str, contestants: Sequence[Contestant], *, rounds: int, seconds: float, say: Say
) -> Iterator[Sample]:
    """All of them run at once, and are asked one after the other, so that each round sees them on the same machine."""
    with ExitStack() as stack:
        running = {contestant.name: stack.enter_context(_start(server, contestant)) for contestant in contestants}
        for contestant in contestants:
            if contestant.is_kept:
                say(f"{server}: {contestant.name}, warming up")
                warm(running[contestant.name], contestant)
        for round in range(1, rounds + 1):
            for contestant in contestants:
                say(f"{server}: {contestant.name}, round {round}")
                values = press_measured(running[contestant.name], contestant.paths, seconds)
                wait_until_idle(running[contestant.name])
                yield from make_samples(PART, f"{server}: {contestant.name}", values, round=round)


def _start(server: str, contestant: Contestant) -> AbstractContextManager[Running]:
    path = read_paths(contestant.paths)[0]
    return serving(server, contestant.application, contestant.environment, path=path)


def keep_answers(environment: dict[str, str], pages: Sequence[str], *, name: str) -> tuple[Path, Path]:
    """The files of the pages' paths and of the site's compressed answers. Raises BenchError."""
    paths, answers = FOLDER / f"{name}.paths", FOLDER / f"{name}.json"
    with serving("gunicorn", SITE, environment, path="/healthz", workers=1) as running:
        known = [page for page in pages if _ask(running, page)]
        settle(running)
        found = [(page, answer) for page in known if (answer := _ask(running, page))]
    if not found:
        raise BenchError(f"{pages[0]} is no page that is sent compressed, so it cannot be measured.")
    write_answers(answers, found)
    paths.write_text("".join(f"{page}\n" for page, _ in found))
    return paths, answers


def _ask(running: Running, page: str) -> Answer | None:
    """None for what is no page, such as a pair that has a page of editors and leads there."""
    status, headers, body = running.get(page)
    if status != 200 or "content-encoding" not in headers:
        return None
    return Answer(body, {name: value for name, value in headers.items() if name not in _OF_THE_SERVER})


def read_paths(paths: Path) -> list[str]:
    return paths.read_text().splitlines()


def warm(running: Running, contestant: Contestant) -> None:
    """Until each worker has each page, as nearly as chance allows."""
    pages = read_paths(contestant.paths)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for _ in range(_KNOCKS if len(pages) > 1 else 4 * _KNOCKS):
            list(pool.map(running.get, pages))
    if contestant.application == SITE:
        settle(running)
    press(running.address, seconds=_WARM_UP_SECONDS, paths=contestant.paths)


def settle(running: Running) -> None:
    """The site sends a page quickly compressed at first, and later compresses it as far as it goes."""
    time.sleep(_LATER_SECONDS)
    wait_until_idle(running)


def wait_until_idle(running: Running) -> float:
    """A slow application still answers what nobody waits for any more. The CPU seconds that it has taken then."""
    before = -1.0
    while (now := running.cpu_seconds()) - before > 0.02:
        before = now
        time.sleep(0.2)
    return now


def press_measured(running: Running, paths: Path, seconds: float) -> dict[str, float]:
    """What one load showed, by measure."""
    before = wait_until_idle(running)
    load = press(running.address, seconds=seconds, paths=paths)
    cpu = running.cpu_seconds() - before
    return {
        "requests/s": load.per_second,
        "CPU ms": 1000 * cpu / max(load.requests, 1),
        "p50 ms": load.p50,
        "p99 ms": load.p99,
        "errors": load.errors,
        "worker MB": running.worker_mb(),
    }

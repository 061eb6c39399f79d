"""A page that nobody has asked for yet, beside a plain Django version of the same page: see tests/bench/plain."""

from collections.abc import Iterator

from django.test import Client

from tests.bench.cases import COMPARISON, CONDITION, FIXED, PLAIN
from tests.bench.load import HEADERS
from tests.bench.samples import Sample, make_samples
from tests.bench.timing import Taken, summarise, take_fixed, taking

PART = "uncached"
PAGES = {COMPARISON: "/compare/ms-vs-als/", CONDITION: "/conditions/multiple-sclerosis/"}
_KINDS = (("", ""), (PLAIN, "/plain"))
_TIMES = 15
_WARM_UP = 3


def take(*, round: int, size: int = 0) -> Iterator[Sample]:
    """Site and plain version in turn, so that both have the same machine."""
    client = Client(headers={**HEADERS, "Accept-Encoding": "identity"})
    addresses = {name + suffix: before + path for name, path in PAGES.items() for suffix, before in _KINDS}
    for address in addresses.values():
        for _ in range(_WARM_UP):
            client.get(address)
    taken: dict[str, list[Taken]] = {name: [] for name in (*addresses, FIXED)}
    for _ in range(_TIMES):
        for name, address in addresses.items():
            with taking() as one:
                client.get(address)
            taken[name].append(one)
        taken[FIXED].append(take_fixed())
    for name, runs in taken.items():
        yield from make_samples(PART, name, summarise(runs), round=round, size=size)

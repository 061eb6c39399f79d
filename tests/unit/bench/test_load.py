from pathlib import Path

import pytest

from tests.bench.errors import BenchError
from tests.bench.load import make_command, parse

SAID = """Running 2s test @ http://127.0.0.1:8000
  1 threads and 16 connections
Transfer/sec:     13.46MB
measured: {"requests": 9000, "microseconds": 2000000, "p50": 3200.0, "p99": 12500.5, "errors": [0, 1, 0, 2, 0]}
"""


def test_what_wrk_said_is_read_in_requests_a_second_and_milliseconds():
    load = parse(SAID)

    assert (load.per_second, load.p50, load.p99) == (4500.0, 3.2, 12.5005)


def test_every_kind_of_error_counts():
    assert parse(SAID).errors == 3


@pytest.mark.parametrize("output", ["", "unable to connect", "measured: {", 'measured: {"requests": 1}'])
def test_what_cannot_be_read_is_refused_with_a_sentence(output):
    with pytest.raises(BenchError, match="wrk said nothing that can be read"):
        parse(output)


def test_a_load_lasts_at_least_a_second_and_asks_as_a_browser_behind_a_proxy():
    command = make_command("http://127.0.0.1:1", seconds=0.2, paths=Path("paths"), headers={"Host": "localhost"})

    assert command[command.index("--duration") + 1] == "1s"
    assert command[command.index("-H") + 1] == "Host: localhost"

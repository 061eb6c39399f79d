import pytest

from tests.bench import parts
from tests.bench.errors import BenchError
from tests.bench.options import read_options
from tests.bench.samples import Sample


class Databases:
    """Makes none."""

    def ensure_generated(self, facts):
        return f"database-{facts}"

    def url(self, name):
        return f"postgresql:///{name}"


@pytest.fixture
def asked(monkeypatch):
    """(round, size) of each stage; that of 1,400 facts fails."""
    rows = []

    def run(name, url, *, round, size):
        rows.append((round, size))
        if size == 1_400:
            raise BenchError("It fell over.")
        return [Sample(part=name, case="all", measure="m", value=1, round=round, size=size)]

    monkeypatch.setattr(parts, "run_stage", run)
    return rows


def test_sizes_are_measured_in_turn_and_one_that_fails_keeps_no_other_from_its_rounds(asked):
    samples = []

    with pytest.raises(BenchError, match="fell over"):
        samples.extend(parts.measure_search(read_options(["--sizes", "140,1400,14000"]), Databases(), say=print))

    assert asked == [(1, 140), (1, 1_400), (1, 14_000), (2, 140), (2, 14_000), (3, 140), (3, 14_000)]


def test_a_quick_look_is_one_round_of_small_sizes():
    options = read_options(["--quick"])

    assert (options.sizes, options.rounds, options.seconds) == ((140, 1_400), 1, 1)


@pytest.mark.parametrize("arguments", [["--only", "everything"], ["--sizes", "10"], ["--sizes", "many"]])
def test_what_cannot_be_measured_is_refused_with_a_line(arguments, capsys):
    with pytest.raises(SystemExit):
        read_options(arguments)

    assert "error: " in capsys.readouterr().err

"""docs/performance.md, written from what was measured."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.bench import cached
from tests.bench.samples import Run
from tests.bench.servers import SERVERS
from tests.bench.targets import Target, list_targets

NAME = "performance.md"
NOTHING = "–"
_INTRODUCTION = """# Performance

What the site costs, measured by `make bench` in one run on one machine. Milliseconds belong to that machine; the
ratios, each taken between neighbours of the same round, belong to the site. Figures are medians of {rounds}.
"""
_CACHED = """## Cached pages

Two workers, wrk with 16 connections for {seconds:g} s each, one page of the demonstration content (a comparison),
compressed. *Floor* is a bare Django view without middleware that sends the same bytes from memory; *bare WSGI* sends
them without Django. *Many pages* are asked for in turn. A row is compared with the floor of its own server and round.
"""


def write_report(run: Run, folder: Path) -> Path:
    """Writes the page (and its pictures beside it) and says where it is."""
    path = folder / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(section.strip() + "\n" for section in list_sections(run) if section))
    return path


def list_sections(run: Run) -> Iterable[str]:
    rounds = run.options.get("rounds", 1)
    yield _INTRODUCTION.format(rounds="three rounds" if rounds == 3 else f"{rounds} round(s)")
    yield _targets(list_targets(run))
    yield _cached(run)
    yield _machine(run)


def _targets(targets: Sequence[Target]) -> str:
    rows = [
        (target.what, _wanted(target), _number(target.measured, target.unit), _verdict(target)) for target in targets
    ]
    return "## Targets\n\n" + table(("what", "target", "measured", "met"), rows)


def _wanted(target: Target) -> str:
    return f"{'at least' if target.is_least else 'at most'} {target.wanted:g}{_unit(target.unit)}"


def _verdict(target: Target) -> str:
    return {True: "yes", False: "**no**", None: "not measured"}[target.is_met]


def _cached(run: Run) -> str:
    if not run.cases(cached.PART):
        return ""
    seconds = run.options.get("seconds", 0)
    parts = [_CACHED.format(seconds=seconds)]
    for server in SERVERS:
        cases = [case for case in run.cases(cached.PART) if case.startswith(f"{server}: ")]
        if cases:
            parts.append(f"### {server}\n\n{_cached_table(run, cases, server)}")
    return "\n".join(parts)


def _cached_table(run: Run, cases: Sequence[str], server: str) -> str:
    head = (
        "served by",
        "requests/s",
        "× floor",
        "CPU ms a request",
        "p50 ms",
        "p99 ms",
        "errors",
        "memory of a worker, MB",
    )
    rows = []
    for case in cases:
        base = f"{server}: {cached.FLOOR}{cached.MANY if case.endswith(cached.MANY) else ''}"
        values = {name: run.median(cached.PART, case, name) for name in ("requests/s", "CPU ms", "p50 ms", "p99 ms")}
        ratio = run.ratio(cached.PART, case, base, "requests/s")
        errors = sum(sample.value for sample in run.select(cached.PART, case, "errors"))
        memory = run.median(cached.PART, case, "worker MB")
        numbers = (values["requests/s"], ratio, values["CPU ms"], values["p50 ms"], values["p99 ms"])
        rows.append((case.partition(": ")[2], *map(_number, numbers), f"{errors:.0f}", _number(memory)))
    return table(head, rows)


def _machine(run: Run) -> str:
    rows = list(run.machine.items())
    notes = "\n".join(f"- Not measured: {note}" for note in run.notes)
    options = ", ".join(
        f"{name} {value}" for name, value in run.options.items() if name in ("sizes", "rounds", "seconds")
    )
    return "\n\n".join(filter(None, ("## How it was measured", table(("", ""), rows), f"Options: {options}.", notes)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first hold numbers and stand to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _number(value: float | None, unit: str = "") -> str:
    """Three digits that count, thousands marked."""
    if value is None:
        return NOTHING
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}{_unit(unit)}"


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""

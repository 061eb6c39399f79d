"""docs/performance.md, written from what was measured."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench import plots, texts
from tests.bench.cases import (
    ACTS,
    ALL,
    COMPARISON,
    CONDITION,
    FIXED,
    FLOOR,
    HEAVY,
    IMPORT,
    LISTS,
    MANY,
    PLAIN,
    SCREENS,
    SORTS,
    SUGGESTIONS,
)
from tests.bench.plots import Plot
from tests.bench.samples import Run
from tests.bench.tables import say_number, say_unit, table
from tests.bench.targets import RATE, Target, list_targets

NAME, PICTURES = "performance.md", "performance"
_SEARCHES = (*(f"search: {sort}" for sort in SORTS), ALL, SUGGESTIONS)
_PLOTS = {
    "editorial": (
        Plot(name="acts", title="What editors and reviewers do", part="editorial", cases=ACTS, measure="wall ms"),
        Plot(name="screens", title="Pages that they do it on", part="editorial", cases=SCREENS, measure="wall ms"),
    ),
    "search": (
        Plot(name="search", title="Search", part="search", cases=_SEARCHES, measure="p95 ms"),
        Plot(name="lists", title="Lists for readers", part="search", cases=tuple(LISTS), measure="wall ms"),
    ),
}


def write_report(run: Run, folder: Path) -> Path:
    """Writes the page, and its pictures into a folder beside it; says where the page is."""
    path = folder / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    sections = [section.strip() for section in list_sections(run, folder / PICTURES)]
    path.write_text("\n\n".join(section for section in sections if section) + "\n")
    return path


def list_sections(run: Run, pictures: Path) -> Iterator[str]:
    rounds = run.options.get("rounds", 1)
    yield texts.INTRODUCTION.format(rounds="one round" if rounds == 1 else f"{rounds} rounds")
    yield _targets(list_targets(run))
    if run.cases("cached"):
        yield texts.CACHED.format(seconds=run.options.get("seconds", 0))
        yield from _cached(run)
    if run.cases("memory"):
        yield _memory(run)
    if run.cases("uncached"):
        yield texts.UNCACHED
        yield _uncached(run)
    if run.cases("editorial"):
        yield texts.EDITORIAL
        yield _by_size(run, "editorial", (*ACTS, *SCREENS, FIXED), ("wall ms", "CPU ms", "queries"))
        yield from _pictures(run, "editorial", pictures)
    if run.cases("search"):
        yield texts.SEARCH
        yield _by_size(run, "search", _SEARCHES, ("p50 ms", "p95 ms", "queries"))
        yield texts.LISTS
        yield _by_size(run, "search", (*LISTS, FIXED), ("wall ms", "CPU ms", "queries"))
        yield from _pictures(run, "search", pictures)
    if run.cases("import"):
        yield _import(run)
    yield _machine(run)


def _targets(targets: Sequence[Target]) -> str:
    head = ("what", "target", "measured", "met", "bare WSGI")
    return "## Targets\n\n" + table(head, [_target_row(target) for target in targets])


def _target_row(target: Target) -> tuple[str, ...]:
    measured = say_number(target.measured, target.unit)
    bare = "" if target.bare is None else say_number(target.bare, target.unit)
    return target.what, _wanted(target), measured, _verdict(target), bare


def _wanted(target: Target) -> str:
    return f"{'at least' if target.is_least else 'at most'} {target.wanted:g}{say_unit(target.unit)}"


def _verdict(target: Target) -> str:
    return {True: "yes", False: "**no**", None: "not measured"}[target.is_met]


def _cached(run: Run) -> Iterator[str]:
    servers: dict[str, list[str]] = {}
    for case in run.cases("cached"):
        servers.setdefault(case.partition(": ")[0], []).append(case)
    for server, cases in servers.items():
        head = (
            "served by",
            RATE,
            "× floor",
            "CPU ms a request",
            "floor's CPU ÷",
            "p50 ms",
            "p99 ms",
            "errors",
            "worker, MB",
        )
        yield f"### {server}\n\n{table(head, [_cached_row(run, case, server) for case in cases])}"


def _cached_row(run: Run, case: str, server: str) -> list[str]:
    suffix = next((suffix for suffix in (MANY, HEAVY) if case.endswith(suffix)), "")
    base = f"{server}: {FLOOR}{suffix}"
    values = {name: run.median("cached", case, name) for name in (RATE, "CPU ms", "p50 ms", "p99 ms", "worker MB")}
    ratio, lighter = run.ratio("cached", case, base, RATE), run.ratio("cached", base, case, "CPU ms")
    errors = sum(sample.value for sample in run.select("cached", case, "errors"))
    times = (values["CPU ms"], lighter, values["p50 ms"], values["p99 ms"])
    return [case.partition(": ")[2], *map(say_number, (values[RATE], ratio, *times, errors, values["worker MB"]))]


def _memory(run: Run) -> str:
    measures = ("worker MB", "at first MB", "asked MB")
    rows = [(case, *(say_number(run.median("memory", case, m)) for m in measures)) for case in run.cases("memory")]
    head = ("worker", "MB", "MB before the first page", "MB of pages asked for")
    return f"### Memory\n\n{texts.MEMORY}\n{table(head, rows)}"


def _uncached(run: Run) -> str:
    head = ("page", "CPU ms", "CPU ms, plain", "plain ÷ site", "wall ms", "wall ms, plain", "queries", "queries, plain")
    rows = []
    for page in (COMPARISON, CONDITION):
        ratio = run.ratio("uncached", page + PLAIN, page, "CPU ms")
        cpu, wall, queries = (
            [run.median("uncached", case, measure) for case in (page, page + PLAIN)]
            for measure in ("CPU ms", "wall ms", "queries")
        )
        rows.append((page, *map(say_number, (*cpu, ratio, *wall, *queries))))
    fixed = say_number(run.median("uncached", FIXED, "CPU ms"), "ms")
    return f"{table(head, rows)}\nThe fixed work took {fixed} of CPU beside them."


def _by_size(run: Run, part: str, cases: Iterable[str], measures: Sequence[str]) -> str:
    """A row for each case; in its cells the measures at one size, and how much the first grew."""
    sizes = run.sizes(part)
    head = ("", *(f"{size:,} facts" for size in sizes), "growth")
    rows = []
    for case in cases:
        cells = [[run.median(part, case, measure, size) for measure in measures] for size in sizes]
        first, last = cells[0][0], cells[-1][0]
        growth = last / first if first and last and len(sizes) > 1 else None
        if any(value is not None for cell in cells for value in cell):
            rows.append((case, *(" · ".join(map(say_number, cell)) for cell in cells), say_number(growth, "×")))
    return f"In each cell: {' · '.join(measures)}.\n\n{table(head, rows)}"


def _pictures(run: Run, part: str, folder: Path) -> Iterator[str]:
    for plot in _PLOTS[part]:
        path = plots.draw(plot, run, folder)
        if path:
            yield f"![{plot.say(run)}]({PICTURES}/{path.name})"


def _import(run: Run) -> str:
    size = run.sizes("import")[-1]
    measures = ("seconds", "peak MB", "peak MB before", "queries")
    row = [say_number(run.median("import", IMPORT, measure, size)) for measure in measures]
    return f"## Import of a spreadsheet\n\n{table(('facts', *measures), [(f'{size:,}', *row)])}"


def _machine(run: Run) -> str:
    shown = ("sizes", "rounds", "seconds", "pages")
    options = ", ".join(f"{name} {_say_option(run.options[name])}" for name in shown if name in run.options)
    notes = "\n".join(f"- Not measured: {note}" for note in run.notes)
    parts = (texts.METHOD, table(("", ""), list(run.machine.items())), f"Options: {options}.", notes)
    return "\n\n".join(part.strip() for part in parts if part)


def _say_option(value: object) -> str:
    return " ".join(f"{each:,}" for each in value) if isinstance(value, list | tuple) else f"{value:g}"

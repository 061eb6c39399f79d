"""What the command line of the bench says."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from tests.bench.surroundings import PROJECT

SIZES = (140, 1_400, 14_000, 140_000)
QUICK_SIZES = (140, 1_400)
PARTS = ("cached", "memory", "uncached", "editorial", "search", "import")


@dataclass(frozen=True, kw_only=True)
class Options:
    parts: tuple[str, ...]
    sizes: tuple[int, ...]
    seconds: float
    """How long each load is pressed."""
    rounds: int
    pages: int
    """How many different pages are asked for in turn."""
    is_quick: bool
    keep: bool
    fresh: bool
    report_only: bool
    output: Path
    """The folder of performance.md."""


def read_options(arguments: list[str] | None = None) -> Options:
    """Ends the process with a line when an option cannot be understood."""
    parser = make_parser()
    given = parser.parse_args(arguments)
    if unknown := set(given.only) - set(PARTS):
        parser.error(f"--only knows {', '.join(PARTS)}, not {', '.join(sorted(unknown))}.")
    if any(size < 140 for size in given.sizes or ()):
        parser.error("--sizes are numbers of facts, 140 or more.")
    return Options(
        parts=tuple(part for part in PARTS if part in (given.only or PARTS)),
        sizes=tuple(sorted(given.sizes or (QUICK_SIZES if given.quick else SIZES))),
        seconds=given.seconds or (1 if given.quick else 4),
        rounds=1 if given.quick else 3,
        pages=50 if given.quick else 500,
        is_quick=given.quick,
        keep=given.keep,
        fresh=given.fresh,
        report_only=given.report,
        output=given.output,
    )


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="Measures the site and writes docs/performance.md."
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: to see that all of it runs")
    parser.add_argument("--only", type=_words, default=(), metavar="PARTS", help=f"some of: {','.join(PARTS)}")
    parser.add_argument("--sizes", type=_numbers, metavar="FACTS", help="numbers of facts, such as 140,14000")
    parser.add_argument("--seconds", type=float, help="how long each load is pressed (default 4)")
    parser.add_argument("--keep", action="store_true", help="keep the generated content for the next run")
    parser.add_argument("--fresh", action="store_true", help="make content anew that an earlier run kept")
    parser.add_argument("--report", action="store_true", help="measure nothing; write the report of the last run again")
    parser.add_argument("--output", type=Path, default=PROJECT / "docs", help="the folder of performance.md")
    return parser


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word.replace("_", "")) for word in _words(text))

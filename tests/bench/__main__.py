"""`python -m tests.bench`: measures, keeps the numbers in .local/bench/results.json, writes docs/performance.md."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict

from sclerosis_site.embedded_server import DATABASE
from tests.bench import parts
from tests.bench.database import Databases, manage
from tests.bench.errors import BenchError
from tests.bench.machine import describe_machine
from tests.bench.options import Options, read_options
from tests.bench.report import write_report
from tests.bench.samples import Run, Sample
from tests.bench.surroundings import RESULTS


def main() -> int:
    options = read_options()
    if options.report_only:
        if not RESULTS.exists():
            print(f"Nothing was measured yet: there is no {RESULTS}.", file=sys.stderr)
            return 1
        write_report(Run.load(RESULTS), options.output)
        return 0
    databases = Databases(is_fresh=options.fresh)
    try:
        run = measure(options, databases)
    finally:
        if not options.keep:
            databases.drop_made()
    run.save(RESULTS)
    print(f"Written: {write_report(run, options.output)}")
    return 0 if run.samples else 1


def measure(options: Options, databases: Databases) -> Run:
    """All parts; one that cannot be measured is noted, and the others go on."""
    run = Run(machine=describe_machine(), options={**asdict(options), "output": str(options.output)})
    # Without them production's pages cannot name their stylesheet.
    manage(databases.url(DATABASE), "collectstatic", "--no-input", "--verbosity", "0")
    for name in options.parts:
        try:
            collect(name, parts.PARTS[name](options, databases, say=make_say(name)), run)
        except BenchError as error:
            run.notes.append(f"{name}: {error}")
            print(f"{name}: {error}", file=sys.stderr)
        run.save(RESULTS)
    return run


def collect(name: str, samples: Iterator[Sample], run: Run) -> None:
    """As they come, so that what was measured before something failed is kept."""
    begun, before = time.monotonic(), len(run.samples)
    for sample in samples:
        run.samples.append(sample)
    print(f"{name}: {len(run.samples) - before} numbers in {time.monotonic() - begun:.0f} s", flush=True)


def make_say(name: str) -> Callable[[str], None]:
    """A line on what is measured now, with the time."""
    return lambda what: print(f"  {time.strftime('%H:%M:%S')} {name}: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

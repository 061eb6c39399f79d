"""What a load found, in lines, and in sentences where something is broken."""

import re
from collections.abc import Iterable
from statistics import median, quantiles

from tests.load.ledger import Ledger
from tests.load.readers import Results
from tests.load.workers import Memory, is_flat

LONG_ENOUGH_MINUTES = 5
"""A shorter load says nothing of memory: the first minutes fill the cache."""
_FAULT = re.compile(r"^.*(?:Traceback|ERROR|CRITICAL|WORKER TIMEOUT).*$", re.MULTILINE)


def find_problems(
    results: Results, ledger: Ledger, memory: Memory, workers: Iterable[int], log: str, *, minutes: float
) -> list[str]:
    """A sentence for each thing that is broken, beside what the readers complained of."""
    problems = [f"The web server's log says: {line}" for line in _FAULT.findall(log)[:5]]
    if set(workers) != set(memory.samples):
        problems.append("A worker was replaced while it worked.")
    if len({name for name in results.checked if name.startswith("worker ")}) < len(memory.samples):
        problems.append("Not every worker was asked for what was changed.")
    if ledger.count() < minutes * 30:
        problems.append(f"Only {ledger.count()} changes were published in {minutes:g} minutes.")
    for pid, (warm, end, _) in memory.list_growth().items() if minutes >= LONG_ENOUGH_MINUTES else ():
        if not is_flat(warm, end):
            problems.append(f"Worker {pid} grew from {warm:.0f} to {end:.0f} MB.")
    return problems


def summarise(results: Results, ledger: Ledger, memory: Memory, *, minutes: float) -> str:
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(results.statuses.items()))
    kept = ", ".join(f"{count} × {said}" for said, count in results.kept.most_common())
    checked = sum(count for name, count in results.checked.items() if name.startswith("/"))
    percentiles = quantiles(results.seconds, n=100)
    lines = [
        f"{minutes:g} minutes, {results.asked} answers ({statuses}), {ledger.count()} changes published.",
        f"Page cache: {kept}.",
        f"Checked for what was published: {checked} answers; {len(results.ages)} showed what had been replaced, the "
        f"oldest {max(results.ages, default=0):.2f} s before it was asked for.",
        f"Seconds until an answer: median {median(results.seconds):.3f}, 99 % below {percentiles[98]:.3f}.",
    ]
    for pid, (warm, end, most) in memory.list_growth().items():
        lines.append(f"Worker {pid}: {warm:.0f} MB when warm, {end:.0f} MB at the end, {most:.0f} MB at most.")
    return "\n".join(lines)

"""The memory of the workers while they work."""

import threading
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.web_server import WebServer

SAMPLE_EVERY = 2.0
MAY_GROW = 1.1
MAY_GROW_BY_MB = 3.0


def read_memory(pid: int) -> float:
    """The memory that the process holds, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


class Memory(threading.Thread):
    """Samples the workers' memory until it is told to stop."""

    def __init__(self, server: WebServer, *, is_over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.is_over = server, is_over
        self.samples: dict[int, list[float]] = defaultdict(list)

    def run(self) -> None:
        while not self.is_over.wait(SAMPLE_EVERY):
            for pid in self.server.list_workers():
                self.samples[pid].append(read_memory(pid))

    def list_growth(self) -> dict[int, tuple[float, float, float]]:
        """{worker: MB (after the first quarter, at the end, at most)}, medians of a tenth of the time."""
        growth = {}
        for pid, samples in self.samples.items():
            tenth, quarter = max(1, len(samples) // 10), len(samples) // 4
            growth[pid] = (median(samples[quarter : quarter + tenth]), median(samples[-tenth:]), max(samples))
        return growth


def is_flat(warm: float, end: float) -> bool:
    return end <= warm * MAY_GROW + MAY_GROW_BY_MB

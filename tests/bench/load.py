"""Requests as fast as they are answered, by wrk (https://github.com/wg/wrk), and what it says of them."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.errors import BenchError

CONNECTIONS = 16
MISSING = "wrk is missing, so nothing was measured over HTTP (Debian: apt-get install wrk)."
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Accept-Encoding": "br, gzip"}
_SCRIPT = Path(__file__).parent / "lua" / "load.lua"
_MARK = "measured: "


@dataclass(frozen=True, kw_only=True)
class Load:
    """What wrk saw. Times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int
    """Connections, reads and writes that failed, answers above 399, and requests that nobody answered."""

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def press(address: str, *, seconds: float, paths: Path, headers: Mapping[str, str] = HEADERS) -> Load:
    """Asks for the paths in the file, a line each, in turn. Raises BenchError."""
    command = make_command(address, seconds=seconds, paths=paths, headers=headers)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchError(f"wrk failed: {result.stderr.strip() or result.stdout.strip()}")
    return parse(result.stdout)


def make_command(address: str, *, seconds: float, paths: Path, headers: Mapping[str, str]) -> Sequence[str]:
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    times = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{max(1, round(seconds))}s"]
    return ["wrk", *times, "--timeout", "10s", *told, "--script", str(_SCRIPT), address, "--", str(paths)]


def parse(output: str) -> Load:
    """From what our script makes wrk print at the end. Raises BenchError."""
    line = next((line for line in output.splitlines() if line.startswith(_MARK)), "")
    try:
        said = json.loads(line.removeprefix(_MARK))
        return Load(
            requests=said["requests"],
            seconds=said["microseconds"] / 1e6,
            p50=said["p50"] / 1e3,
            p99=said["p99"] / 1e3,
            errors=sum(said["errors"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BenchError(f"wrk said nothing that can be read: {output[-300:]!r}") from error

"""Web servers as in production, each with two workers, and what they take: CPU time and memory."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from tests.bench.errors import BenchError
from tests.bench.load import HEADERS
from tests.bench.surroundings import FOLDER, PROJECT, python
from tests.web_server import find_free_port

WORKERS = 2
PATIENCE_SECONDS = 60
SERVERS = {
    "gunicorn": ["-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "{workers}", "--log-level", "warning"],
    "gunicorn, threads": [
        *("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "{workers}", "--log-level", "warning"),
        *("--worker-class", "gthread", "--threads", "4"),
    ],
    "granian": [
        *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}"),
        *("--workers", "{workers}", "--log-level", "warning", "--no-ws"),
    ],
}


@dataclass
class Running:
    """A server that answers."""

    process: psutil.Popen
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def list_processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Of the server and its workers since they began."""
        times = [process.cpu_times() for process in self.list_processes()]
        return sum(time.user + time.system for time in times)

    def worker_mb(self) -> float:
        """Resident memory of the largest worker, in millions of bytes."""
        return max(process.memory_info().rss for process in self.process.children(recursive=True)) / 1e6

    def get(self, path: str, headers: Mapping[str, str] = HEADERS) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name, and body as it was sent."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
            return response.status, {n.lower(): v for n, v in response.getheaders()}, response.read()


@contextlib.contextmanager
def serving(
    server: str, application: str, environment: Mapping[str, str], *, path: str = "/", workers: int = WORKERS
) -> Iterator[Running]:
    """The server with this application, once it answers at the path. Raises BenchError."""
    port = find_free_port()
    command = python(*(part.format(port=port, workers=workers) for part in SERVERS[server]), application)
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = FOLDER / f"server-{port}.log"
    with log.open("w") as output:
        process = psutil.Popen(
            command, cwd=PROJECT, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    try:
        running = Running(process, port)
        wait_for(running, path, log)
        yield running
    finally:
        end(process)
        log.unlink(missing_ok=True)


def wait_for(running: Running, path: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while running.process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError, HTTPException):
            status, _, _ = running.get(path)
            if status == 200:
                return
            raise BenchError(f"{running.address}{path} answers {status}, so it cannot be measured.")
        time.sleep(0.1)
    raise BenchError(f"The server did not start: {log.read_text()[-600:]}")


def end(process: psutil.Popen) -> None:
    """With its workers: the server has a process group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except psutil.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

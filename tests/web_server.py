"""The site in production settings behind a real web server with several workers, for tests and loads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
START_SECONDS = 60
WORKER = "X-Worker"
"""The header by which each answer says which worker gave it (see served.py)."""
SECRET_KEY = "of-a-server-that-only-a-test-or-a-load-asks-and-that-lives-a-few-minutes"


@dataclass(frozen=True)
class WebServer:
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def list_workers(self) -> list[int]:
        """The process ids of the workers: what the first process started."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def is_open(self) -> bool:
        with closing(socket.socket()) as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0


def make_environment(database_url: str, **more: str) -> dict[str, str]:
    """The environment of a production process that works on this database, whatever the developer's shell says."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "SITE_TIER", "STAFF_URL")}
    return {
        **kept,
        "DATABASE_URL": database_url,
        "PYTHONPATH": str(BASE_DIR),
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "SITE_URL": "https://www.example.org",
        "EMAIL_URL": "smtp+tls://localhost:587",
        **more,
    }


@contextmanager
def serve(
    environment: Mapping[str, str], *, log: Path, server: str = "gunicorn", workers: int = 2, threads: int = 2
) -> Iterator[WebServer]:
    """Runs the site on a free port until the block ends. Raises RuntimeError with the end of the log if it cannot."""
    port = find_free_port()
    with log.open("wb") as said:
        process = subprocess.Popen(
            _COMMANDS[server](port, workers, threads), cwd=BASE_DIR, env=environment, stdout=said, stderr=said
        )
    running = WebServer(process, port, log)
    try:
        _wait_until(running)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=60)  # What it still answers, it may answer for half a minute.


def find_free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_until(server: WebServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.is_open():
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The web server did not start:\n{server.log.read_text()[-2000:]}")
        time.sleep(0.1)


def _run_gunicorn(port: int, workers: int, threads: int) -> list[str]:
    options = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)]
    return [sys.executable, "-m", "gunicorn", "tests.served", *options, "--keep-alive", "60"]


def _run_granian(port: int, workers: int, threads: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    sizes = ["--workers", str(workers), "--blocking-threads", str(threads)]
    return [sys.executable, "-m", "granian", *options, *sizes, "tests.served:application"]


_COMMANDS = {"gunicorn": _run_gunicorn, "granian": _run_granian}
SERVERS = tuple(_COMMANDS)

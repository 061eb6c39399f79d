"""`make load`: readers, and editors who approve every second, on two workers in production settings.

Ends with a summary, and with 1 when there was an error, a page older than a second, or memory that grew.
"""

import argparse
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from sclerosis_site import embedded_postgres
from sclerosis_site.embedded_server import DATABASE
from tests.load.ledger import Ledger
from tests.load.readers import Reader, Results, Site
from tests.load.report import find_problems, summarise
from tests.load.workers import Memory
from tests.web_server import BASE_DIR, SERVERS, WebServer, make_environment, serve

LOCAL_DIR = BASE_DIR / ".local"
NAME = "sclerosis_load"


def main() -> int:
    options = read_options()
    environment = prepare()
    log = LOCAL_DIR / "load.log"
    with serve(environment, log=log, server=options.server) as server:
        results, ledger, memory = run(server, environment, seconds=options.minutes * 60, readers=options.readers)
        workers = server.list_workers()
    problems = [
        *results.problems,
        *find_problems(results, ledger, memory, workers, log.read_text(), minutes=options.minutes),
    ]
    print(summarise(results, ledger, memory, minutes=options.minutes))
    for problem in problems:
        print(f"Broken: {problem}", file=sys.stderr)
    return 1 if problems else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--readers", type=int, default=6)
    parser.add_argument("--server", choices=SERVERS, default="gunicorn")
    return parser.parse_args()


def prepare() -> dict[str, str]:
    """A database of its own with the demonstration content, and the static files; returns the environment."""
    url = embedded_postgres.get_url(LOCAL_DIR)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {NAME}")
    environment = make_environment(url.replace(f"/{DATABASE}?", f"/{NAME}?"), PAGE_CACHE_REPORT_SECONDS="30")
    manage("demo", environment={**environment, "DEBUG": "1"})
    manage("collectstatic", "--no-input", environment=environment)
    return environment


def manage(*command: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=BASE_DIR, env=environment, check=True
    )


def run(
    server: WebServer, environment: dict[str, str], *, seconds: float, readers: int
) -> tuple[Results, Ledger, Memory]:
    results, ledger, is_over = Results(), Ledger(), threading.Event()
    memory = Memory(server, is_over=is_over)
    with editing(environment, seconds=seconds) as editors:
        site = read_site(editors, ledger, port=server.port)
        crowd = [Reader(site, ledger, results, seed=seed, is_over=is_over) for seed in range(readers)]
        for thread in (*crowd, memory):
            thread.start()
        follow(editors, ledger)
    is_over.set()
    for thread in (*crowd, memory):
        thread.join(timeout=60)
    if editors.returncode:
        results.complain("The editors broke off; what they met is above.")
    return results, ledger, memory


def read_site(editors: "subprocess.Popen[str]", ledger: Ledger, *, port: int) -> Site:
    """Waits until the editors have published their first numbers. Raises RuntimeError when they do not come so far."""
    told = follow(editors, ledger, until="ready")
    if told is None:
        raise RuntimeError("The editors could not begin; what they met is above.")
    return Site(port=port, **told)


@contextmanager
def editing(environment: dict[str, str], *, seconds: float) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.load.editor", str(seconds)]
    process = subprocess.Popen(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def follow(editors: "subprocess.Popen[str]", ledger: Ledger, *, until: str = "") -> Any:
    """Writes into the ledger what the editors tell, until they end or say the word; returns what they say with it."""
    assert editors.stdout is not None
    for line in editors.stdout:
        what, subject, value, at = json.loads(line)
        if what == until:
            return value
        if what == "begin":
            ledger.begin(subject, value, at=at)
        else:
            ledger.commit(subject, at=at)
    return None


if __name__ == "__main__":
    sys.exit(main())

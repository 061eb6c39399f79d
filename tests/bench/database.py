"""The bench's own databases in the embedded PostgreSQL: one for each content, kept as a template and copied."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from sclerosis_site import embedded_postgres
from sclerosis_site.embedded_server import PORT, SUPERUSER, Server, find_server
from tests.bench.errors import BenchError
from tests.bench.surroundings import LOCAL, PROJECT, make_development_environment, python
from tests.web_server import make_environment

PREFIX = "sclerosis_bench"
UNFINISHED = "_unfinished"


class Databases:
    """Makes, copies and drops them. A content that is there already is not made again, and one half made goes on."""

    def __init__(self, *, is_fresh: bool = False) -> None:
        """`is_fresh`: what an earlier run kept is made anew."""
        embedded_postgres.get_url(LOCAL)
        self._server: Server = find_server(LOCAL)
        self._is_fresh = is_fresh
        self._made: list[str] = []
        self._ready: set[str] = set()

    def url(self, name: str) -> str:
        return f"postgresql://{SUPERUSER}@/{name}?host={self._server.socket_dir}&port={PORT}"

    def has(self, name: str) -> bool:
        return bool(self._run("SELECT 1 FROM pg_database WHERE datname = %s", name))

    def drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_made(self) -> None:
        """What this run made; what an earlier one kept stays."""
        for name in self._made:
            self.drop(name)

    def ensure_demonstration(self) -> str:
        """The name of the database that holds the content of fixtures/."""
        return self._ensure(f"{PREFIX}_demo", ["demo", "--verbosity", "0"], is_development=True)

    def ensure_generated(self, facts: int) -> str:
        """The name of the database with that many facts, 140 to a condition."""
        conditions = max(1, facts // 140)
        command = ["generate_content", "--in-production", "--conditions", str(conditions), "--facts", str(facts)]
        return self._ensure(f"{PREFIX}_{facts}", command)

    @contextmanager
    def copy(self, name: str) -> Iterator[str]:
        """The address of a copy that may be written to; gone afterwards."""
        copied = f"{name}_copy"
        self.drop(copied)
        self.create(copied, template=name)
        try:
            yield self.url(copied)
        finally:
            self.drop(copied)

    def _ensure(self, name: str, command: list[str], *, is_development: bool = False) -> str:
        if name in self._ready:
            return name
        if self._is_fresh:
            self.drop(name)
            self.drop(name + UNFINISHED)
        if self.has(name):
            # It may have been made by an older version of the site, which made nothing ready of what today's does.
            manage(self.url(name), "migrate", "--verbosity", "0")
            self._vacuum(name)
            self._ready.add(name)
            return name
        unfinished = name + UNFINISHED
        if not self.has(unfinished):
            self.create(unfinished)
        url = self.url(unfinished)
        begun = time.monotonic()
        manage(url, "migrate", "--verbosity", "0")
        manage(url, *command, is_development=is_development)
        self._vacuum(unfinished)
        self._run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))
        self._made.append(name)
        self._ready.add(name)
        print(f"  {name} made in {time.monotonic() - begun:.0f} s", flush=True)
        return name

    def create(self, name: str, *, template: str = "template0") -> None:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(create.format(sql.Identifier(name), sql.Identifier(template)))

    def _vacuum(self, name: str) -> None:
        with self._server.connect(database=name) as connection:
            connection.execute("VACUUM (ANALYZE, FREEZE)")

    def _run(self, query: str | sql.Composable, *values: str) -> list[tuple]:
        with self._server.connect(database="postgres") as connection:
            cursor = connection.execute(query, values or None)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


def manage(url: str, *arguments: str, is_development: bool = False) -> None:
    """Runs a management command on the database; its progress is shown. Raises BenchError."""
    environment = (make_development_environment if is_development else make_environment)(url)
    result = subprocess.run(python("manage.py", *arguments), cwd=PROJECT, env=environment, check=False)
    if result.returncode:
        raise BenchError(f"“manage.py {' '.join(arguments)}” failed; what it says stands above.")

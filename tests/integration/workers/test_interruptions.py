"""The database goes away and comes back, and the workers are replaced: readers notice neither."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from editorial.freshness import ASK_EVERY
from tests.integration.workers.visiting import Visitor, meet_workers
from tests.rich_content import BareSite, build_bare_site
from tests.steps import retire
from tests.web_server import WebServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PAGE, NEVER_READ = "/conditions/stiffness/", "/conditions/hardness/"
PATIENCE_SECONDS = 60


@pytest.fixture
def site() -> BareSite:
    return build_bare_site()


@contextmanager
def no_database() -> Iterator[None]:
    """Ends the servers' connections to the test's database and refuses new ones; that of this process stays."""
    name = connection.settings_dict["NAME"]
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    parameters = {
        name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters
    }
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            yield
        finally:
            other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It did not come to that."
        time.sleep(0.2)


def test_while_the_database_is_away_the_last_page_is_served_and_marked(site: BareSite, visitors: list[Visitor]) -> None:
    time.sleep(ASK_EVERY)
    before = [visitor.get(PAGE) for visitor in visitors]

    with no_database():
        time.sleep(ASK_EVERY)
        for visitor, known in zip(visitors, before, strict=True):
            answer = visitor.get(PAGE)
            assert (answer.status, answer.body) == (200, known.body)
            assert answer.cache_status == "pages; hit; detail=stale"
            assert visitor.get(NEVER_READ).status == 500
            assert visitor.get("/healthz").status == 200
    retire(site.rigidity)

    for visitor in visitors:
        wait_until(lambda visitor=visitor: "stale" not in visitor.get(PAGE).cache_status)
        wait_until(lambda visitor=visitor: visitor.get(NEVER_READ).status == 200)
        assert visitor.get("/conditions/rigidity/").status == 410, "It was retired meanwhile."


def test_new_workers_begin_with_nothing_and_show_what_is_public(
    site: BareSite, visitors: list[Visitor], server: WebServer
) -> None:
    old = {visitor.get(PAGE).worker for visitor in visitors}
    os.kill(server.process.pid, signal.SIGHUP)
    wait_until(lambda: len(set(server.list_workers()) - old) == 2 and not set(server.list_workers()) & old)

    for visitor in meet_workers(server):
        answers = [visitor.get(PAGE) for _ in range(2)]
        assert [answer.cache_status for answer in answers] == ["pages; fwd=uri-miss; stored", "pages; hit"]
        assert answers[0].body == answers[1].body
        assert answers[0].worker not in old
        visitor.close()

"""A web server with two workers in production settings on the test's database; the test itself is one more process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.integration.workers.visiting import Visitor, meet_workers
from tests.web_server import WebServer, make_environment, serve


@pytest.fixture(scope="package")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    environment = make_environment(
        name_database(connection.settings_dict),
        DJANGO_SETTINGS_MODULE="tests.production_settings",
        SECRET_KEY=settings.SECRET_KEY,  # So that who signs in here is signed in there.
    )
    log: Path = tmp_path_factory.mktemp("server") / "log"
    with serve(environment, log=log) as running:
        yield running


def name_database(values: dict[str, Any]) -> str:
    """The address of the test's database, which the settings hold in parts."""
    user = quote(values["USER"]) + (f":{quote(values['PASSWORD'], safe='')}" if values["PASSWORD"] else "")
    place = f"{values['HOST']}:{values['PORT'] or 5432}" if values["HOST"] else ""
    options = urlencode({name: values["OPTIONS"][name] for name in ("host", "port") if name in values["OPTIONS"]})
    return f"postgres://{user}@{place}/{values['NAME']}?{options}"


@pytest.fixture
def visitors(server: WebServer) -> Iterator[list[Visitor]]:
    """One of each worker."""
    met = meet_workers(server)
    yield met
    for visitor in met:
        visitor.close()

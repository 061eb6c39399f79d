"""A CDN is told what became old: after the commit, in nobody's way, and again when it did not hear."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from editorial import purging
from tests.rich_content import BareSite, build_bare_site
from tests.steps import edit, retire, revise

pytestmark = pytest.mark.django_db

Told = tuple[list[str], str | None]
"""The keys, and the header that says who tells."""


class Cdn(HTTPServer):
    """A real server; it takes what it is told, or answers with another status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: Queue[Told] = Queue()
        self.status = 200


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Surrogate-Key"].split() == body["surrogate_keys"]
        server.told.put((body["surrogate_keys"], self.headers["Fastly-Key"]))
        self.send_response(server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def site() -> BareSite:
    return build_bare_site()


@pytest.fixture
def cdn(site: BareSite, settings: Any) -> Iterator[Cdn]:
    server = Cdn()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
    settings.CDN_PURGE_HEADER = {"Fastly-Key": "secret"}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_was_approved_is_told_at_once_and_once_more_when_every_process_knows(
    site: BareSite, cdn: Cdn, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        revise(site.stiffness, definition="Another definition.")

    keys, header = cdn.told.get(timeout=30)
    assert {"condition", "condition-stiffness"} <= set(keys)
    assert header == "secret"
    assert cdn.told.get(timeout=30) == (keys, header)


def test_a_withdrawal_makes_everything_old(site: BareSite, cdn: Cdn, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        retire(site.stiffness)

    assert [cdn.told.get(timeout=30)[0] for _ in range(2)] == [["site"]] * 2


def test_the_next_runs_tell_of_a_page_that_moved(site: BareSite, cdn: Cdn) -> None:
    purging.purge_recent(at=timezone.now() + purging.AGAIN_FOR)
    assert cdn.told.empty(), "What is older was told."

    revise(site.comparison, slug="another-address")
    purging.purge_recent(at=timezone.now())

    assert cdn.told.get(timeout=30)[0] == ["site"]


def test_a_draft_is_told_to_nobody(site: BareSite, cdn: Cdn, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        edit(site.stiffness, definition="Nobody approved this.")

    with pytest.raises(Empty):
        cdn.told.get(timeout=0.2)


def test_a_cdn_that_fails_is_in_the_log_without_its_secret_and_the_next_run_tells_it(
    site: BareSite, cdn: Cdn, caplog: pytest.LogCaptureFixture
) -> None:
    cdn.status = 503
    revise(site.stiffness, definition="Another definition.")
    said = StringIO()

    call_command("publish_due", verbosity=0, stderr=said)
    cdn.status = 200
    call_command("publish_due", verbosity=0, stderr=StringIO())

    assert "next run" in said.getvalue()
    assert "503" in caplog.text
    assert "secret" not in caplog.text
    assert all("condition-stiffness" in cdn.told.get(timeout=30)[0] for _ in range(2))


def test_a_cdn_that_is_not_there_stops_nothing(site: BareSite, settings: Any) -> None:
    settings.CDN_PURGE_URL = "http://127.0.0.1:9/purge"

    assert purging.purge(["condition"]) is False
    revise(site.stiffness, definition="Another definition.")


def test_more_keys_than_can_be_told_are_everything(cdn: Cdn) -> None:
    purging.purge([f"faq-{number}" for number in range(purging.MOST_KEYS + 1)])

    assert cdn.told.get(timeout=30)[0] == ["site"]


def test_a_site_without_a_cdn_tells_nobody(site: BareSite, cdn: Cdn, settings: Any) -> None:
    settings.CDN_PURGE_URL = ""

    call_command("publish_due", verbosity=0)

    assert cdn.told.empty()

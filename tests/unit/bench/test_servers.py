"""The smallest way through: one server, one application, a second of load."""

import pytest

from tests.bench.applications.answers import ALL_HEADERS, VARIABLE, Answer, write_answers
from tests.bench.errors import BenchError
from tests.bench.load import MISSING, has_wrk, press
from tests.bench.servers import serving
from tests.web_server import make_environment

HEADERS = {"content-type": "text/html; charset=utf-8", "content-encoding": "br", "x-of-the-site": "1"}
ANSWER = Answer(b"compressed", HEADERS)


@pytest.fixture
def environment(tmp_path):
    write_answers(tmp_path / "answers.json", [("/a/", ANSWER)])
    return make_environment("postgresql:///none", **{VARIABLE: str(tmp_path / "answers.json")})


@pytest.mark.parametrize("application", ["bare_wsgi", "bare_view", "default_middleware"])
def test_a_floor_sends_the_very_bytes_with_what_a_browser_needs_to_read_them(environment, application):
    with serving("gunicorn", f"tests.bench.applications.{application}:application", environment) as running:
        status, headers, body = running.get("/a/")

    assert (status, body) == (200, ANSWER.body)
    assert headers["content-encoding"] == "br"
    assert "x-of-the-site" not in headers


@pytest.mark.parametrize("application", ["bare_wsgi", "bare_view"])
def test_a_floor_sends_all_headers_of_the_site_when_it_is_told_to(environment, application):
    told = {**environment, ALL_HEADERS: "1"}
    with serving("gunicorn", f"tests.bench.applications.{application}:application", told) as running:
        _, headers, _ = running.get("/a/")

    assert headers.items() >= HEADERS.items()


def test_a_load_is_counted_with_what_it_took(environment, tmp_path):
    if not has_wrk():
        pytest.skip(MISSING)
    (tmp_path / "paths").write_text("/a/\n")
    with serving("granian", "tests.bench.applications.bare_wsgi:application", environment) as running:
        before = running.cpu_seconds()
        load = press(running.address, seconds=1, paths=tmp_path / "paths")

        assert load.requests > 0
        assert load.errors == 0
        assert running.cpu_seconds() > before
        assert running.worker_mb() > 1


def test_a_server_that_cannot_start_says_why(environment):
    with pytest.raises(BenchError, match="did not start"), serving("gunicorn", "tests.bench.nowhere:app", environment):
        pass

"""HEAD says what GET would say, and sends nothing after it, from the site itself and not only from the test client."""

import io
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, StreamingHttpResponse

from sclerosis_site.head import leave_out_body

pytestmark = pytest.mark.django_db


def ask(method: str, path: str) -> tuple[str, dict[str, str], bytes]:
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": io.BytesIO()}
    setup_testing_defaults(environ)
    told: list[tuple[str, dict[str, str]]] = []
    parts = WSGIHandler()(environ, lambda status, headers, exc_info=None: told.append((status, dict(headers))))
    body = b"".join(parts)
    parts.close()
    return *told[0], body


@pytest.mark.parametrize("path", ["/healthz", "/about/", "/search/", "/api/v1/conditions", "/no-such-page/"])
def test_head_is_answered_as_get_is_without_the_body(path: str) -> None:
    status, headers, body = ask("GET", path)
    assert body

    head_status, head_headers, head_body = ask("HEAD", path)

    assert (head_status, head_body) == (status, b"")
    assert head_headers.keys() == headers.keys()
    assert head_headers.get("Content-Length") == headers.get("Content-Length") == str(len(body))


@pytest.mark.parametrize(("method", "sent"), [("HEAD", b""), ("GET", b"one part")])
def test_what_comes_in_parts_is_left_out_too(method: str, sent: bytes) -> None:
    request = HttpRequest()
    request.method = method

    response = leave_out_body(lambda request: StreamingHttpResponse([b"one ", b"part"]))(request)

    assert b"".join(response) == sent

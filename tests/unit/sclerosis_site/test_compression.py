"""Long pages that all share are as small as can be; all else is compressed quickly."""

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sclerosis_site.compression import LONG, CompressionMiddleware

PAGE = b"<p>All about it, in words that come again and again.</p>" * (LONG // 20)
BROWSER = "gzip, deflate, br, zstd"


def answer(request: HttpRequest, content: bytes = PAGE, **headers: str) -> HttpResponse:
    return CompressionMiddleware(lambda _: HttpResponse(content, headers=headers))(request)


def ask(path: str = "/compare/a-vs-b/", encoding: str = BROWSER, **more: str) -> HttpRequest:
    return RequestFactory().get(path, HTTP_ACCEPT_ENCODING=encoding, **more)


def test_a_long_page_is_sent_as_small_as_brotli_makes_it_with_all_that_caches_must_know():
    response = answer(ask(), ETag='"one"')

    assert response.content == brotli.compress(PAGE, quality=11)
    assert response["Content-Encoding"] == "br"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "accept-encoding"
    assert response["ETag"] == 'W/"one"'


def test_it_is_compressed_once(monkeypatch):
    page = PAGE + b"once"
    first = answer(ask(), page).content
    monkeypatch.setattr(brotli, "compress", None)

    assert answer(ask(), page).content == first


@pytest.mark.parametrize(
    "request_",
    [
        ask(encoding="gzip, zstd"),
        ask(encoding="br;q=0, gzip"),
        ask("/compare/?with=a&with=b"),
        ask(HTTP_COOKIE="sessionid=1"),
    ],
)
def test_what_is_not_for_all_or_not_understood_is_left_to_the_package(request_):
    assert answer(request_)["Content-Encoding"] in {"gzip", "zstd"}


def test_short_pages_and_data_are_left_to_the_package():
    assert answer(ask(), b"<p>Short.</p>" * 9)["Content-Encoding"] == "zstd"
    assert answer(ask(), PAGE, **{"Content-Type": "application/json"})["Content-Encoding"] == "zstd"


def test_who_takes_nothing_gets_the_page_as_it_is():
    assert answer(ask(encoding="identity")).content == PAGE

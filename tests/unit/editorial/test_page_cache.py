"""The cache in front of Django: what it keeps, for how long, and that nobody can tell its answers from Django's."""

import gzip
import threading

import brotli
import pytest
from backports import zstd
from django.db import OperationalError

from editorial import freshness
from editorial.answers import share
from editorial.freshness import ASK_EVERY, Freshness
from editorial.page_cache import PageCache

TEXT = b"<!doctype html>" + b"A sentence that everybody may read. " * 40
DECODE = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress, "identity": bytes}


class Site:
    """A site that counts what it is asked, and a clock and a number of the newest publication to be set by hand."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.find_names = {"with"}
        self.body = TEXT
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY")]
        self.now = 0.0
        self.newest = 1
        self.questions = 0
        self.is_down = False
        self.before_answering = lambda: None
        self.cache = PageCache(
            self.answer,
            find_query_names=lambda path: None if path.startswith("/admin/") else frozenset(self.find_names),
            freshness=Freshness(self.read_newest, lambda: self.now),
            max_bytes=200_000,
            session_cookie="sessionid",
        )

    def read_newest(self) -> freshness.Version:
        self.questions += 1
        self.before_answering()
        if self.is_down:
            raise OperationalError("gone")
        return self.newest, 0, "2026-11-29"

    def answer(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"] + ("?" if environ["QUERY_STRING"] else "") + environ["QUERY_STRING"])
        start_response(self.status, [*self.headers, ("Content-Length", str(len(self.body)))])
        return [self.body]

    def get(self, path="/compare/", query="", method="GET", **headers):
        """(status, headers, body)"""
        said = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "https"}
        environ |= {"HTTP_HOST": "example.org"} | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        parts = self.cache(environ, lambda status, headers: said.append((status, dict(headers))))
        assert isinstance(parts, list), "granian streams what is no list"
        return int(said[0][0][:3]), said[0][1], b"".join(parts)


@pytest.fixture
def site() -> Site:
    freshness._published.clear()
    return Site()


def test_a_page_is_made_once_for_all_codings(site):
    for coding in ("br", "zstd", "gzip", "identity", "br", "gzip, br;q=0.5"):
        site.get(accept_encoding=coding)

    assert site.asked == ["/compare/"]
    assert site.cache.counters.misses == 1


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip", "identity"])
def test_an_answer_is_what_the_application_said(site, coding):
    site.get()

    status, headers, body = site.get(accept_encoding=coding)

    assert status == 200
    assert DECODE[coding](body) == TEXT
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Length"] == str(len(body))
    assert headers.get("Content-Encoding", "identity") == coding
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.1", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0.5", "zstd"),
        ("identity", None),
        ("", None),
        ("br;q=x, ;;=,", None),
        ("GZIP", "gzip"),
    ],
)
def test_the_browser_chooses_the_coding(site, accepted, chosen):
    assert site.get(accept_encoding=accepted)[1].get("Content-Encoding") == chosen


def test_a_publication_ends_all_pages_within_a_second(site):
    for _ in range(3):
        site.get()
    site.newest, site.body = 2, TEXT + b"New."

    site.now = ASK_EVERY - 0.01
    assert site.get()[2] == TEXT
    site.now = ASK_EVERY
    assert site.get()[2] == TEXT + b"New."


def test_what_this_process_published_is_public_at_once(site):
    for _ in range(3):
        site.get()
    site.newest, site.body = 2, TEXT + b"New."

    freshness._published.set()

    assert site.get()[2] == TEXT + b"New."


def test_the_database_is_asked_once_a_second_at_most(site):
    for tenth in range(25):
        site.now = tenth / 10
        site.get(f"/conditions/{tenth}/")

    assert site.questions == 3


def test_while_the_database_is_silent_the_last_page_is_served_and_marked(site):
    for _ in range(3):
        site.get()
    site.is_down, site.now = True, 10.0

    for number in (1, 2, 3):
        status, headers, body = site.get()

        assert (status, body) == (200, TEXT)
        assert headers["Cache-Status"] == "pages; hit; detail=stale"
        assert site.cache.counters.stale == number


def test_a_page_is_not_marked_any_more_once_the_database_answers(site):
    site.get()
    site.is_down, site.now = True, 10.0
    site.get()
    site.is_down, site.now = False, 20.0
    site.get()
    with site.cache._freshness._lock:  # A thread asks meanwhile.
        pass

    assert site.get()[1]["Cache-Status"] == "pages; hit"


def test_no_reader_waits_for_a_database_that_was_silent(site):
    site.get()
    site.is_down, site.now = True, 10.0
    site.get()
    answering = threading.Event()
    site.before_answering, site.now = answering.wait, 20.0

    assert site.get()[0] == 200, "The question is still open."
    answering.set()


def test_who_has_a_session_is_answered_by_the_application(site):
    for _ in range(3):
        site.get()
    site.get(cookie="theme=dark; sessionid=abc")

    assert len(site.asked) == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_than_reading_are_handed_on(site, method):
    for _ in range(3):
        site.get()
    site.get(method=method)
    site.get(method=method)

    assert len(site.asked) == 3


def test_pages_that_are_not_for_readers_are_handed_on_with_their_query(site):
    site.get("/admin/", "unknown=1")
    site.get("/admin/", "unknown=1")

    assert site.asked == ["/admin/?unknown=1"] * 2


def test_unknown_names_in_a_query_neither_multiply_entries_nor_reach_the_page(site):
    for number in range(5):
        site.get(query=f"utm={number}&with=a&with=b&x")

    assert site.asked == ["/compare/?with=a&with=b"]


def test_the_order_of_what_is_compared_matters(site):
    site.get(query="with=a&with=b")
    site.get(query="with=b&with=a")

    assert len(site.asked) == 2


def test_head_is_answered_without_a_body(site):
    site.get()
    _, of_get, _ = site.get()
    status, headers, body = site.get(method="HEAD")

    assert (status, headers, body) == (200, of_get, b"")
    assert len(site.asked) == 1


def test_each_answer_says_where_it_came_from(site):
    said = [site.get()[1]["Cache-Status"] for _ in range(2)]
    site.newest, site.now = 2, 5.0
    said.append(site.get()[1]["Cache-Status"])
    site.status = "404 Not Found"
    said.append(site.get("/compare/none/")[1]["Cache-Status"])

    assert said == ["pages; fwd=uri-miss; stored", "pages; hit", "pages; fwd=stale; stored", "pages; fwd=uri-miss"]


def test_a_publication_lets_each_page_be_made_once_whatever_its_codings(site):
    for number in (1, 2):
        site.newest, site.now = number, number * 5.0
        for coding in ("br", "gzip", "identity", "gzip"):
            site.get(accept_encoding=coding)

    assert len(site.asked) == 2


def test_what_stays_is_compressed_thoroughly_while_nobody_waits(site, monkeypatch):
    jobs = []
    monkeypatch.setattr(site.cache._compressing, "add", jobs.append)
    quick = site.get(accept_encoding="br")
    site.cache._compress_again(jobs.pop())
    thorough = site.get(accept_encoding="br")

    assert len(thorough[2]) < len(quick[2])
    assert brotli.decompress(thorough[2]) == TEXT
    assert thorough[1]["ETag"] == quick[1]["ETag"]
    assert thorough[1]["ETag"].startswith("W/"), "The same words, other bytes."


def test_what_was_replaced_meanwhile_is_not_compressed_again(site, monkeypatch):
    jobs = []
    monkeypatch.setattr(site.cache._compressing, "add", jobs.append)
    site.get(accept_encoding="br")
    site.newest, site.now, site.body = 2, 5.0, TEXT + b"New."
    site.get(accept_encoding="br")
    site.cache._compress_again(jobs[0])

    assert brotli.decompress(site.get(accept_encoding="br")[2]) == TEXT + b"New."


def test_a_flood_of_addresses_that_there_are_not_evicts_no_page(site):
    site.get("/conditions/first/")
    site.status = "404 Not Found"
    for number in range(300):
        site.get(f"/conditions/{number}/")

    assert site.get("/conditions/first/")[1]["Cache-Status"] == "pages; hit"
    assert len(site.cache._answers) == 1


def test_the_log_says_how_it_went_and_names_no_address(site, caplog):
    caplog.set_level("INFO", "editorial.page_cache")
    site.cache._report_every = 1e-9
    site.get()
    site.now = 1.0
    site.get()
    site.now = 2.0
    site.get()

    assert "1 hits, 0 stale, 1 misses, 0 passed; holds 1 answers" in caplog.messages[-1]
    assert "compare" not in caplog.text


def test_a_reader_who_has_the_page_is_told_so(site):
    tag = site.get(accept_encoding="br")[1]["ETag"]

    status, headers, body = site.get(accept_encoding="br", if_none_match=f'"other", {tag}')

    assert (status, body) == (304, b"")
    assert headers["ETag"] == tag
    assert "Content-Length" not in headers
    assert site.get(accept_encoding="gzip", if_none_match=tag)[0] == 200, "Each coding has a tag of its own."


def test_the_first_reader_may_be_one_who_has_the_page(site):
    tag = site.get()[1]["ETag"]
    site.newest, site.now = 2, 5.0

    assert site.get(if_none_match=tag)[0] == 304, "The same words after a publication elsewhere."


@pytest.mark.parametrize("status", ["500 Internal Server Error", "404 Not Found", "400 Bad Request", "503 No"])
def test_a_fault_is_not_kept(site, status):
    site.status = status
    site.get()
    site.status = "200 OK"

    assert site.get()[0] == 200


@pytest.mark.parametrize(
    "header",
    [("Set-Cookie", "a=b"), ("Cache-Control", "no-store"), ("Cache-Control", "private"), ("Vary", "Cookie, Accept")],
)
def test_what_is_for_one_person_is_not_kept(site, header):
    site.headers.append(header)
    site.get()
    site.get()

    assert len(site.asked) == 2


def test_a_withdrawn_page_is_kept_as_withdrawn(site):
    site.status = "410 Gone"
    site.get()

    assert site.get()[0] == 410
    assert len(site.asked) == 1


def test_memory_is_bounded_and_what_was_asked_for_last_stays(site):
    site.body = bytes(15_000)
    for number in range(40):
        site.now += 1.0
        for _ in range(3):
            site.get("/conditions/first/")
        site.get(f"/conditions/{number}/")
    site.get("/conditions/0/")

    assert site.cache._answers.currsize <= 200_000
    assert site.asked.count("/conditions/first/") == 1
    assert site.asked.count("/conditions/0/") == 2


def test_what_was_evicted_is_not_kept_by_having_been_asked_for_just_now(site):
    site.body = bytes(15_000)
    for number in range(40):
        for _ in range(3):
            site.get(f"/conditions/{number}/")

    alive = [answer for recent in site.cache._recent.values() if (answer := recent())]
    assert 0 < len(alive) <= len(site.cache._answers)


def test_the_many_ways_to_ask_for_a_page_are_bounded_too(site, monkeypatch):
    monkeypatch.setattr("editorial.page_cache.MOST_RECENT", 5)
    for number in range(20):
        for _ in range(2):
            site.get(host=f"example.org:{number}")
            site.get(accept_encoding="br", query=f"utm={number}")

    assert len(site.cache._recent) == 5
    assert len(site.asked) == 1


def test_a_request_with_a_query_is_read_once_a_second_and_one_with_a_cookie_always(site, monkeypatch):
    site.get(query="with=a&utm=1")
    site.get(query="with=a&utm=1")
    monkeypatch.setattr(site.cache, "_find_query_names", lambda path: pytest.fail("It was read again."))

    assert site.get(query="with=a&utm=1")[1]["Cache-Status"] == "pages; hit"
    with pytest.raises(pytest.fail.Exception):
        site.get(query="with=a&utm=1", cookie="theme=dark")


def test_what_pages_have_in_common_lies_in_memory_once(site):
    for path in ("/conditions/a/", "/conditions/b/"):
        site.headers[1] = ("".join(("X-", "Frame-Options")), "DENY")
        site.get(path)
    one, other = (
        next(header for header in answer.headers if header[0] == "X-Frame-Options")
        for answer in site.cache._answers.values()
    )

    assert one is other


def test_headers_of_an_answer_that_is_not_kept_stay_nowhere(site):
    site.get()
    held = share.cache_info().misses
    site.headers.append(("Set-Cookie", "theirs=1"))
    site.get("/conditions/a/")

    assert share.cache_info().misses == held


def test_who_asks_alike_in_the_same_second_is_told_the_same_and_who_asks_otherwise_is_not_mistaken_for_them(site):
    asked = [
        {"accept_encoding": coding, "method": method, "path": path, **more}
        for coding in DECODE
        for method in ("GET", "HEAD")
        for path in ("/compare/", "/conditions/")
        for more in ({}, {"x_forwarded_proto": "http"}, {"host": "other.example.org"}, {"query": "with=a"})
    ]
    first = [site.get(**request) for request in asked]
    tags = [headers["ETag"] for _, headers, _ in first]

    for _ in range(3):
        again = [site.get(**request) for request in asked]
        assert [(status, body) for status, _, body in again] == [(status, body) for status, _, body in first]
        assert [headers["ETag"] for _, headers, _ in again] == tags
        known = [site.get(**request, if_none_match=tag) for request, tag in zip(asked, tags, strict=True)]
        assert {(status, body) for status, _, body in known} == {(304, b"")}
    assert len(site.asked) == 8, "Once for each path, scheme, host and query."


def test_hosts_and_schemes_do_not_share_pages_but_ports_do(site):
    site.get()
    site.get(host="other.example.org")
    site.get(x_forwarded_proto="http")
    for port in range(3):
        site.get(host=f"Example.org:{port}")

    assert len(site.asked) == 3


@pytest.mark.parametrize("query", ["q=my+words", "with=a&q=my+words", "as_of=2999-01-01"])
def test_words_of_readers_and_days_without_end_are_not_kept(site, query):
    site.find_names = {"with", "q", "as_of"}
    site.get(query=query)
    site.get(query=query)

    assert site.asked == [f"/compare/?{query}"] * 2


def test_pictures_are_not_compressed_again(site):
    site.headers[0] = ("Content-Type", "image/png")

    assert "Content-Encoding" not in site.get(accept_encoding="br")[1]

"""What no log may hold."""

import logging

import pytest

from sclerosis_site.logs import HideSecrets


def write(message: str, *args: object) -> str:
    record = logging.LogRecord("django.server", logging.INFO, "", 0, message, args, None)
    assert HideSecrets().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "line",
    [
        "GET /search/?q=secret HTTP/1.1",
        "GET /search/?q=secret+secret%20secret&kind=faq HTTP/1.1",
        "GET /es/search/?kind=faq&q=secret'secret HTTP/1.1",
        "GET /search/suggestions/?q=secret HTTP/1.1",
        "GET /faqs/?q=secret secret HTTP/1.1",
    ],
)
def test_a_line_of_the_server_holds_the_page_but_not_what_was_searched(line: str) -> None:
    written = write('"%s" %s %s', line, "200", "1234")

    assert "secret" not in written
    assert "q=…" in written
    assert written.endswith(' HTTP/1.1" 200 1234')


def test_a_message_without_arguments_is_cleaned_too() -> None:
    assert write("Not Found: /search/?q=secret secret") == "Not Found: /search/?q=…"


def test_other_addresses_stay_readable() -> None:
    assert write("%s", "/compare/?with=one&with=two&seq=3") == "/compare/?with=one&with=two&seq=3"

"""robots.txt and security.txt."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import resolve
from django.urls.exceptions import Resolver404

from sclerosis_site.urls import list_patterns


def read_fields(text: str) -> dict[str, str]:
    """The fields of a security.txt, each of which stands there once."""
    lines = text.splitlines()
    assert all(re.fullmatch(r"[A-Za-z-]+: \S.*", line) for line in lines)
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)
    return fields


def test_crawlers_may_read_all_but_the_search_and_the_form_and_hear_nothing_of_the_staff(client: Client) -> None:
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {line for line in lines if line.startswith("Disallow:")} == {
        *("Disallow: /search/", "Disallow: /es/search/", "Disallow: /feedback/", "Disallow: /es/feedback/")
    }
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"
    assert "admin" not in response.content.decode()


def test_the_staffs_own_process_has_none_of_these_files() -> None:
    patterns = type("urls", (), {"urlpatterns": list_patterns(tier="editorial")})

    for path in ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt"):
        with pytest.raises(Resolver404):
            resolve(path, urlconf=patterns)


@override_settings(SECURITY_CONTACT="mailto:security@example.org")
def test_security_txt_names_the_contact_and_an_end_within_a_year(client: Client) -> None:
    response = client.get("/.well-known/security.txt")

    fields = read_fields(response.content.decode())
    end = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@example.org"
    assert timedelta(days=30) < end - datetime.now(UTC) < timedelta(days=365)
    assert fields["Canonical"] == "http://127.0.0.1:8000/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en"


@pytest.mark.django_db
@override_settings(SECURITY_CONTACT="")
def test_without_a_contact_there_is_no_security_txt(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404

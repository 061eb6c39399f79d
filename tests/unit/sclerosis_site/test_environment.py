"""A start that cannot work is refused in one line; what the environment says is read as people write it."""

import os
import subprocess
import sys

import pytest

from sclerosis_site import environment

PRODUCTION = {
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgres://site:password@localhost/site",
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "EMAIL_URL": "smtp+tls://localhost:587",
}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {*PRODUCTION, "DEBUG", "SITE_TIER", "STAFF_URL", "SECURITY_CONTACT"}
    }
    code = "import sclerosis_site.settings"
    return subprocess.run(
        [sys.executable, "-c", code], env={**kept, **variables}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_a_production_start_that_lacks_a_variable_stops_with_one_line_that_names_it(missing):
    result = start(**{name: value for name, value in PRODUCTION.items() if name != missing})

    assert result.returncode == environment.EXIT_CODE
    assert missing in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_complete_production_start_succeeds():
    assert start(**PRODUCTION).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_TIER", "private"),
        ("CDN_SECONDS", "60"),
        ("CDN_SECONDS", "86401"),
        ("CDN_SECONDS", "an hour"),
        ("CDN_PURGE_URL", "http://cdn.example.org/purge"),
        ("CDN_PURGE_HEADER", "a key alone"),
        ("SITE_URL", "www.example.org"),
        ("STAFF_URL", "staff.example.org"),
        ("DATABASE_URL", "sqlite:///site.db"),
        ("EMAIL_URL", "nonsense"),
        ("SECURITY_CONTACT", "the porter"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_without_passwords(name, value):
    result = start(**{**PRODUCTION, name: value})

    assert result.returncode == environment.EXIT_CODE
    assert name in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "password@localhost" not in result.stderr


def test_hosts_are_separated_by_commas_and_blanks_do_not_matter(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " www.example.org , example.org,")

    assert environment.read_hosts(default="") == ["www.example.org", "example.org"]


@pytest.mark.parametrize(
    ("written", "contact"),
    [
        ("", ""),
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_the_contact_for_weaknesses_is_an_address(monkeypatch, written, contact):
    monkeypatch.setenv("SECURITY_CONTACT", written)

    assert environment.read_contact() == contact


@pytest.mark.parametrize("written", ["http://example.org/", "a@b.org\nExpires: 2099-01-01T00:00:00Z", "mailto:", "x"])
def test_a_contact_that_nobody_could_reach_is_refused(monkeypatch, capsys, written):
    monkeypatch.setenv("SECURITY_CONTACT", written)

    with pytest.raises(SystemExit):
        environment.read_contact()
    assert "SECURITY_CONTACT" in capsys.readouterr().err

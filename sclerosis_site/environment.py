"""Reads the environment for the settings. A start that cannot work is refused in one line, without a traceback."""

import os
import re
import sys
import warnings
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

NEEDED = {
    "SECRET_KEY": "signs sessions and forms; long and random",
    "DATABASE_URL": "the PostgreSQL database, as postgres://user:password@host:5432/name",
    "ALLOWED_HOSTS": "the host names that the site answers to, separated by commas",
    "SITE_URL": "the address in links, feeds and e-mails, as https://www.example.org",
    "EMAIL_URL": "the mail server, as smtp+tls://user:password@host:587",
}
TIERS = ("all", "public", "editorial")
# gunicorn takes this exit code of a worker as "do not try again"; after any other it starts the next one, for ever.
EXIT_CODE = 3
_MAIL = re.compile(r"[^\s@:<>]+@[^\s@:<>]+\.[^\s@:<>]+")
MOST_CDN_SECONDS = 24 * 60 * 60
_HEADER = re.compile(r"[A-Za-z0-9-]+")
_PAGE = re.compile(r"https://[^\s/@<>]+\.[^\s@<>]+")


def refuse(message: str) -> NoReturn:
    print(f"The site cannot start: {message}", file=sys.stderr)
    sys.exit(EXIT_CODE)


def check_needed() -> None:
    """Ends the process when a variable that production needs is missing; the line names all of them."""
    missing = [f"{name} ({purpose})" for name, purpose in NEEDED.items() if not read(name)]
    if missing:
        refuse(f"with DEBUG off, set also: {'; '.join(missing)}.")


def read(name: str, *, default: str = "") -> str:
    """The variable's text; the default when it is missing or blank.

    Not through django-environ, which takes a value that begins with a dollar sign for another variable's name.
    """
    return os.environ.get(name, "").strip() or default


def read_debug() -> bool:
    return read("DEBUG").lower() in environ.Env.BOOLEAN_TRUE_STRINGS


def read_hosts(*, default: str) -> list[str]:
    return [host.strip() for host in read("ALLOWED_HOSTS", default=default).split(",") if host.strip()]


def read_tier() -> str:
    tier = read("SITE_TIER", default="all")
    if tier not in TIERS:
        refuse(f"SITE_TIER is {tier!r}; it must be one of {', '.join(TIERS)}.")
    return tier


def read_number(name: str, *, default: int) -> int:
    text = read(name, default=str(default))
    if not (text.isascii() and text.isdigit()):
        refuse(f"{name} is {text!r}; it must be a number, such as {default}.")
    return int(text)


def read_address(name: str, *, default: str) -> str:
    """The address of the site, or of a part of it, without a slash at the end, so that a path can follow."""
    url = read(name, default=default).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        refuse(f"{name} is {url!r}; it must be an address without a path, as https://www.example.org.")
    return url


def read_purge() -> tuple[int, str, dict[str, str]]:
    """Of a CDN: for how many seconds it may keep a page, where it is told what became old, and the header to show.

    One that cannot be told would go on showing what was withdrawn, so the start is refused.
    """
    seconds, url = read_number("CDN_SECONDS", default=0), read("CDN_PURGE_URL")
    if url and not _PAGE.fullmatch(url):
        refuse(f"CDN_PURGE_URL is {url!r}; it must be an address as https://api.example.org/purge.")
    if seconds > MOST_CDN_SECONDS:
        refuse(f"CDN_SECONDS is {seconds}; it may be {MOST_CDN_SECONDS} at most, which is a day.")
    if seconds and not url:
        refuse("CDN_SECONDS lets a CDN keep pages, so set CDN_PURGE_URL, where it is told what became old.")
    name, _, value = read("CDN_PURGE_HEADER").partition(":")
    if name and not (_HEADER.fullmatch(name) and value.strip()):
        refuse("CDN_PURGE_HEADER must be a header with its value, as Fastly-Key: … or Authorization: Bearer …")
    return seconds, url, {name: value.strip()} if name else {}


def read_contact() -> str:
    """Whom to tell of a weakness, as security.txt names it (RFC 9116): an address of mail or of a page, or nothing."""
    contact = read("SECURITY_CONTACT")
    if _MAIL.fullmatch(contact):
        return f"mailto:{contact}"
    if contact and not (_MAIL.fullmatch(contact.removeprefix("mailto:")) or _PAGE.fullmatch(contact)):
        refuse(
            f"SECURITY_CONTACT is {contact!r}; it must be an address as security@example.org or https://example.org/."
        )
    return contact


def parse_database_url(url: str) -> dict[str, Any]:
    """The value for DATABASES. The refusal does not repeat the address: it holds a password."""
    try:
        with warnings.catch_warnings(action="error"):  # its warning about an unknown scheme repeats the address too
            database = dict(environ.Env.db_url_config(url))
    except Exception:  # the parser has no error class of its own
        database = {}
    if database.get("ENGINE") != "django.db.backends.postgresql" or not database.get("NAME"):
        refuse(f"DATABASE_URL must name {NEEDED['DATABASE_URL']}.")
    return database


def parse_email_url(url: str) -> Mapping[str, Any]:
    """The EMAIL_… settings."""
    try:
        return environ.Env.email_url_config(url)
    except Exception:  # as above
        refuse(f"EMAIL_URL must name {NEEDED['EMAIL_URL']}.")

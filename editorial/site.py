"""What every template knows of the site. No query, no cookie: public pages stay the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

NAME = "Sclerosis Compared"
CLAIM = "Conditions that share the word sclerosis, told apart: reviewed facts in plain words, each with its sources."
# Addresses of the public contract, not names of patterns: the staff's process serves no public pages.
MAIN_PAGES = (
    ("/conditions/", "Conditions"),
    ("/compare/", "Compare"),
    ("/faqs/", "Questions"),
    ("/sources/", "Sources"),
    ("/glossary/", "Glossary"),
    ("/about/", "About"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates. A view that has a better canonical address gives `canonical_url` itself."""
    return {
        "site_name": NAME,
        "site_claim": CLAIM,
        "canonical_url": absolute_url(request.path),
        "main_pages": [{"url": url, "name": name, "is_here": request.path.startswith(url)} for url, name in MAIN_PAGES],
    }


def absolute_url(path: str) -> str:
    """The public address of a path, from SITE_URL and never from what the request claims as its host."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def public_link(path: str) -> str:
    """A public page's address as staff can open it: beside an editorial process the public site is elsewhere."""
    return path if settings.SITE_TIER == "all" else absolute_url(path)


def staff_url(path: str) -> str:
    """The address of a page of the staff, for a mail: from STAFF_URL and never from a request."""
    return f"{settings.STAFF_URL.rstrip('/')}{path}"

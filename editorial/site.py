"""What every template knows of the site. No query, no cookie: public pages stay the same for everybody."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.languages import content_lang, interface_lang, list_versions, local_path

NAME = "Sclerosis Compared"
CLAIM = _("Conditions that share the word sclerosis, told apart: reviewed facts in plain words, each with its sources.")
# Nobody has granted one yet. Whoever publishes the site puts their own terms here.
LICENCE = "Ask the publisher before you reuse this content."
# Addresses of the public contract, not names of patterns: the staff's process serves no public pages.
MAIN_PAGES = (
    ("/conditions/", _("Conditions")),
    ("/compare/", _("Compare")),
    ("/faqs/", _("Questions")),
    ("/sources/", _("Sources")),
    ("/glossary/", _("Glossary")),
    ("/about/", _("About")),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates. A view that has a better canonical address gives `canonical_url` itself.

    `today` is the one place where a readers' page depends on the day: a notice that its review is overdue.
    """
    return {
        "today": timezone.now().date(),
        "site_name": NAME,
        "site_claim": CLAIM,
        "canonical_url": absolute_url(request.path),
        "main_pages": list(_main_pages(request.path)),
        "content_lang": content_lang(),
        "interface_lang": interface_lang(),
        "language_versions": list(list_versions(request.get_full_path())),
    }


def _main_pages(here: str) -> Iterator[dict[str, Any]]:
    for path, name in MAIN_PAGES:
        url = local_path(path)
        yield {"url": url, "name": name, "is_here": here.startswith(url)}


def absolute_url(path: str) -> str:
    """The public address of a path, from SITE_URL and never from what the request claims as its host."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def public_link(path: str) -> str:
    """A public page's address as staff can open it: beside an editorial process the public site is elsewhere."""
    return path if settings.SITE_TIER == "all" else absolute_url(path)


def staff_url(path: str) -> str:
    """The address of a page of the staff, for a mail: from STAFF_URL and never from a request."""
    return f"{settings.STAFF_URL.rstrip('/')}{path}"

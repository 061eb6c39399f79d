"""What every answer tells the caches on its way, those of browsers and those of a CDN (RFC 9111, 5861, 9213)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import has_vary_header

from editorial import surrogate_keys

PUBLIC = "public, max-age=0, stale-while-revalidate=1, stale-if-error=86400"
"""Ask before each use, but for one second not while somebody waits, and show the last page while the site is down.

Not no-cache, which forbids both. Something has to be said: browsers keep a 301 and a 410 for ever otherwise.
"""
ASK_FIRST = "no-cache"
_LAST = (200, 301, 410)


class CacheHeaders:
    """A middleware: says how long an answer may be used where the view did not say so, and what it was made of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with surrogate_keys.noting() as noted:
            response = self.get_response(request)
        if "Cache-Control" in response:
            return response
        is_public = is_for_everybody(request, response)
        response["Cache-Control"] = PUBLIC if is_public else ASK_FIRST
        if is_public and response.status_code == 200:
            response["Surrogate-Key"] = " ".join(surrogate_keys.name_all(noted))
            _tell_cdn(response)
        return response


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is a page that says what of its query it reads, and nothing in it is for one person."""
    match = request.resolver_match
    is_declared = match is not None and hasattr(match.func, "query_names")
    is_personal = bool(response.cookies) or has_vary_header(response, "Cookie")
    return is_declared and response.status_code in _LAST and not is_personal


def _tell_cdn(response: HttpResponseBase) -> None:
    """A CDN that is told what became old may use the page without asking; browsers may not (RFC 9213)."""
    seconds = settings.CDN_SECONDS
    if seconds:
        response["CDN-Cache-Control"] = f"public, max-age={seconds}, stale-if-error=86400"
        response["Surrogate-Control"] = f"max-age={seconds}, stale-if-error=86400"

"""robots.txt for crawlers, and security.txt for those who found a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.languages import list_versions
from editorial.query_names import reads_query
from editorial.site import absolute_url

_NOT_CRAWLED = ("/search/", "/feedback/")
"""Each question to the search is an address of its own; nothing there is not elsewhere too."""
_GOOD_FOR = timedelta(days=180)
"""RFC 9116 wants an end less than a year ahead; monitors warn long before this one would come."""
_TYPE = "text/plain; charset=utf-8"


@require_safe
@reads_query()
def robots_txt(request: HttpRequest) -> HttpResponse:
    """All may read all, but what makes new pages without end."""
    paths = [path for page in _NOT_CRAWLED for _, _, path in list_versions(page)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), "", f"Sitemap: {absolute_url('/sitemap.xml')}"]
    return _answer(lines)


@require_safe
@reads_query()
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. There is none where nobody has said whom to tell."""
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set.")
    end = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + _GOOD_FOR
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {end:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {absolute_url('/.well-known/security.txt')}",
    ]
    return _answer(lines)


def _answer(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type=_TYPE)

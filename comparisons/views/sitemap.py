"""/sitemap.xml, in several files where one would hold too many addresses."""

from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from comparisons.sitemap import MOST_PARTS, PublicPages, count_parts, list_part
from editorial import editions
from editorial.query_names import reads_query
from editorial.site import absolute_url

_TYPE = "application/xml"


@require_safe
@reads_query()
def sitemap(request: HttpRequest) -> HttpResponse:
    count = count_parts()
    if count == 1:
        return _answer(request, "sitemap.xml", {"urlset": PublicPages(list_part(1)).list_urls()})
    files = [{"location": absolute_url(f"/sitemap-{number}.xml")} for number in range(1, count + 1)]
    return _answer(request, "sitemap_index.xml", {"sitemaps": files})


@require_safe
@reads_query()
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    pages = list_part(number) if 0 < number <= MOST_PARTS else []
    if not pages:
        raise Http404
    return _answer(request, "sitemap.xml", {"urlset": PublicPages(pages).list_urls()})


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """304 for who has it already. Its date is that of the newest edition: a page that was withdrawn counts too."""
    response = render(request, template, context, content_type=_TYPE)
    newest = editions.find_newest_date()
    etag = response["ETag"] = quote_etag(sha256(response.content).hexdigest()[:32])
    if newest:
        response["Last-Modified"] = http_date(newest.timestamp())
    return get_conditional_response(
        request, etag=etag, last_modified=int(newest.timestamp()) if newest else None, response=response
    )

"""The addresses of the API. All answer GET, HEAD and OPTIONS, to any site, and without a cookie."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, register_converter
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from comparisons.api import comparisons, conditions, editions, facts, faqs, sources, terms, topics
from comparisons.api.answering import CACHE, JSON_TYPE, VERSION, reads_only
from comparisons.api.description import describe
from comparisons.api.problems import NOTHING_HERE, READ_ONLY, problem, register_problems

View = Callable[..., HttpResponse]
METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Last-Modified, Link"

api = NinjaAPI(title="API", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None)
register_problems(api)
api.add_decorator(reads_only, mode="view")
for noun in (conditions, facts, comparisons, faqs, sources, terms, topics, editions):
    api.add_router("", noun.router)


def open_to_all(view: View) -> View:
    """What holds for every address: read only, and readable by the script of any page (CORS), for there is no secret.

    Five lines of our own: the package for it would let every answer vary by the asking site, and caches keep copies.
    """

    @wraps(view, updated=())
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Headers"] = "Accept, If-Modified-Since, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in ("GET", "HEAD"):
            response = view(request, *args, **kwargs)
        else:
            response = problem(405, READ_ONLY)
        if response.status_code in (204, 405):
            response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response

    answer.__module__ = __name__
    return csrf_exempt(answer)


@open_to_all
def nothing(request: HttpRequest, address: str) -> HttpResponse:
    return problem(404, NOTHING_HERE)


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API for programs."""
    content = json.dumps(describe(api), ensure_ascii=False).encode()
    response = HttpResponse(content, content_type=JSON_TYPE)
    response["Cache-Control"] = CACHE
    response["ETag"] = tag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    return get_conditional_response(request, etag=tag, response=response)


class OtherAddress:
    """What is left below /api/v1/ but the page that describes it."""

    regex = r"(?!docs/)[\s\S]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(OtherAddress, "other")


def _open(pattern: URLPattern) -> URLPattern:
    pattern.callback = open_to_all(pattern.callback)
    return pattern


_patterns = [_open(pattern) for pattern in api.urls[0] if pattern.name != "api-root"]

urlpatterns = [
    path("", include((_patterns, "api"))),
    path("openapi.json", openapi, name="api-openapi"),
    path("<other:address>", nothing, name="api-nothing"),
]

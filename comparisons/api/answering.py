"""From an answer to bytes: JSON or CSV, pages of a list, ETag and 304."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags, quote_etag
from ninja.operation import Operation

from comparisons.api.problems import NotHere, problem
from comparisons.api.reading import Shown
from comparisons.api.schemas import Answer, Paging, SourceEdition
from conditions.sheets.cells import guard
from conditions.sheets.writing import CSV_TYPE, write_csv
from editorial.record_state import RecordState, get_state
from editorial.site import LICENCE, absolute_url

VERSION = "1.0.0"
CACHE = "public, no-cache"
"""It may be kept, but not used without asking again: what was withdrawn must not live on in somebody's cache."""
JSON_TYPE = "application/json"

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
Item = TypeVar("Item")
Row = dict[str, Any]
Run = Callable[..., HttpResponse]


def respond(request: HttpRequest, answer: Answer, *, table: Callable[[], Iterable[Row]] | None = None) -> HttpResponse:
    """The answer as JSON, or where a `table` can be made of it and is wanted, as CSV."""
    if table is not None and wants_csv(request):
        response = HttpResponse(_write_table(list(table())), content_type=CSV_TYPE)
    else:
        response = HttpResponse(answer.model_dump_json(), content_type=JSON_TYPE)
    links = [(name, getattr(answer, field, None)) for name, field in (("next", "next"), ("prev", "previous"))]
    if any(address for _, address in links):
        response["Link"] = ", ".join(f'<{address}>; rel="{name}"' for name, address in links if address)
    return response


def wants_csv(request: HttpRequest) -> bool:
    asked = request.GET.get("format")
    return asked == "csv" if asked else request.get_preferred_type([JSON_TYPE, "text/csv"]) == "text/csv"


def about(shown: Iterable[Shown], day: date | None = None) -> dict[str, Any]:
    """The values of an Answer that is made of these editions."""
    shown = list(shown)
    return {
        "licence": LICENCE,
        "as_of": day,
        "is_masked": any(one.reading.is_masked for one in shown),
        "editions": [describe_edition(one) for one in shown],
    }


def describe_edition(shown: Shown) -> SourceEdition:
    edition, content = shown.edition, shown.content
    return SourceEdition.model_construct(
        kind=edition.kind,
        slug=shown.slug,
        number=edition.number,
        published_at=edition.published_at,
        last_reviewed_on=edition.last_reviewed_on,
        review_due_on=edition.review_due_on,
        reviewers=content.reviewers,
        is_demonstration=content.is_demonstration,
        page_url=shown.page_url,
        permanent_url=shown.permanent_url,
    )


def cut(request: HttpRequest, items: Sequence[Item], paging: Paging) -> tuple[Sequence[Item], dict[str, Any]]:
    """(the items of the page, the values of a Paged that tell of the pages). Raises NotHere past the end."""
    limit, offset = paging.limit, paging.offset
    page = items[offset : offset + limit]  # Before the count, which may come along with it.
    count = len(items)
    if offset and offset >= count:
        raise NotHere(f"There is no such page: the list has {count} in all, and {offset} were to be skipped.")
    more = offset + limit < count
    return page, {
        "count": count,
        "limit": limit,
        "offset": offset,
        "next": _page_address(request, limit, offset + limit) if more else None,
        "previous": _page_address(request, limit, max(0, offset - limit)) if offset else None,
    }


def _page_address(request: HttpRequest, limit: int, offset: int) -> str:
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return absolute_url(f"{request.path}?{query.urlencode()}")


def _write_table(rows: list[Row]) -> bytes:
    headers = list(rows[0]) if rows else []
    return write_csv(headers, [[_cell(value) for value in row.values()] for row in rows])


def _cell(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    # A number is no formula, whatever its sign.
    return str(value) if _NUMBER.fullmatch(str(value)) else guard(str(value))


def reads_only(run: Run) -> Run:
    """Around each operation: refuses what it does not know, answers 304, says that caches must ask again."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    known = sorted(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )

    @wraps(run)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - set(known))
        if unknown:
            return problem(400, _say_unknown(unknown[0], known))
        # An old answer is named by its words: what was withdrawn since is left out of it.
        is_old = "as_of" in request.GET or "number" in kwargs
        state = request.record_state = None if is_old else get_state()
        tag = _tag(request, state) if state else ""
        response = HttpResponse(status=304) if tag and _has(request, tag) else run(request, **kwargs)
        if "format" in known:
            patch_vary_headers(response, ["Accept"])
        return _finish(request, response, tag, state) if response.status_code in (200, 304) else response

    return answer


def state_of(request: HttpRequest) -> RecordState:
    """The state of the record that an answer of now is made of."""
    return request.record_state


def _say_unknown(name: str, known: list[str]) -> str:
    shown = name if len(name) <= 40 else f"{name[:40]}…"
    return (
        f"“{shown}” is no parameter here; these are: {', '.join(known)}."
        if known
        else (f"“{shown}” is no parameter here; this address takes none.")
    )


def _finish(request: HttpRequest, response: HttpResponse, tag: str, state: RecordState | None) -> HttpResponse:
    response["ETag"] = tag = tag or _tag(request, response.content)
    response["Cache-Control"] = CACHE
    newest = int(state.newest.timestamp()) if state and state.newest else None
    if newest is not None:
        response["Last-Modified"] = http_date(newest)
    return get_conditional_response(request, etag=tag, last_modified=newest, response=response)


def _tag(request: HttpRequest, what: Any) -> str:
    words = (VERSION, settings.SITE_URL, request.get_full_path(), wants_csv(request), what)
    return quote_etag(hashlib.sha256(repr(words).encode()).hexdigest()[:32])


def _has(request: HttpRequest, tag: str) -> bool:
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return any(one.removeprefix("W/") == tag for one in held)

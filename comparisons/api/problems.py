"""Errors as JSON (RFC 9457), each with one sentence that says what is wrong."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from comparisons.api.schemas import Problem
from conditions.responses import WrongDay
from editorial import editions
from editorial.standing import Gone

MEDIA_TYPE = "application/problem+json"
NOTHING_HERE = "There is nothing public at this address."
READ_ONLY = "This address can be read only: use GET, HEAD or OPTIONS."


class NotHere(Exception):
    """What was asked for does not exist; the message says what (404)."""


class Refused(Exception):
    """The question makes no sense; the message says why (400)."""


def problem(status: int, detail: str) -> HttpResponse:
    values = Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail)
    return HttpResponse(values.model_dump_json(), status=status, content_type=MEDIA_TYPE)


def register_problems(api: NinjaAPI) -> None:
    """Tells the API how to answer what reading editions can raise. Anything else is an error of ours (500)."""
    for error in (NotHere, Refused, WrongDay, editions.Withdrawn, Gone):
        api.add_exception_handler(error, _say)
    api.add_exception_handler(editions.Moved, _redirect)
    api.add_exception_handler(editions.NotPublished, lambda request, error: problem(404, NOTHING_HERE))
    api.add_exception_handler(editions.NotYetPublished, lambda request, error: problem(404, str(error)))
    api.add_exception_handler(ValidationError, _say_what_is_wrong)
    api.add_exception_handler(Exception, _raise)


_STATUSES: dict[type[Exception], int] = {
    NotHere: 404,
    Refused: 400,
    WrongDay: 400,
    editions.Withdrawn: 410,
    Gone: 410,
}


def _say(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(_STATUSES[type(error)], str(error))


def _redirect(request: HttpRequest, moved: Any) -> HttpResponse:
    match = request.resolver_match
    name = next(name for name in ("slug", "key") if name in match.kwargs)
    url = reverse(match.view_name, kwargs={**match.kwargs, name: moved.slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


def _say_what_is_wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    name = next((str(part) for part in first["loc"][1:] if part in request.GET), str(first["loc"][-1]))
    message = first["msg"][:1].lower() + first["msg"][1:]
    return problem(400, f"“{name}” is not right: {message}.")


def _raise(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error

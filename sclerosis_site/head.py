"""HEAD is answered as GET is, without the body (RFC 9110, 9.3.2)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def leave_out_body(get_response: GetResponse) -> GetResponse:
    """Outside of all that says how long the body is. A server would leave it out too, with a warning each time."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            _empty(response)
        return response

    return answer


def _empty(response: HttpResponseBase) -> None:
    if response.streaming:
        response.streaming_content = ()  # type: ignore[attr-defined]
    else:
        response.content = b""  # type: ignore[attr-defined]

"""No framework at all: the bytes."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from tests.bench.applications.answers import read_answers

_PREPARED = {
    name: ([*answer.headers.items(), ("Content-Length", str(len(answer.body)))], [answer.body])
    for name, answer in read_answers().items()
}
_ONLY = next(iter(_PREPARED.values())) if len(_PREPARED) == 1 else None


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers, body = _ONLY or _PREPARED[_name(environ)]
    start_response("200 OK", headers)
    return body


def _name(environ: WSGIEnvironment) -> str:
    query = environ.get("QUERY_STRING", "")
    return f"{environ['PATH_INFO']}?{query}" if query else environ["PATH_INFO"]

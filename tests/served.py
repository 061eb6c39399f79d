"""The site as a web server runs it, and each answer says which worker gave it."""

import os
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import WSGIEnvironment

from sclerosis_site.wsgi import application as site
from tests.web_server import WORKER


def application(environ: WSGIEnvironment, start_response: Callable[..., Any]) -> Iterable[bytes]:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, (WORKER, str(os.getpid()))], *more)

    return site(environ, start)

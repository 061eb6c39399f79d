"""The site's own compressed answers, kept in a file, for applications that do nothing but send them."""

import base64
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "BENCH_ANSWERS"
"""Names the file."""
ALL_HEADERS = "BENCH_ALL_HEADERS"
"""Set where all headers are sent that the site sent."""
_OF_BODY = ("content-type", "content-encoding")
"""What a browser needs to read the body."""


@dataclass(frozen=True)
class Answer:
    body: bytes
    headers: Mapping[str, str]
    """By lower-case name."""


def write_answers(path: Path, answers: Iterable[tuple[str, Answer]]) -> None:
    rows = [(name, base64.b64encode(answer.body).decode(), dict(answer.headers)) for name, answer in answers]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows))


def read_answers() -> dict[str, Answer]:
    """By path and query, with the headers that are to be sent."""
    rows = json.loads(Path(os.environ[VARIABLE]).read_text())
    return {name: Answer(base64.b64decode(body), _choose(headers)) for name, body, headers in rows}


def _choose(headers: Mapping[str, str]) -> dict[str, str]:
    are_all = ALL_HEADERS in os.environ
    return {name: value for name, value in headers.items() if are_all or name in _OF_BODY}

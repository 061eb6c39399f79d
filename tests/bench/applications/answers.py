"""The site's own compressed answers, kept in a file, for applications that do nothing but send them."""

import base64
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "BENCH_ANSWERS"
"""Names the file."""


@dataclass(frozen=True)
class Answer:
    body: bytes
    headers: Mapping[str, str]
    """Type and coding: what a browser needs to read the body."""


def write_answers(path: Path, answers: Iterable[tuple[str, Answer]]) -> None:
    rows = [(name, base64.b64encode(answer.body).decode(), dict(answer.headers)) for name, answer in answers]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows))


def read_answers() -> dict[str, Answer]:
    """By path and query."""
    rows = json.loads(Path(os.environ[VARIABLE]).read_text())
    return {name: Answer(base64.b64decode(body), headers) for name, body, headers in rows}

"""How operations are named and described, the same for all nouns."""

from collections.abc import Callable
from typing import Any

from ninja import Router

from comparisons.api.schemas import Answer


def reads(router: Router, path: str, answer: type[Answer], *, name: str, summary: str) -> Callable[..., Any]:
    """Registers a function that answers GET and HEAD at `path`; its docstring is the public description."""
    return router.api_operation(
        ["GET", "HEAD"], path, response=answer, operation_id=name, url_name=name, summary=summary
    )

"""The routes of a URLconf, and their names without converters."""

import re
from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver


def list_views(
    patterns: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str, Callable[..., object]]]:
    """(route, its view) of a URLconf."""
    for pattern in patterns:
        route = prefix + name_route(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from list_views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def name_route(route: str) -> str:
    """The route with the converters left out: "conditions/<slug>/"."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route)


def list_routes(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The routes of a URLconf."""
    return (route for route, _ in list_views(patterns))

"""Which names of its query a public page reads. The page cache drops all others, so that they multiply nothing."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

View = TypeVar("View", bound=Callable[..., Any])


def reads_query(*names: str) -> Callable[[View], View]:
    """Declares the names that a view reads; with none of them it takes no query. Put it next to the function.

    A view that is not declared is never kept by the page cache, such as a search, whose words nobody should keep.
    """

    def declare(view: View) -> View:
        view.query_names = frozenset(names)  # type: ignore[attr-defined]
        return view

    return declare


@lru_cache(maxsize=4096)
def find_query_names(path: str) -> frozenset[str] | None:
    """The names that the public page at this path reads; None when no such page says so."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path, settings.PUBLIC_URLCONF)
        except Resolver404:
            return None
    return getattr(match.func, "query_names", None)

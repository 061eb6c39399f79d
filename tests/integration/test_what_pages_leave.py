"""What a page was made of is gone when it is sent: nothing holds it until Python looks for circles of objects.

Circles of hundreds of pages of text made workers grow under load.
"""

import gc

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from tests.cached_client import keeping_connections
from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db

# Not those with a form: a form and its fields hold each other, and little else.
PAGES = [
    "/conditions/",
    "/conditions/stiffness/",
    "/compare/stiffness-vs-hardness/",
    "/faqs/",
    "/faqs/can-one-have-both/",
    "/sources/",
    "/sources/sound/",
    "/glossary/",
    "/updates/",
    "/history/condition/stiffness/",
    "/sitemap.xml",
    "/api/v1/conditions/stiffness",
]


HOLDERS = {"frame", "traceback", "Context", "RequestContext", "ContextDict"}
"""What holds all that a page was made of."""


def test_no_page_waits_for_the_collector() -> None:
    build_rich_site()
    site = WSGIHandler()
    for path in PAGES:
        assert ask(site, path).startswith("200"), f"{path}: what is loaded once is loaded now."

    left = {path: kinds for path in PAGES if (kinds := find_circles(site, path) & HOLDERS)}

    assert left == {}


def find_circles(site: WSGIHandler, path: str) -> set[str]:
    """The names of the types of what only the collector takes away after the page was sent."""
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        ask(site, path)
        gc.collect()
        return {type(one).__name__ for one in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def ask(site: WSGIHandler, path: str) -> str:
    """The status. No test client holds the answer."""
    said: list[str] = []
    environ = RequestFactory().get(path).environ
    with keeping_connections():
        answer = site(environ, lambda status, headers, exc_info=None: said.append(status))
        for _ in answer:
            pass
        answer.close()
    return said[0]

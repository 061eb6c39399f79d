"""Every page that readers meet is among those that the browser looks at, for axe, for privacy and at its screens."""

from itertools import islice

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from tests.browser.page_types import RICH, build_every_page_type
from tests.public_routes import INVENTORY, Ground
from tests.routes import name_route

pytestmark = pytest.mark.django_db

ENOUGH = 8
"""Addresses of a route of which one is a page; the first may be withdrawn."""


def list_html_routes(client: Client) -> set[str]:
    ground = Ground.load()
    return {
        route
        for route, list_addresses in INVENTORY.items()
        if any(_is_page(client, url) for url in islice(list_addresses(ground), ENOUGH))
    }


def _is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def _find_route(address: str) -> str | None:
    try:
        match = resolve(address.partition("?")[0].removeprefix("/es"), settings.PUBLIC_URLCONF)
    except Resolver404:
        return None
    return name_route(match.route)


def test_the_browser_looks_at_every_html_route(client: Client) -> None:
    build_every_page_type()

    routes = list_html_routes(client)

    assert len(routes) > 18
    assert routes - {_find_route(address) for address in RICH.values()} == set(), (
        "Add them to tests/browser/page_types.py."
    )

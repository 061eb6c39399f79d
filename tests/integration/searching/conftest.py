"""The site that is searched, and its search."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.integration.searching.site import Site


@pytest.fixture
def site(db: None) -> Site:
    return Site()


@pytest.fixture
def search(client: Client) -> Callable[..., HttpResponse]:
    return lambda q, **more: client.get("/search/", {"q": q, **more})

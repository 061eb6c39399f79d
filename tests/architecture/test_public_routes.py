"""The inventory of public addresses is complete, so that what crawls it crawls the whole public site."""

import pytest
from django.urls import path

from sclerosis_site.urls import list_public
from tests.factories import make_citation, make_condition, publish
from tests.public_routes import INVENTORY, list_public_urls
from tests.routes import list_routes


def test_the_inventory_holds_every_public_route_and_no_other() -> None:
    routes = set(list_routes(list_public()))

    assert routes - set(INVENTORY) == set(), "Add these routes to INVENTORY in tests/public_routes.py."
    assert set(INVENTORY) - routes == set(), "These routes are no more: take them out of tests/public_routes.py."


def test_a_new_route_is_seen() -> None:
    added = path("new/<int:number>/", lambda request, number: None)

    assert "new/<number>/" in set(list_routes([*list_public(), added]))


@pytest.mark.django_db
def test_addresses_of_drafts_of_former_slugs_and_of_old_editions_are_listed() -> None:
    source = make_citation(key="source-of-it")
    condition = make_condition(slug="first-slug", sources=[source])
    publish(source, condition)
    condition.slug = "second-slug"
    condition.save()
    condition.refresh_from_db()
    publish(condition)
    make_condition(slug="draft-slug")

    urls = list_public_urls()

    for slug in ("first-slug", "second-slug", "draft-slug"):
        assert f"/conditions/{slug}/" in urls
    assert {"/history/condition/first-slug/2/", "/history/condition/second-slug/1/", "/sources/source-of-it/"} <= {
        *urls
    }
    assert "/compare/?with=first-slug&with=second-slug" in urls
    assert sum(url.startswith("/conditions/second-slug/?as_of=") for url in urls) == 2
    assert len(urls) == len(set(urls))

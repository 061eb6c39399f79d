"""The rows of the search, built again."""

import pytest

from editorial.models import SearchEntry, SearchStart, SearchWord
from editorial.searching.indexing import rebuild
from tests.integration.searching.site import Site
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


def test_building_the_search_again_changes_nothing(site: Site) -> None:
    def read() -> list[list[object]]:
        entries = SearchEntry.objects.order_by("address").values_list("address", "title", "text", "names", "vector")
        starts = SearchStart.objects.order_by("key", "entry__address").values_list("key", "tier", "entry__address")
        return [list(entries), list(starts), list(SearchWord.objects.order_by("word").values_list("word", "uses"))]

    revise(site.fact, label="Vermilion")
    retire(site.faq)
    before = read()

    assert rebuild() == len(before[0])
    assert read() == before

"""The rows of the search, built again and built for the first time."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db.migrations.recorder import MigrationRecorder

from editorial.models import SearchEntry, SearchStart, SearchWord
from editorial.searching import indexing
from editorial.searching.indexing import rebuild
from tests.integration.searching.site import Site
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


def read_rows() -> list[list[Any]]:
    entries = SearchEntry.objects.order_by("address").values_list("address", "title", "text", "names", "vector")
    starts = SearchStart.objects.order_by("key", "entry__address").values_list("key", "tier", "entry__address")
    return [list(entries), list(starts), list(SearchWord.objects.order_by("word").values_list("word", "uses"))]


def empty() -> None:
    """As on a site from before there was a search."""
    for model in (SearchStart, SearchEntry, SearchWord):
        model.objects.all().delete()


def test_building_the_search_again_changes_nothing(site: Site) -> None:
    revise(site.fact, label="Vermilion")
    retire(site.faq)
    before = read_rows()

    assert rebuild() == len(before[0])
    assert read_rows() == before


def test_migrate_builds_the_search_of_a_site_where_nothing_can_be_found(site: Site) -> None:
    before, said = read_rows(), StringIO()
    empty()

    call_command("migrate", stdout=said)

    assert read_rows() == before
    assert "Nothing could be found on this site. Now 9 things can." in said.getvalue()


def test_migrate_leaves_a_search_alone_that_finds_anything(site: Site) -> None:
    SearchEntry.objects.filter(kind="fact").update(title="Kept")

    call_command("migrate", verbosity=0)

    assert SearchEntry.objects.filter(title="Kept").count() == 2


def test_migrate_builds_nothing_without_public_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    retire(site.comparison, site.faq, site.term, site.fact, site.other, site.stiffness, site.hardness, site.source)
    monkeypatch.setattr(indexing, "rebuild", lambda **kwargs: pytest.fail("There is nothing to build."))

    call_command("migrate", verbosity=0)


def test_a_database_that_was_only_emptied_is_left_alone(site: Site) -> None:
    empty()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert not SearchEntry.objects.exists()


def test_nothing_is_built_on_tables_of_another_version(site: Site) -> None:
    empty()
    MigrationRecorder.Migration.objects.filter(app="editorial").latest("pk").delete()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=[])

    assert not SearchEntry.objects.exists()

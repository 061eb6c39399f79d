"""The content files on a site that is empty otherwise."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection
from reversion.models import Revision

from editorial.models import Edition, Review
from tests.conftest import APPEND_ONLY
from tests.fixture_files import COUNTS, dump

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def empty_tables() -> None:
    """At a stroke: to delete a thousand items one by one, each with its Review, takes minutes."""
    tables = [model._meta.db_table for model in (*COUNTS, Revision, Review)]
    with pgtrigger.ignore(*APPEND_ONLY), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_dump_makes_the_same_rows_on_an_empty_site_as_drafts(db, tmp_path, django_capture_on_commit_callbacks):
    call_command("load_content", "fixtures", verbosity=0)
    rows = dump(tmp_path / "one.json")
    empty_tables()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("loaddata", str(tmp_path / "one.json"), verbosity=0)

    assert dump(tmp_path / "two.json") == rows
    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    assert set(Review.objects.values_list("status", flat=True)) == {"draft"}
    assert not Review.objects.filter(digest="").exists()
    assert not Edition.objects.exists()

"""What is exported and imported again changes nothing, for all content of the site."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from conditions.models import Fact
from conditions.sheets.catalog import SHEETS
from conditions.sheets.exporting import export
from conditions.sheets.importing import apply, preview
from conditions.sheets.reading import read_table
from tests.factories import make_editor
from tests.fixture_files import COUNTS
from tests.steps import read_database

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def _content(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", "fixtures", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def content(_content: None, db: None) -> None:
    """All content files, loaded once. What a test changes there is undone."""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("name", SHEETS)
def test_all_content_exported_and_imported_again_changes_nothing(content, name, suffix):
    sheet, editor = SHEETS[name], make_editor()
    model = sheet._meta.model
    before = read_database()

    file = export(model.objects.all(), sheet, suffix=suffix)
    table = read_table(file, name=f"all.{suffix}", columns=sheet().get_headers())
    outcome = apply(table, sheet, by=editor, comment="Nothing.")

    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, COUNTS[model])
    assert read_database() == before


def test_preview_and_export_ask_the_database_a_constant_number_of_questions(content, django_assert_max_num_queries):
    sheet, editor = SHEETS["facts"], make_editor()
    with django_assert_max_num_queries(1 + 2 * 2):
        file = export(Fact.objects.all(), sheet, suffix="csv")
    table = read_table(file, name="all.csv", columns=sheet().get_headers())
    with django_assert_max_num_queries(20):
        preview(table, sheet, by=editor)

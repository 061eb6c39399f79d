"""The command for sheets of any size."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.models import Fact
from editorial.loading import save_new
from tests.factories import make_user
from tests.integration.sheets.conftest import new_fact, row_of, to_csv
from tests.steps import read_database


def run(file, by, **options) -> str:
    out = io.StringIO()
    call_command("import_sheet", "facts", str(file), by=by.username, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(site, tmp_path):
    path = tmp_path / "facts.csv"
    path.write_bytes(to_csv(new_fact("st-x"), row_of("st-walk", text="New.")))
    return path


def test_a_dry_run_says_what_would_change_and_saves_nothing(site, file):
    before = read_database()

    assert run(file, site.editor, dry_run=True) == "This would be imported: 1 new, 1 changed, 0 unchanged.\n"
    assert read_database() == before


def test_what_is_imported_is_a_draft_of_the_named_person(site, file):
    assert run(file, site.editor) == "Imported as drafts: 1 new, 1 changed, 0 unchanged.\n"

    site.fact.refresh_from_db()
    assert (site.fact.text, site.fact.review.status) == ("New.", "draft")


def test_more_rows_than_fit_on_a_page_are_imported_in_parts_as_one(site, tmp_path, monkeypatch):
    monkeypatch.setattr("conditions.sheets.importing._AT_ONCE", 3)
    many = tmp_path / "facts.csv"
    chain = [new_fact(f"st-{number}", parent=f"st-{number + 1}") for number in range(8)]
    many.write_bytes(to_csv(*chain, new_fact("st-8")))

    assert run(many, site.editor) == "Imported as drafts: 9 new, 0 changed, 0 unchanged.\n"
    assert Fact.objects.get(key="st-0").parent.parent.key == "st-2"
    assert set(Fact.objects.filter(key__regex="^st-[0-9]").values_list("review__status", flat=True)) == {"draft"}


def test_one_wrong_row_in_a_later_part_keeps_all_of_it_out(site, tmp_path, monkeypatch):
    monkeypatch.setattr("conditions.sheets.importing._AT_ONCE", 2)
    many = tmp_path / "facts.csv"
    many.write_bytes(to_csv(*(new_fact(f"st-{number}") for number in range(5)), new_fact("st-5", topic="nope")))
    before = read_database()

    with pytest.raises(CommandError) as refusal:
        run(many, site.editor)

    assert str(refusal.value) == "Row 7, column “topic”: There is no topic “nope”.\nNothing was imported."
    assert read_database() == before


def test_a_failure_in_the_middle_of_the_writing_leaves_nothing_behind(site, tmp_path, monkeypatch):
    monkeypatch.setattr("conditions.sheets.importing._AT_ONCE", 2)
    many = tmp_path / "facts.csv"
    many.write_bytes(to_csv(*(new_fact(f"st-{number}") for number in range(5))))
    before = read_database()

    def fail(groups, **kwargs):
        save_new(groups, **kwargs)
        if any(fact.key == "st-4" for fact, *_ in groups):
            raise RuntimeError("The power went out.")

    monkeypatch.setattr("conditions.sheets.base.save_new", fail)
    with pytest.raises(RuntimeError, match="The power went out"):
        run(many, site.editor)

    assert read_database() == before


def test_unknown_accounts_and_files_and_missing_rights_are_named(site, file, tmp_path):
    with pytest.raises(CommandError, match="There is no active account named “nobody”"):
        call_command("import_sheet", "facts", str(file), by="nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "missing.csv", site.editor)
    with pytest.raises(CommandError, match="You do not have the right to add a fact"):
        run(file, make_user())


def test_fifty_new_facts_take_the_queries_of_two(site, tmp_path):
    def count(facts: int, name: str) -> int:
        file = tmp_path / f"{name}.csv"
        file.write_bytes(to_csv(*(new_fact(f"{name}-{number}") for number in range(facts))))
        with CaptureQueriesContext(connection) as captured:
            call_command("import_sheet", "facts", str(file), "--by", site.editor.username, verbosity=0)
        return len(captured)

    assert count(50, "many") == count(2, "few")
    assert Fact.objects.filter(key__startswith="many-").count() == 50

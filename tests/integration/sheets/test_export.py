"""What is exported, to whom, and how."""

import csv
import io

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import make_condition, make_fact, make_reviewer, make_user
from tests.integration.sheets.conftest import row_of, sign_in, url


def file_url(suffix: str = "csv", rows: str = "all", filters: str = "") -> str:
    return f"{url('export')}?{filters}&_sheet-rows={rows}&_sheet-file={suffix}"


def keys_of(response) -> list[str]:
    text = response.content.decode("utf-8-sig")
    return [row["key"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_the_list_leads_to_import_and_export_and_keeps_its_filters(site):
    page = BeautifulSoup(sign_in(site.editor).get(url("changelist") + "?kind__exact=statement").content, "html.parser")

    links = {link.text: link["href"] for link in page.select(".object-tools a")}

    assert links["Import"] == url("import")
    assert links["Export"] == f"{url('export')}?kind__exact=statement"


def test_somebody_who_may_only_read_gets_the_export_alone(site):
    administrator_like = make_user("Administrators")

    page = BeautifulSoup(sign_in(administrator_like).get(url("changelist")).content, "html.parser")

    assert [link.text for link in page.select(".object-tools a")] == ["Export"]


def test_the_filtered_list_or_all_of_it_is_exported(site):
    other = make_condition(slug="hardness", sources=[site.source])
    make_fact(other, key="ha-walk", sources=[site.source])
    client, filters = sign_in(site.editor), f"condition__id__exact={other.pk}&o=1"

    page = client.get(f"{url('export')}?{filters}").content.decode()

    assert "Those of the list as it was filtered: 1" in page
    assert "All: 3" in page
    assert keys_of(client.get(file_url(rows="filtered", filters=filters))) == ["ha-walk"]
    assert keys_of(client.get(file_url(filters=filters))) == ["ha-walk", "st-run", "st-walk"]


def test_a_filter_or_choice_that_is_none_is_refused_or_left_out(site):
    client = sign_in(site.editor)

    assert client.get(file_url(suffix="exe")).status_code == 400
    assert client.get(file_url(rows="mine")).status_code == 400
    assert client.get(url("export") + "?nonsense=1").status_code == 200


def test_a_file_is_never_cached_and_its_name_says_what_it_is_and_when_it_was_made(site):
    for suffix, kind in (("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxmlformats")):
        answer = sign_in(site.editor).get(file_url(suffix))

        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert answer["Content-Type"].startswith(kind)
        name = f"facts-{timezone.localdate():%Y-%m-%d}.{suffix}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_no_page_of_an_import_or_export_is_cached(site):
    for page in ("import", "export"):
        assert "no-store" in sign_in(site.editor).get(url(page))["Cache-Control"]


def test_nobody_without_the_right_to_see_facts_gets_them(site):
    assert sign_in(make_user()).get(file_url()).status_code == 403
    assert Client().get(file_url()).status_code == 302


def test_every_cell_of_a_workbook_is_text_and_none_a_formula(site):
    site.fact.text = "=1+1"
    site.fact.save()

    book = load_workbook(io.BytesIO(sign_in(site.editor).get(file_url("xlsx")).content))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=1+1" in {cell.value for cell in cells}


def test_the_version_changes_with_what_the_sheet_shows_and_with_nothing_else(site):
    before = row_of("st-walk")["version"]
    site.fact.topic.name = "Renamed"
    site.fact.topic.save()
    assert row_of("st-walk")["version"] == before

    site.fact.note = "Another note."
    site.fact.save()

    assert row_of("st-walk")["version"] != before


def test_a_reviewer_may_export_and_import(site):
    assert sign_in(make_reviewer()).get(url("import")).status_code == 200

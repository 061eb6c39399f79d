"""Whatever a cell holds, the dry run, its refusals and the pages after it show it as text."""

from bs4 import BeautifulSoup

from conditions.sheets.catalog import SHEETS
from conditions.sheets.source_lines import SourceLine, write_sources
from tests.integration.desk.test_hostile_text import BAD, SHORT, assert_harmless
from tests.integration.sheets.conftest import confirm, new_fact, row_of, sign_in, to_csv, upload

TEXTS = ("text", "note", "label", "short form", "sub-heading", "unit", "population", "region", "method", "period")


def harmless(response) -> BeautifulSoup:
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select("#content script, #content b, .messagelist script, .messagelist b") == []
    assert {image["src"] for image in page.select("#content img")} <= {"/static/admin/img/search.svg"}
    assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    return page


def test_hostile_cells_are_shown_as_text_in_the_dry_run(site):
    hostile = {name: SHORT if name in ("unit", "period", "short form") else BAD for name in TEXTS}
    hostile["sources"] = write_sources([SourceLine("roe-2020", SHORT, "supports", BAD)])
    hostile["compared with"] = hostile["what is counted"] = SHORT
    client = sign_in(site.editor)

    shown = upload(client, to_csv({**row_of("st-walk"), **hostile}, {**new_fact("st-x"), **hostile}), f"{SHORT}.csv")

    assert_harmless(shown)
    done = harmless(confirm(client, shown, comment=BAD))
    assert SHORT in done.text


def test_hostile_cells_are_shown_as_text_where_they_are_refused(site):
    columns = [name for name in SHEETS["facts"]().get_headers() if name != "calculated by us"]
    row = dict.fromkeys(columns, BAD)

    refused = upload(sign_in(site.editor), to_csv({**row_of("st-walk"), **row}, {**row, BAD: BAD}), "sheet.csv")
    assert refused.status_code == 400
    harmless(refused)
    refused = upload(sign_in(site.editor), to_csv({**row_of("st-walk"), **row}), f"{SHORT}.csv")
    assert "<script>alert(1)</script>" in harmless(refused).text


def test_a_hostile_name_of_a_column_or_file_is_shown_as_text(site):
    harmless(upload(sign_in(site.editor), to_csv({BAD: "x", **row_of("st-walk")}), "sheet.csv"))
    harmless(upload(sign_in(site.editor), b"key\r\nx", f"{SHORT}.exe"))

"""Import and export in Chromium: a word changed in a spreadsheet becomes a draft; wrong files are explained."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.admin_forms import admin_url
from tests.browser.conftest import find_faults, sign_in
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.steps import edit

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/conditions/fact/"


@pytest.fixture
def fact(live_server):
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="stiffness", sources=[source])
    fact = make_fact(condition, key="st-walk", sources=[source], text="About 1,250 people walked.")
    fact.save()
    publish(source, condition, fact)
    return fact


def export_csv(page: Page) -> list[dict[str, str]]:
    """The rows of a file that is exported by hand."""
    page.goto(LIST)
    page.get_by_role("link", name="Export").click()
    page.get_by_label("CSV in UTF-8").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def choose(page: Page, rows: list[dict[str, str]], name: str = "facts.csv") -> None:
    """Uploads the rows for a dry run."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    page.goto(LIST)
    page.get_by_role("link", name="Import").click()
    content = {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.get_by_label("File:", exact=True).set_input_files([content])
    page.get_by_role("button", name="Show what would change").click()


def test_an_editor_exports_changes_one_word_imports_and_finds_the_draft(fact, open_window):
    page = sign_in(open_window(), make_editor())
    rows = export_csv(page)
    rows[0]["text"] = "About 1,350 people walked."

    choose(page, rows)
    expect(page.get_by_text("0 new, 1 changed, 0 unchanged. Nothing is saved yet.")).to_be_visible()
    expect(page.locator(".sheet-line ins")).to_contain_text("1,350")
    expect(page.locator(".sheet-line del")).to_contain_text("1,250")
    page.get_by_label("What did you change?").fill("Newer figures.")
    page.get_by_role("button", name="Save all of it as drafts").click()

    expect(page.locator(".messagelist .success")).to_contain_text("0 new, 1 changed, 0 unchanged")
    page.get_by_role("link", name="About 1,350 people walked.").click()
    expect(page.locator(".item-panel")).to_contain_text("An editor has the next move")
    page.goto(admin_url(fact, "history"))
    expect(page.locator(".timeline-comment").first).to_have_text("Newer figures. (Imported from facts.csv.)")


def test_a_wrong_file_is_explained_and_another_persons_change_is_not_written_over(fact, open_window):
    page = sign_in(open_window(), make_editor())
    rows = export_csv(page)

    choose(page, rows, name="facts.txt")
    expect(page.get_by_role("alert")).to_contain_text("ends neither in .csv nor in .xlsx")
    choose(page, [{**rows[0], "topic": "nope"}])
    expect(page.get_by_role("alert").get_by_role("row", name="2 topic")).to_contain_text("There is no topic “nope”.")
    choose(page, [{**rows[0], "text": "Mine."}])
    edit(fact, by=make_reviewer(first_name="Rex", last_name="Roe"), text="Theirs.")
    page.get_by_role("button", name="Save all of it as drafts").click()

    expect(page.get_by_role("alert")).to_contain_text("Rex Roe changed this fact")
    fact.refresh_from_db()
    assert fact.text == "Theirs."


# axe copies elements with their style attributes, which the policy forbids; the tests above keep the policy itself.
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_an_import_or_export_has_a_barrier_on_any_screen(fact, open_window, scheme):
    page = open_window(color_scheme=scheme, bypass_csp=True)
    sign_in(page, make_editor())
    rows = export_csv(page)
    new = {**rows[0], "key": "st-new", "version": ""}

    def assert_no_faults() -> None:
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert list(find_faults(page)) == [], (page.url, width)

    for address in (f"{LIST}?kind__exact=statement", f"{LIST}export/?kind__exact=statement", f"{LIST}import/"):
        page.goto(address)
        assert_no_faults()
    choose(page, [{**rows[0], "text": "Nobody walked.", "note": "A-word-that-is-long" * 20}, new])
    assert_no_faults()
    choose(page, [{**rows[0], "topic": "nope" * 30}])
    assert_no_faults()

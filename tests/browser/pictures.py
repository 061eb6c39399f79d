"""`make pictures`: takes the pictures of the documentation from the real pages with the real content.

Not part of the test run: pytest collects this file only when it is named.
"""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page

from comparisons.management.commands.demo import PASSWORD
from conditions.models import Fact
from tests.admin_forms import admin_url

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
EDITS = {
    "als-limb-onset": ("about 72", "roughly 72"),
    "ms-no-cure": ("There is no cure", "No cure is known"),
    "ssc-what": ("It harms", "It damages"),
}
DESK = {"width": 1280, "height": 1000}


def sign_in(page: Page, username: str) -> Page:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def find_fact(key: str) -> Fact:
    return Fact.objects.get(key=key)


def shoot(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png")


def submit_changes(page: Page) -> None:
    for key, (old, new) in EDITS.items():
        fact = find_fact(key)
        page.goto(admin_url(fact))
        page.get_by_label("Text", exact=False).first.fill(fact.text.replace(old, new))
        page.get_by_role("button", name="Save and submit for review").click()
        page.locator(".messagelist .success").wait_for()


def shoot_reader(open_window) -> None:
    reader = open_window(viewport={"width": 1280, "height": 1400})
    reader.goto("/compare/ms-vs-als/")
    shoot(reader, "comparison")
    phone = open_window(viewport={"width": 390, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    phone.goto("/compare/ms-vs-als/")
    phone.get_by_role("heading", name="At a glance").evaluate("heading => heading.scrollIntoView()")
    shoot(phone, "comparison-phone")


def shoot_reviewer(page: Page) -> str:
    """The desk, a preview, and an expert's link, which is returned."""
    page.goto(reverse("desk:queue"))
    shoot(page, "queue")
    page.get_by_role("link", name="Review all").click()
    page.wait_for_load_state()
    shoot(page, "desk")
    item = reverse("desk:item", args=[find_fact("als-limb-onset").review_id])
    page.goto(item)
    page.get_by_role("button", name="See it before and after").first.click()
    page.wait_for_load_state()
    page.locator(".preview-list ol a").first.click()
    shoot(page, "preview")
    page.goto(item)
    page.get_by_role("link", name="Ask an outside expert").click()
    page.get_by_label("Who is asked").fill("Somebody who knows the field")
    page.get_by_label("Your question").fill("Does the source say this of limb onset?")
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("The link, valid until").input_value()


def send_back(page: Page) -> None:
    page.goto(reverse("desk:item", args=[find_fact("ms-no-cure").review_id]))
    page.locator(".desk-decision textarea").fill("Please keep the words of the source here.")
    page.get_by_role("button", name="Request changes").click()
    page.locator(".messagelist .success").wait_for()


def shoot_import(page: Page) -> None:
    """A spreadsheet in which one word was changed."""
    page.goto(reverse("admin:conditions_fact_changelist"))
    page.get_by_role("link", name="Export").click()
    page.get_by_label("CSV in UTF-8").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"), newline="")))
    changed = [row for row in rows if "about" in row["text"].split()][:3]
    for row in changed:
        row["text"] = row["text"].replace("about", "around", 1)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(changed)
    page.goto(reverse("admin:conditions_fact_changelist"))
    page.get_by_role("link", name="Import").click()
    file = {"name": "facts.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.get_by_label("File:", exact=True).set_input_files([file])
    page.get_by_role("button", name="Show what would change").click()
    page.wait_for_load_state()
    shoot(page, "import")


@pytest.mark.django_db(transaction=True)
def test_take_pictures(open_window, settings, live_server):
    settings.STAFF_URL = settings.SITE_URL = live_server.url
    call_command("demo", verbosity=0)
    IMAGES.mkdir(exist_ok=True)
    shoot_reader(open_window)
    editor = sign_in(open_window(viewport=DESK), "editor")
    submit_changes(editor)
    editor.goto(admin_url(find_fact("als-limb-onset")))
    shoot(editor, "editor")
    reviewer = sign_in(open_window(viewport=DESK, reduced_motion="reduce"), "reviewer")
    link = shoot_reviewer(reviewer)
    expert = open_window(viewport={"width": 900, "height": 1000})
    expert.goto(link)
    shoot(expert, "expert")
    send_back(reviewer)
    editor.goto("/admin/")
    shoot(editor, "my-day-editor")
    reviewer.goto("/admin/")
    shoot(reviewer, "my-day")
    editor.goto(admin_url(find_fact("als-limb-onset"), "compare"))
    shoot(editor, "history")
    shoot_import(editor)

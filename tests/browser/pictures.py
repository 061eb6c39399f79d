"""`make pictures`: takes the pictures of the documentation from the real pages with the real content.

Not part of the test run: pytest collects this file only when it is named.
"""

from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from comparisons.management.commands.demo import PASSWORD
from conditions.models import Fact

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
EDITS = {
    "als-limb-onset": ("about 72", "roughly 72"),
    "ms-no-cure": ("There is no cure", "No cure is known"),
    "ssc-what": ("It harms", "It damages"),
}


def sign_in(page: Page, username: str) -> Page:
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def submit_changes(page: Page) -> None:
    for key, (old, new) in EDITS.items():
        fact = Fact.objects.get(key=key)
        page.goto(f"/admin/conditions/fact/{fact.pk}/change/")
        page.get_by_label("Text", exact=False).first.fill(fact.text.replace(old, new))
        page.get_by_role("button", name="Save and submit for review").click()
        page.wait_for_load_state()


@pytest.mark.django_db(transaction=True)
def test_take_pictures(open_window):
    call_command("demo", verbosity=0)
    IMAGES.mkdir(exist_ok=True)
    reader = open_window(viewport={"width": 1280, "height": 1400})
    reader.goto("/compare/ms-vs-als/")
    reader.screenshot(path=IMAGES / "comparison.png")
    phone = open_window(viewport={"width": 390, "height": 900}, color_scheme="dark", reduced_motion="reduce")
    phone.goto("/compare/ms-vs-als/")
    phone.get_by_role("heading", name="At a glance").evaluate("heading => heading.scrollIntoView()")
    phone.screenshot(path=IMAGES / "comparison-phone.png")
    editor = sign_in(open_window(viewport={"width": 1280, "height": 1000}), "editor")
    submit_changes(editor)
    editor.goto(f"/admin/conditions/fact/{Fact.objects.get(key='als-limb-onset').pk}/change/")
    editor.screenshot(path=IMAGES / "editor.png")
    reviewer = sign_in(open_window(viewport={"width": 1280, "height": 1000}), "reviewer")
    reviewer.goto("/admin/review/")
    reviewer.screenshot(path=IMAGES / "queue.png")
    reviewer.get_by_role("link", name="Review all").click()
    reviewer.wait_for_load_state()
    reviewer.screenshot(path=IMAGES / "desk.png")

"""Previews of public pages in Chromium: an editor looks at the own work, a reviewer before deciding."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import find_faults, sign_in
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    publish,
)
from tests.steps import edit, submit, texts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(live_server):
    """A changed fact among forty others, so that the page scrolls."""
    source = make_citation(key="roe-2020", title="A long study")
    ms, als = make_condition(slug="ms", sources=[source]), make_condition(slug="als", sources=[source])
    facts = [make_fact(ms, sources=[source], text=f"Statement {n} of them.", position=n) for n in range(40)]
    changed = make_fact(ms, sources=[source], text="About 1,250 people walked.", position=60, prominence="main")
    comparison = make_comparison(ms, als, title="MS and ALS")
    beside = [make_fact(als, sources=[source], text=f"Other {n} of them.", position=n) for n in range(5)]
    publish(source, ms, als, *facts, *beside, changed, comparison)
    editor = make_editor()
    edit(changed, by=editor, text="About 1,350 people walked.")
    submit(changed, by=editor)
    return {"changed": changed, "editor": editor, "ms": ms}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 768), ("light", 320)])
def test_an_editor_looks_at_the_page_before_and_after_and_goes_back(waiting, open_window, scheme, width):
    page = open_window(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, waiting["editor"])
    page.goto(reverse("desk:item", args=[waiting["changed"].review_id]))
    assert list(find_faults(page)) == []
    expect(page.get_by_role("table", name="This fact as it would be").get_by_role("row")).to_have_count(1 + 1 + 3)
    cells = page.get_by_role("region", name="beside the other conditions")
    cells.focus()
    expect(cells).to_be_focused()

    page.get_by_role("button", name="See it before and after: Ms", exact=True).click()
    page.get_by_text("Preview. Not public.").wait_for()
    assert list(find_faults(page)) == []
    page.get_by_role("link", name="About 1,350 people walked.").click()
    mark = page.locator("main").get_by_text("Changed", exact=True)
    expect(mark).to_be_in_viewport()  # The page goes to it with the next picture that it draws.
    bar = page.locator(".preview-bar").bounding_box()
    assert mark.bounding_box()["y"] >= bar["y"] + bar["height"]  # Not under the bar.

    page.get_by_role("link", name="Before").click()
    expect(page.locator("main").get_by_text("About 1,250 people walked.")).to_have_count(1)
    assert list(find_faults(page)) == []
    page.get_by_role("link", name="Back to the review").click()
    page.wait_for_url(f"**{reverse('desk:item', args=[waiting['changed'].review_id])}**")


def test_a_reviewer_goes_from_page_to_page_then_back_and_approves(waiting, open_window):
    page = open_window()
    sign_in(page, make_reviewer())
    page.goto(reverse("desk:item", args=[waiting["changed"].review_id]))

    page.get_by_role("button", name="See it before and after: MS and ALS").click()
    expect(page.locator("main")).to_contain_text("About 1,350 people walked.")
    page.get_by_text("Other pages that change").click()
    page.locator(".preview-list").get_by_role("link", name="Ms", exact=True).click()
    expect(page.locator("h1")).to_have_text("Ms")
    assert "About 1,350 people walked." not in texts_of(waiting["ms"])
    page.get_by_role("link", name="Back to the review").click()
    page.get_by_role("button", name="Approve", exact=True).click()

    page.locator(".messagelist .success").wait_for()
    assert "About 1,350 people walked." in texts_of(waiting["ms"])

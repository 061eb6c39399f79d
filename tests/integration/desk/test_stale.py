"""Who decided on an older text learns what changed since it was on the screen, word by word."""

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.urls import reverse

from editorial.desk import seen
from editorial.freezing import content_digest
from tests.factories import make_condition, make_topic
from tests.integration.desk.conftest import edit, form_of, fresh, submit_change


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def shown(client, *items, **values):
    """What the page sends when it was loaded just now."""
    page = parse(client.get(reverse("desk:batch"), {"items": [item.review_id for item in items]}))
    hidden = {f["name"]: f["value"] for f in page.select(".desk-review input[type=hidden]") if f["name"] != "shown"}
    return {**form_of(*items), **hidden, **values}


def marks(page):
    """The marked words in what changed since."""
    found = page.select(".desk-since del, .desk-since ins")
    return [(mark.name, mark.find(string=True, recursive=False)) for mark in found]


@pytest.fixture
def change(site):
    return submit_change(site.fact, by=site.editor, text="About 1,300 people walked.")


def test_what_changed_since_is_shown_beside_what_changed_for_readers(site, change, desk):
    data = shown(desk, change, comment="Right.")
    submit_change(fresh(change), by=site.editor, text="About 1,350 people walked.")

    response = desk.post(reverse("desk:decide"), data)

    page = parse(response)
    assert response.status_code == 409
    assert marks(page) == [("del", "1,300"), ("ins", "1,350")]
    live = page.select_one(".desk-columns .desk-rows")
    assert [mark.find(string=True, recursive=False) for mark in live.select("del, ins")] == ["1,250", "1,350"]
    assert page.select_one("textarea[name=comment]").text.strip() == "Right."


def test_only_what_changed_is_shown_and_of_the_changed_item_only(site, change, desk):
    other = submit_change(site.source, by=site.editor, title="A longer study")
    data = shown(desk, change, other)
    submit_change(fresh(change), by=site.editor, short="They walked")

    page = parse(desk.post(reverse("desk:decide"), data))

    assert len(page.select(".desk-since")) == 1
    assert [row.text for row in page.select(".desk-since dt")] == ["Short form for the table"]


def test_a_change_of_what_the_text_is_filed_under_is_shown_too(site, change, desk):
    """No version of the fact says it: the topic got another name."""
    data = shown(desk, change)
    edit(make_topic(), by=site.editor, name="Signs")

    page = parse(desk.post(reverse("desk:decide"), data))

    assert ("ins", "Signs") in marks(page)


def test_what_items_name_is_called_by_its_title_in_both_texts(site, desk):
    parent, other = make_condition(name="Parent one"), make_condition(name="Parent two")
    changed = submit_change(site.condition, by=site.editor, parent=parent)
    data = shown(desk, changed)
    submit_change(fresh(changed), by=site.editor, parent=other)

    text = parse(desk.post(reverse("desk:decide"), data)).select_one(".desk-since").text

    assert "one" in text
    assert "two" in text


def test_a_page_that_was_answered_so_once_compares_with_what_it_showed(site, change, desk):
    data = shown(desk, change)
    submit_change(fresh(change), by=site.editor, text="About 1,350 people walked.")
    page = parse(desk.post(reverse("desk:decide"), data))
    again = {f["name"]: f["value"] for f in page.select(".desk-review input[type=hidden]")}
    submit_change(fresh(change), by=site.editor, text="About 1,400 people walked.")

    page = parse(desk.post(reverse("desk:decide"), {**data, **again}))

    assert marks(page) == [("del", "1,350"), ("ins", "1,400")]


@pytest.mark.parametrize(
    "sent",
    # Named, because what is signed holds the time, and each process of the tests must know a test by the same name.
    [
        pytest.param("", id="nothing"),
        pytest.param("x", id="noise"),
        pytest.param("{}", id="unsigned"),
        pytest.param(signing.dumps({"text": "Made up."}), id="signed for another purpose"),
    ],
)
def test_what_was_not_given_out_so_is_not_compared_with(site, change, desk, sent):
    data = shown(desk, change) | {f"seen-{change.review_id}": sent}
    submit_change(fresh(change), by=site.editor, text="Nobody walked.")

    page = parse(desk.post(reverse("desk:decide"), data))

    assert page.select(".desk-since") == []
    assert "What you had on the screen cannot be shown any more" in page.text


def test_the_content_of_another_item_or_of_another_time_is_not_compared_with(site, change, desk):
    data = shown(desk, change, site.source)
    data[f"seen-{change.review_id}"] = data[f"seen-{site.source.review_id}"]
    submit_change(fresh(change), by=site.editor, text="Nobody walked.")

    page = parse(desk.post(reverse("desk:decide"), data | {"items": [change.review_id]}))

    assert "What you had on the screen cannot be shown any more" in page.text


def test_what_was_packed_is_what_comes_back() -> None:
    content = {"text": "“Ünïcode” 𝔘 – <b>", "low": "1.50", "parts": [None, True, 3]}
    digest = content_digest("fact", content)

    assert seen.unpack(seen.pack(content), kind="fact", digest=digest) == content
    assert seen.unpack(seen.pack(content), kind="term", digest=digest) is None

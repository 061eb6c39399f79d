"""Whatever somebody writes into a field, the desk shows it as text."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from conditions.models import Subtype
from editorial import actions
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_term,
    make_topic,
    publish,
)
from tests.integration.desk.conftest import decide, edit, fresh, sign_in

BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7|add:7 }}</textarea>"
SHORT = "<b>\"'&{{ 7 }}"


@pytest.fixture
def hostile(db):
    """An item of each kind with markup in every field of text, submitted by somebody with a hostile name."""
    editor = make_editor(first_name=BAD[:100], last_name="Roe")
    source = make_citation(
        title=BAD,
        url="javascript:alert(3)",
        doi="",
        authors=[{"family": BAD, "given": SHORT}],
        publisher=BAD,
        volume=SHORT,
    )
    condition = make_condition(name=BAD, definition=BAD, sources=[source], also_known_as=[BAD], category=BAD, note=BAD)
    other = make_condition(sources=[source])
    Subtype.objects.create(condition=condition, slug="form", name=BAD, definition=BAD)
    topic = make_topic(name=SHORT, question=BAD)
    fact = make_fact(condition, sources=[source], text=BAD, label=BAD[:100], short=SHORT, topic=topic, note=BAD)
    fact.sources.update(locator=BAD, quote=BAD)
    comparison = make_comparison(condition, other, title=BAD, answer=BAD, summary=BAD, note=BAD)
    section = comparison.sections.create(heading=BAD, lead=BAD, position=0)
    section.rests_on.add(fact)
    comparison.points.create(kind="similarity", text=BAD, position=0).rests_on.add(fact)
    items = [
        source,
        condition,
        other,
        fact,
        comparison,
        make_faq(condition, sources=[source], question=BAD, answer=BAD, note=BAD),
        make_term(sources=[source], preferred=BAD, definition=BAD, note=BAD),
    ]
    for item in items:
        item.save()
    actions.submit(items, by=editor, comment=BAD)
    return items


def assert_harmless(response):
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select("#content script, #content img, #content b") == []
    assert [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    assert [tag["href"] for tag in page.select("[href]") if tag["href"].lower().startswith("javascript")] == []
    assert "{{ 7" in page.text
    return page


def batch_url(items):
    return reverse("desk:batch") + "?" + "&".join(f"items={item.review_id}" for item in items)


def test_new_items_are_shown_as_text(hostile, desk):
    page = assert_harmless(desk.get(batch_url(hostile)))

    assert page.text.count("<script>alert(1)</script>") > 30


def test_each_item_alone_is_shown_as_text(hostile, desk):
    for item in hostile:
        assert_harmless(desk.get(reverse("desk:item", args=[item.review_id])))


def test_the_queue_shows_titles_names_and_reasons_as_text(hostile, desk):
    assert_harmless(desk.get(reverse("desk:queue")))


def test_differences_comments_and_reasons_are_shown_as_text(hostile, desk, reviewer):
    digests = {item: fresh(item).review.digest for item in hostile}
    actions.approve(hostile, by=reviewer, digests=digests, comment=BAD)
    editor = make_editor()
    changed = edit(hostile[3], by=editor, text=f"<i>new</i> {BAD}")
    actions.submit([changed], by=editor)
    actions.retire([hostile[5]], by=reviewer, reason=BAD)

    for url in (batch_url(hostile), reverse("desk:queue") + "?tab=second", reverse("desk:queue") + "?tab=recheck"):
        assert_harmless(desk.get(url))


def test_refusals_and_messages_are_shown_as_text(hostile, desk):
    refused = decide(desk, hostile[0], **{f"digest-{hostile[0].review_id}": BAD, "comment": BAD, "back": BAD})
    assert refused.status_code == 409
    assert_harmless(refused)

    approved = desk.post(
        reverse("desk:decide"),
        {
            "items": [item.review_id for item in hostile],
            **{f"digest-{item.review_id}": fresh(item).review.digest for item in hostile},
            "action": "approve",
        },
        follow=True,
    )
    page = BeautifulSoup(approved.content, "html.parser")
    assert page.select("#content script, #content img, #content b, .messagelist script, .messagelist b") == []
    assert "<script>alert(1)</script>" in page.select_one(".messagelist").text


def test_an_address_that_runs_code_is_not_linked(desk, db):
    for url in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", " javascript:alert(1)"):
        source = make_citation(url=url, doi="")

        page = BeautifulSoup(desk.get(reverse("desk:item", args=[source.review_id])).content, "html.parser")

        assert page.select(".desk-sources a") == []


def test_a_reviewers_hostile_name_is_shown_as_text(site):
    publish(make_fact(site.condition, sources=[site.source]), reviewer=make_reviewer(first_name=BAD[:100]))
    fact = make_fact(site.condition, sources=[site.source], text=SHORT)
    client = sign_in(make_reviewer(first_name=SHORT))

    assert_harmless(client.get(reverse("desk:item", args=[fact.review_id])))

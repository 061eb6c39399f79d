"""All that waits of one condition, or of one submission, on one page."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial import actions
from editorial.desk import selection
from tests.factories import make_condition, make_editor, make_fact, publish

BATCH = reverse("desk:batch")


def parse(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def shown(client, **query):
    response = client.get(BATCH, query)
    assert response.status_code == 200
    return [title.text for title in parse(response).select("article h2")]


@pytest.fixture
def facts(site):
    """Two of one condition and one of another, of two submissions."""
    other = make_condition(slug="als", sources=[site.source])
    publish(other)
    ours = [make_fact(site.condition, sources=[site.source], label=label) for label in ("One", "Two")]
    theirs = make_fact(other, sources=[site.source], label="Three")
    actions.submit([ours[0], theirs], by=site.editor)
    actions.submit([ours[1]], by=make_editor())
    return [*ours, theirs]


def test_all_that_waits_of_a_condition_is_one_page(facts, desk):
    assert shown(desk, condition="multiple-sclerosis") == ["One", "Two"]


def test_all_of_a_submission_is_one_page_whichever_item_names_it(facts, desk):
    assert shown(desk, submission=facts[0].review_id) == ["One", "Three"]
    assert shown(desk, submission=facts[2].review_id) == ["One", "Three"]
    assert shown(desk, submission=facts[1].review_id) == ["Two"]


def test_what_was_decided_on_meanwhile_is_left_out(facts, desk, reviewer):
    actions.request_changes([facts[0]], by=reviewer, comment="Why?")

    assert shown(desk, condition="multiple-sclerosis") == ["Two"]
    assert shown(desk, submission=facts[2].review_id) == ["Three"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"condition": "no-such"}, "There is no condition “no-such” here."),
        ({"condition": "<b>"}, "There is no condition “<b>” here."),
        ({"submission": "999999999"}, "There is no submission “999999999” here."),
        ({"submission": "x"}, "There is no submission “x” here."),
        ({"submission": ""}, "There is no submission “” here."),
    ],
)
def test_what_is_not_there_is_a_sentence(facts, desk, query, sentence):
    response = desk.get(BATCH, query)

    assert response.status_code == 400
    assert sentence in parse(response).text


def test_when_nothing_waits_any_more_it_says_so(site, desk):
    for query in ({"condition": "multiple-sclerosis"}, {"submission": site.fact.review_id}):
        response = desk.get(BATCH, query)
        assert response.status_code == 400
        assert "waits for review any more." in parse(response).text


def test_more_than_fit_on_a_page_come_in_parts_with_links(facts, desk, monkeypatch):
    monkeypatch.setattr(selection, "AT_MOST", 1)

    page = parse(desk.get(BATCH, {"condition": "multiple-sclerosis", "back": "tab=all"}))

    notice = page.select_one(".desk-notice")
    assert notice.text.startswith("2 items wait for review here. At most 1 fit on one page; these are")
    link = notice.a["href"]
    assert link == "?condition=multiple-sclerosis&back=tab%3Dall&page=2"
    assert parse(desk.get(BATCH + link)).select_one("article h2").text == "Two"


def test_the_desk_leads_to_these_pages(facts, desk):
    page = parse(desk.get(reverse("desk:queue"), {"condition": "multiple-sclerosis"}))

    bar = [link["href"] for link in page.select(".desk-bar a")]
    assert any(link.startswith(f"{BATCH}?condition=multiple-sclerosis&back=") for link in bar)
    together = page.select_one("td a.desk-reason")
    assert together.text == "All 2 of this submission"
    assert together["href"].startswith(f"{BATCH}?submission={facts[0].review_id}&back=")


def test_a_submission_of_one_has_no_such_link(facts, desk):
    page = parse(desk.get(reverse("desk:queue"), {"condition": "multiple-sclerosis"}))

    assert len(page.select("td a.desk-reason")) == 1

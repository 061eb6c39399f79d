"""The queue: what waits, in which order, and why."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial import actions
from editorial.models import Review
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_term,
    make_topic,
    publish,
)
from tests.integration.desk.conftest import submit_change


def queue(client, **query):
    response = client.get(reverse("desk:queue"), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client, **query):
    return [link.text for link in queue(client, **query).select(".desk-queue tbody th a")]


def test_what_was_submitted_first_comes_first(site, desk):
    now = timezone.now()
    first, second = (make_fact(site.condition, sources=[site.source], label=label) for label in ("First", "Second"))
    actions.submit([second], by=site.editor, at=now)
    actions.submit([first], by=site.editor, at=now - timedelta(days=1))

    assert titles(desk) == ["First", "Second"]


def test_a_row_says_kind_condition_what_readers_see_and_who_submitted(site, desk):
    submit_change(site.fact, by=site.editor, text="Many currently walked.")

    cells = [cell.get_text(" ", strip=True) for cell in queue(desk).select(".desk-queue tbody tr td")]

    assert cells[1:4] == ["Fact Symptoms", "Multiple sclerosis", "An earlier version"]
    assert cells[4].startswith("Edna Editor")


def test_a_row_counts_what_the_checks_find(site, desk):
    fact = make_fact(site.condition, sources=[make_citation()])
    actions.submit([fact], by=site.editor)

    assert queue(desk).select_one(".desk-flag").text == "1 to check"


def test_what_one_person_retired_waits_for_a_second(site, desk, reviewer):
    actions.retire([site.fact], by=reviewer, reason="It is wrong.")

    assert titles(desk) == []
    page = queue(desk, tab="second")
    assert page.select_one("tbody th a").text == str(site.fact)
    assert "It is wrong." in page.select_one("tbody .desk-reason").text


def test_what_needs_a_recheck_is_listed_with_its_reasons(site, desk, reviewer):
    actions.retire([site.source], by=reviewer, reason="Fraud.")

    reasons = [reason.text for reason in queue(desk, tab="recheck").select("tbody th .desk-reason")]

    assert reasons
    assert set(reasons) == {"Its source “roe-2020” was retired."}


def test_what_was_sent_back_is_listed(site, desk, reviewer):
    fact = submit_change(site.fact, by=site.editor, text="Many.")
    actions.request_changes([fact], by=reviewer, comment="How many?")

    assert titles(desk, tab="sent-back") == [str(fact)]


def test_what_is_due_within_a_month_or_overdue_is_listed_the_oldest_first(site, desk):
    today = timezone.now().date()
    others = [make_fact(site.condition, sources=[site.source], label=label) for label in ("Soon", "Late", "Later")]
    publish(*others)
    for fact, days in zip(others, (29, -3, 31), strict=True):
        Review.objects.filter(pk=fact.review_id).update(review_by=today + timedelta(days=days))

    page = queue(desk, tab="due")

    assert [link.text for link in page.select("tbody th a")] == ["Late", "Soon"]
    assert "Review was due on" in page.select_one("tbody .desk-reason").text


def test_all_lists_everything_with_its_status(site, desk):
    make_fact(site.condition, label="A draft")

    rows = queue(desk, tab="all").select("tbody tr")

    assert len(rows) == 5
    assert any("A draft" in row.text and "Draft" in row.text for row in rows)


def test_tabs_count_what_they_list(site, desk):
    submit_change(site.fact, by=site.editor, text="Many.")

    counts = {tab.get_text(" ", strip=True) for tab in queue(desk).select(".desk-tabs a")}

    assert "Waiting for review 1" in counts
    assert "Sent back 0" in counts


@pytest.fixture
def mixed(site):
    """Something of each kind, about two conditions, by two people."""
    other = make_condition(slug="als", sources=[site.source])
    publish(other)
    items = {
        "fact": make_fact(site.condition, sources=[site.source], label="Of MS"),
        "other fact": make_fact(other, sources=[site.source], label="Of ALS", topic=make_topic("causes")),
        "comparison": make_comparison(site.condition, other, title="Both compared"),
        "faq": make_faq(other, sources=[site.source], question="Is it ALS?"),
        "term": make_term(sources=[site.source], slug="sclerosis"),
    }
    anne = make_editor(username="anne")
    actions.submit([items["fact"]], by=anne)
    actions.submit([item for name, item in items.items() if name != "fact"], by=site.editor)
    return items


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "faq"}, {"Is it ALS?"}),
        ({"kind": "comparison"}, {"Both compared"}),
        ({"condition": "multiple-sclerosis"}, {"Of MS", "Both compared"}),
        ({"condition": "als"}, {"Of ALS", "Both compared", "Is it ALS?"}),
        ({"topic": "causes"}, {"Of ALS"}),
        ({"person": "anne"}, {"Of MS"}),
        ({"person": "anne", "condition": "als"}, set()),
        ({"condition": "als", "kind": "fact"}, {"Of ALS"}),
    ],
)
def test_filters_narrow_the_list(mixed, desk, query, expected):
    assert set(titles(desk, **query)) == expected


@pytest.mark.parametrize("name", ["kind", "condition", "topic", "person"])
def test_an_unknown_filter_value_is_a_sentence_and_is_left_out(mixed, desk, name):
    page = queue(desk, **{name: "<b>nothing</b>"})

    assert f"There is no {name} “<b>nothing</b>”. The filter is left out." in page.text
    assert len(page.select("tbody tr")) == 5


def test_an_unknown_list_is_a_sentence(site, desk):
    page = queue(desk, tab="x'--")

    assert "There is no list “x'--”." in page.text


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999999999999"])
def test_an_impossible_page_number_is_a_page(site, desk, number):
    queue(desk, page=number)


def test_long_lists_are_paged_and_keep_the_filters(site, desk):
    facts = [make_fact(site.condition, sources=[site.source], label=f"Fact {n}") for n in range(53)]
    actions.submit(facts, by=site.editor)

    first, second = queue(desk, kind="fact"), queue(desk, kind="fact", page="2")

    assert len(first.select("tbody tr")) == 50
    assert len(second.select("tbody tr")) == 3
    assert "kind=fact" in first.select_one(".desk-pages a")["href"]


def test_the_queue_takes_as_many_queries_for_sixty_items_as_for_ten(mixed, site, desk):
    queue(desk)  # What is cached once and for all is cached now.
    counts = []
    for more in (5, 50):
        facts = [make_fact(site.condition, sources=[site.source]) for _ in range(more)]
        actions.submit(facts, by=site.editor)
        with CaptureQueriesContext(connection) as queries:
            queue(desk)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 45

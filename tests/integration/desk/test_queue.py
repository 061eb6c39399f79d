"""The queue: what waits, in which order, and why."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.forms import Select
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conditions.models import Fact
from editorial import actions
from editorial.desk.forms import QuickSelect
from editorial.models import Review
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
from tests.integration.desk.conftest import edit, sign_in, submit_change


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


def test_what_is_due_and_what_is_overdue_says_since_when(site, desk):
    today = timezone.now().date()
    others = [make_fact(site.condition, sources=[site.source], label=label) for label in ("Soon", "Late", "Later")]
    publish(*others)
    for fact, days in zip(others, (29, -3, 31), strict=True):
        Review.objects.filter(pk=fact.review_id).update(review_by=today + timedelta(days=days))

    assert titles(desk, tab="due") == ["Soon"]
    late = queue(desk, tab="overdue").select_one("tbody tr")
    assert late.select_one("th a").text == "Late"
    assert "Review was due on" in late.select_one(".desk-reason").text


def test_all_lists_everything_with_its_status(site, desk):
    make_fact(site.condition, label="A draft")

    rows = queue(desk, tab="all").select("tbody tr")

    assert len(rows) == 5
    assert any("A draft" in row.text and "Draft" in row.text for row in rows)


def tabs(page, group):
    """{label: count} of a group of lists."""
    found = next(part for part in page.select(".desk-tab-group") if part.h2.text == group)
    links = [link.get_text(" ", strip=True).rpartition(" ") for link in found.select("a")]
    return {label: int(count) for label, _, count in links}


def test_the_lists_are_ones_own_and_everybodys_each_with_its_count(site, desk, reviewer):
    submit_change(site.fact, by=site.editor, text="Many.")
    edit(site.condition, by=reviewer, definition="Otherwise.")

    page = queue(desk)

    assert tabs(page, "Mine") == {"Waiting for my review": 1, "Sent back to me": 0, "My drafts": 1}
    everybodys = tabs(page, "Everybody’s")
    assert (everybodys["All that wait for review"], everybodys["Drafts"], everybodys["All"]) == (1, 1, 3)
    assert everybodys["Sent back"] == 0


def test_lists_with_nothing_in_them_are_tucked_away(site, desk):
    page = queue(desk, tab="recheck")

    tucked_away = [link.text for link in page.select(".desk-tab-group details a")]
    assert "Sent back 0" in tucked_away
    assert not any(label.startswith(("Needs re-check", "All")) for label in tucked_away)


def test_an_editor_opens_the_desk_on_all_that_waits_and_has_no_reviews_to_do(site):
    submit_change(site.fact, by=site.editor, text="Many.")
    page = queue(sign_in(site.editor))

    assert page.select_one(".desk-tabs [aria-current]").text.startswith("All that wait for review")
    assert tabs(page, "Mine") == {"Sent back to me": 0, "My drafts": 0}


def test_an_administrator_has_no_lists_of_their_own(site, administrator):
    assert [group.h2.text for group in queue(sign_in(administrator)).select(".desk-tab-group")] == ["Everybody’s"]


def test_an_empty_list_says_so_in_a_sentence_of_its_own(site, desk):
    assert queue(desk).select_one(".desk-empty").text == "Nothing is waiting for your review."
    assert queue(desk, tab="recheck").select_one(".desk-empty").text == "Nothing needs a re-check."
    filtered = queue(desk, kind="fact").select_one(".desk-empty").text
    assert filtered == "Nothing in this list fits the filters."


def test_who_should_review_and_until_when_is_a_column_where_it_says_something(site, desk, reviewer):
    fact = submit_change(site.fact, by=site.editor, text="Many.")
    assert "Reviewer" not in [head.text for head in queue(desk).select("thead th")]

    actions.assign([fact], by=reviewer, reviewer=reviewer, due_on=timezone.now().date() + timedelta(days=1))
    assert "Reviewer" in [head.text for head in queue(desk).select("thead th")]
    assert "Due " in queue(desk).tbody.text

    Review.objects.filter(pk=fact.review_id).update(due_on=timezone.now().date() - timedelta(days=1))
    assert queue(desk).select_one("tbody .desk-flag-error").text.startswith("Was due ")


def test_what_was_sent_back_says_who_asks_for_what(site, desk, reviewer):
    fact = submit_change(site.fact, by=site.editor, text="Many.")
    actions.request_changes([fact], by=reviewer, comment="How many?")

    page = queue(sign_in(site.editor), tab="returned")

    assert page.select_one("tbody .desk-reason").text == f"{reviewer.username} asks: How many?"


def test_what_is_approved_for_later_says_by_whom_and_from_when(site, desk, reviewer):
    fact = submit_change(site.fact, by=site.editor, text="Many.")
    at = timezone.now() + timedelta(days=3)
    actions.approve([fact], by=reviewer, digests={fact: fact.review.digest}, publish_at=at)

    reason = queue(desk, tab="scheduled").select_one("tbody .desk-reason").text

    assert reason == f"Approved by {reviewer.username}, public from {at:%-d %B %Y, %H:%M} (UTC)."


def test_what_could_not_be_published_says_why(site, desk, reviewer):
    fact = submit_change(site.fact, by=site.editor, text="Many.")
    at = timezone.now() + timedelta(days=3)
    actions.approve([fact], by=reviewer, digests={fact: fact.review.digest}, publish_at=at)
    edit(fact, by=site.editor, text="Many more.")

    assert "It was changed after" in queue(desk, tab="unpublished").select_one("tbody .desk-reason").text


def test_a_source_with_a_problem_says_which(site, desk):
    edit(site.source, by=site.editor, integrity="retracted")

    row = queue(desk, tab="sources").select_one("tbody tr")

    assert row.select_one(".desk-reason").text == "Retracted, and something still cites it."


def test_ones_own_work_is_marked_in_the_list_of_all_that_waits(site, reviewer):
    submit_change(site.fact, by=reviewer, text="Many.")

    reason = queue(sign_in(reviewer), tab="waiting").select_one("tbody .desk-reason").text

    assert reason == "You changed it, so another person must approve it."


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
    rita = make_reviewer(username="rita")
    actions.assign([items["fact"]], by=rita, reviewer=rita)
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
        ({"reviewer": "rita"}, {"Of MS"}),
        ({"reviewer": "rita", "kind": "faq"}, set()),
        ({"condition": "als", "kind": "fact"}, {"Of ALS"}),
    ],
)
def test_filters_narrow_the_list(mixed, desk, query, expected):
    assert set(titles(desk, tab="waiting", **query)) == expected


@pytest.mark.parametrize("name", ["kind", "condition", "topic", "person", "reviewer"])
def test_an_unknown_filter_value_is_a_sentence_and_is_left_out(mixed, desk, name):
    page = queue(desk, tab="waiting", **{name: "<b>nothing</b>"})

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


def test_two_thousand_items_page_well(site, desk):
    facts = [make_fact(site.condition, sources=[site.source], label="One of many")]
    Review.objects.bulk_create(Review(kind="fact", key=f"many-{n}", digest="d") for n in range(2000))
    reviews = Review.objects.filter(key__startswith="many-").in_bulk()
    Fact.objects.bulk_create(
        Fact(
            key=review.key, condition=site.condition, topic=facts[0].topic, text=f"Text of {review.key}.", review=review
        )
        for review in reviews.values()
    )

    page = queue(desk, tab="drafts", page="40")

    assert len(page.select("tbody tr")) == 50
    assert "Page 40 of 41" in page.select_one(".desk-pages").text


def count_queries(client, **query):
    with CaptureQueriesContext(connection) as queries:
        rows = len(queue(client, **query).select("tbody tr"))
    return rows, len(queries)


def test_a_list_of_facts_takes_the_same_few_queries_for_twenty_as_for_two_hundred(site, desk):
    queue(desk)  # What is cached once and for all is cached now.
    found = []
    for more in (20, 180):
        facts = [make_fact(site.condition, sources=[site.source]) for _ in range(more)]
        actions.submit(facts, by=site.editor)
        found.append(count_queries(desk))

    (few, few_queries), (many, many_queries) = found
    assert (few, many) == (20, 50)
    assert few_queries == many_queries <= 15


def test_a_list_of_many_kinds_takes_the_same_queries_for_sixty_items_as_for_ten(mixed, site, desk):
    queue(desk)
    counts = []
    for more in (5, 50):
        facts = [make_fact(site.condition, sources=[site.source]) for _ in range(more)]
        actions.submit(facts, by=site.editor)
        counts.append(count_queries(desk, tab="waiting")[1])

    assert counts[0] == counts[1] <= 32


def test_of_a_list_that_is_not_open_no_more_is_counted_than_anybody_needs(site, desk, monkeypatch):
    counts = {link.contents[0].strip(): link.select_one(".desk-count").text for link in list_tabs(desk)}
    monkeypatch.setattr("editorial.desk.queue.MOST_COUNTED", 2)

    cut = {link.contents[0].strip(): link.select_one(".desk-count").text for link in list_tabs(desk)}

    assert int(counts["All"]) > 2
    assert cut["All"] == "2+"
    assert cut["All that wait for review"] == counts["All that wait for review"] == "0"
    opened = {link.contents[0].strip(): link.select_one(".desk-count").text for link in list_tabs(desk, tab="all")}
    assert opened["All"] == counts["All"]


def list_tabs(client, **query):
    return [link for link in queue(client, **query).select("a[href^='?tab=']") if link.select_one(".desk-count")]


@pytest.mark.parametrize("chosen", ["", "b & c", "none of them"])
def test_a_quick_select_is_the_select_of_django(chosen):
    choices = [("", "All"), ("a", "<A>"), ("b & c", "“B”")]
    attrs = {"id": "x", "class": "y"}

    quick, slow = (
        BeautifulSoup(widget(choices=choices).render("name", chosen, attrs), "html.parser").select("select, option")
        for widget in (QuickSelect, Select)
    )

    assert [(tag.name, tag.attrs, tag.string) for tag in quick] == [(tag.name, tag.attrs, tag.string) for tag in slow]

"""The admin's front page: what waits for whom, how much of it, and nothing else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial import actions
from editorial.models import Review, SavedList
from tests.factories import make_condition, make_editor, make_fact, make_report, make_user, publish
from tests.steps import edit, retire, submit

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
DESK = reverse("desk:queue")


def parse(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def open_day(user) -> BeautifulSoup:
    client = Client()
    client.force_login(user)
    return parse(client.get(INDEX))


def tallies(page) -> dict[str, int]:
    found = [tally.get_text(" ", strip=True).partition(" ") for tally in page.select(".tallies a")]
    return {label: int(count) for count, _, label in found}


def entries(page, name) -> list[str]:
    return [link.text for link in page.select(f"section[aria-labelledby=my-day-{name}] li > a")]


@pytest.fixture
def facts():
    """A condition with seven facts, all public."""
    condition = make_condition(slug="made-up")
    source = condition.definition_citations.get()
    facts = [make_fact(condition, sources=[source], label=f"Fact {number}") for number in range(7)]
    publish(source, condition, *facts)
    return facts


def change(fact, *, by):
    edit(fact, by=by, text=f"Another text of {fact.label}.")
    fact.refresh_from_db()
    return fact


def test_a_reviewer_finds_what_waits_the_oldest_first_and_when_it_is_due(facts, editor, reviewer):
    today, now = timezone.now().date(), timezone.now()
    for number, fact in enumerate(facts):
        actions.submit([change(fact, by=editor)], by=editor, at=now - timedelta(days=number))
    actions.assign([facts[6]], by=reviewer, reviewer=reviewer, due_on=today + timedelta(days=1))
    actions.assign([facts[5]], by=reviewer, reviewer=reviewer, due_on=today + timedelta(days=1))
    Review.objects.filter(pk=facts[6].review_id).update(due_on=today - timedelta(days=1))

    page = open_day(reviewer)

    assert tallies(page) == {"Waiting for my review": 7}
    assert entries(page, "to-review") == ["Fact 6", "Fact 5", "Fact 4", "Fact 3", "Fact 2"]
    late, soon = page.select(".my-day-due")
    assert late.text.startswith("Was due ")
    assert soon.text.startswith("Due ")
    assert page.find("a", string="All 7")["href"] == f"{DESK}?tab=to-review"


def test_an_editor_finds_what_was_sent_back_with_what_is_asked_and_a_way_to_the_form(facts, editor, reviewer):
    change(facts[0], by=editor)
    change(facts[1], by=editor)
    submit(facts[0], by=editor)
    actions.request_changes([facts[0]], by=reviewer, comment="Of how many?")

    page = open_day(editor)

    assert tallies(page) == {"Sent back to me": 1, "My drafts": 1}
    assert entries(page, "returned") == ["Fact 0"]
    link = page.select_one("section[aria-labelledby=my-day-returned] li > a")
    assert link["href"] == reverse("admin:conditions_fact_change", args=[facts[0].pk])
    assert page.blockquote.get_text(" ", strip=True) == f"Of how many? {reviewer.username}"


def test_each_count_leads_to_a_list_of_that_length(facts, editor, reviewer):
    submit(change(facts[0], by=editor), change(facts[1], by=editor), by=editor)
    change(facts[2], by=reviewer)
    retire(facts[3], facts[0].sources.get().citation)
    Review.objects.filter(pk=facts[4].review_id).update(review_by=timezone.now().date() - timedelta(days=1))
    Review.objects.filter(pk=facts[5].review_id).update(review_by=timezone.now().date())
    client = Client()
    client.force_login(reviewer)

    page = parse(client.get(INDEX))

    counted = tallies(page)
    assert counted == {
        "Waiting for my review": 2,
        "My drafts": 1,
        "Retired, to be confirmed": 2,
        "Needs re-check": 7,
        "Review overdue": 1,
        "Review due within 30 days": 1,
        "Sources with a problem": 1,
    }
    for link, count in zip(page.select(".tallies a"), counted.values(), strict=True):
        assert len(parse(client.get(link["href"])).select(".desk-queue tbody tr")) == count


def test_open_reports_of_readers_are_counted_with_a_way_to_them(editor):
    make_report()
    make_report(status="dismissed", answer="It is right.", answered_by=editor, answered_at=timezone.now())
    client = Client()
    client.force_login(editor)

    page = parse(client.get(INDEX))

    assert tallies(page) == {"Reports from readers": 1}
    inbox = parse(client.get(page.select_one(".tallies a")["href"]))
    assert len(inbox.select("#result_list tbody tr")) == 1


def test_lists_with_nothing_in_them_are_said_in_one_line(facts, editor):
    change(facts[0], by=editor)

    line = open_day(editor).select_one(".my-day-empty").get_text(" ", strip=True)

    assert line.startswith("Nothing in: Sent back to me , Could not be published as scheduled , Needs re-check ,")
    assert "My drafts" not in line


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_who_has_nothing_to_do_is_told_so(role, request):
    page = open_day(request.getfixturevalue(role))

    assert page.select_one(".my-day-calm").text == "Nothing is waiting for you."
    assert page.select_one(".my-day-empty") is None
    assert page.find("a", string="Open the review desk")["href"] == DESK


def test_work_of_others_is_not_in_ones_own_day(facts, editor, administrator):
    submit(change(facts[0], by=editor), by=editor)

    assert open_day(make_editor()).select_one(".my-day-calm")
    assert open_day(administrator).select_one(".my-day-calm")


def test_who_may_see_no_reviews_gets_the_front_page_as_django_has_it(facts):
    page = open_day(make_user())

    assert page.select_one(".my-day") is None
    assert "My day" not in page.text


def test_the_content_of_the_site_follows_below(editor):
    page = open_day(editor)

    assert page.select_one("#content h1").text == "My day"
    assert page.select_one("#content-main .app-conditions")


def test_saved_lists_are_ones_own(editor, reviewer):
    SavedList.objects.create(user=editor, name="Facts that wait", query="tab=waiting&kind=fact")
    SavedList.objects.create(user=reviewer, name="Of somebody else", query="tab=all")

    links = {link.text: link["href"] for link in open_day(editor).select(".my-day-saved a")}

    assert links == {"Facts that wait": f"{DESK}?tab=waiting&kind=fact"}


def test_hostile_words_are_shown_as_words(facts, reviewer):
    hostile = "<script>alert(1)</script>"
    editor = make_editor(first_name=hostile)
    edit(facts[0], by=editor, label=hostile)
    facts[0].refresh_from_db()
    submit(facts[0], change(facts[1], by=editor), by=editor)
    actions.request_changes([facts[1]], by=reviewer, comment=hostile)
    SavedList.objects.create(user=reviewer, name=hostile, query="tab=all")

    for user in (reviewer, editor):
        page = open_day(user)
        assert hostile in page.select_one(".my-day").text
        assert "alert" not in " ".join(script.text for script in page.select("script"))


def test_the_day_takes_as_many_queries_for_two_hundred_items_as_for_twenty(facts, editor, reviewer):
    condition, source = facts[0].condition, facts[0].sources.get().citation
    client = Client()
    client.force_login(reviewer)
    counts = []
    for more in (20, 180):
        submit(*[make_fact(condition, sources=[source]) for _ in range(more)], by=editor)
        client.get(INDEX)  # What is cached once and for all is cached now.
        with CaptureQueriesContext(connection) as queries:
            page = parse(client.get(INDEX))
        counts.append(len(queries))

    assert tallies(page) == {"Waiting for my review": 200}
    assert counts[0] == counts[1] <= 9

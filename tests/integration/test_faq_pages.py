"""The list of questions and the page of a question."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from comparisons.models import FAQ
from conditions.models import Condition
from editorial import actions
from editorial.models import ReviewedItem
from tests.factories import make_citation, make_comparison, make_condition, make_faq, make_reviewer, publish
from tests.reading import find_canonical, find_meta, get_words, list_links
from tests.steps import approve, retire, revise, submit

pytestmark = pytest.mark.django_db
START = datetime(2030, 1, 1, 12, tzinfo=UTC)


def publish_at(at: datetime, *items: ReviewedItem) -> None:
    submit(*items)
    approve(*items, by=make_reviewer(is_demonstration=True, interests_declared_on=at.date()), at=at)


def make_public_faq(**values) -> FAQ:
    """A question about a public condition and a public comparison, from 1 January 2030."""
    source = make_citation(key="study")
    first = make_condition(slug="one", name="One disease", sources=[source])
    second = make_condition(slug="two", name="Two disease", sources=[source])
    comparison = make_comparison(first, second, slug="both", title="One and two")
    faq = make_faq(first, slug="why", sources=[source], **values)
    faq.comparisons.add(comparison)
    publish_at(START, source, first, second, comparison, faq)
    return faq


def test_questions_stand_under_their_comparison_else_under_their_conditions(
    client: Client, django_assert_max_num_queries
) -> None:
    faq = make_public_faq(question="About the pair?")
    alone = make_faq(*faq.conditions.all(), slug="alone", question="About one?", sources=list(faq.citations.all()))
    nothing = make_faq(slug="nothing", question="About neither?", sources=list(faq.citations.all()))
    publish(alone, nothing)
    make_faq(slug="draft", question="Canary?")

    with django_assert_max_num_queries(3):
        response = client.get("/faqs/")

    words = get_words(response)
    for heading, question in (("One and two", "About the pair?"), ("One disease", "About one?")):
        assert f"{heading} {question} Read the page: {heading}" in words
    assert words.endswith("Other questions About neither?")
    assert "Canary" not in words
    assert {"/compare/both/", "/conditions/one/"} <= set(list_links(response))


def test_a_list_without_questions_says_so(client: Client) -> None:
    assert "No question has been answered yet." in get_words(client.get("/faqs/"))


def test_a_question_has_its_answer_sources_dates_and_links(client: Client, django_assert_max_num_queries) -> None:
    make_public_faq(question="Why is it so?", answer="**Because** of it [@study].")

    with django_assert_max_num_queries(3):
        response = client.get("/faqs/why/")

    words = get_words(response)
    assert "Because of it. 1 Source 1" in words
    assert "Last reviewed: 1 January 2030" in words
    assert "Next review due 1 January 2032" in words
    assert "Demonstration content: no clinician has reviewed it." in words
    assert {"/compare/both/", "/conditions/one/", "/sources/study/", "#r1", "/history/faq/why/"} <= set(
        list_links(response)
    )
    assert find_canonical(response) == "http://127.0.0.1:8000/faqs/why/"
    assert find_meta(response, "description") == "Because of it."
    assert find_meta(response, "robots") is None


def test_a_source_that_the_answer_does_not_cite_itself_is_numbered_too(client: Client) -> None:
    make_public_faq(answer="Because.")

    assert "More sources of this answer: 1 Source 1" in get_words(client.get("/faqs/why/"))


def test_a_page_that_is_not_public_is_not_linked(client: Client) -> None:
    faq = make_public_faq()
    actions.retire(list(faq.conditions.all()), by=make_reviewer(), reason="Wrong.")

    assert "/conditions/one/" not in list_links(client.get("/faqs/why/"))


def test_a_comparison_that_went_with_its_condition_is_named_by_no_question(client: Client) -> None:
    faq = make_public_faq(question="About the pair?")
    revise(faq, answer="Another answer.")
    pages = ["/faqs/", "/faqs/why/", "/faqs/why/?as_of=2030-02-01", "/history/faq/why/1/", "/history/faq/why/"]
    pages += ["/api/v1/faqs/why", "/api/v1/faqs", "/api/v1/editions/faq/why/1"]
    names = re.compile('One and two|/compare/both|"both"')
    assert names.search(client.get("/faqs/why/").content.decode())

    retire(Condition.objects.get(slug="two"))

    answers = {page: client.get(page) for page in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert [page for page, answer in answers.items() if names.search(answer.content.decode())] == []
    assert "One disease About the pair?" in get_words(answers["/faqs/"])


def test_an_answer_of_an_earlier_day_is_shown_with_a_banner_and_kept_from_search_engines(
    client: Client, django_assert_max_num_queries
) -> None:
    faq = make_public_faq(answer="The first answer [@study].")
    faq.answer = "The second answer."
    faq.save()
    faq.refresh_from_db()
    publish_at(START.replace(month=3), faq)

    with django_assert_max_num_queries(3):
        response = client.get("/faqs/why/?as_of=2030-02-01")

    assert "The first answer" in get_words(response)
    assert "This is the page as it was on 1 February 2030." in get_words(response)
    assert find_meta(response, "robots") == "noindex"
    assert find_canonical(response) == "http://127.0.0.1:8000/faqs/why/"
    assert "The second answer" in get_words(client.get("/faqs/why/?as_of=2031-01-01"))


def test_a_day_before_the_first_edition_says_since_when_there_is_one(client: Client) -> None:
    make_public_faq()

    response = client.get("/faqs/why/?as_of=2029-12-31")

    assert response.status_code == 404
    assert "1 January 2030" in get_words(response)


@pytest.mark.parametrize("day", ["", "yesterday", "2030-02-30", "<script>alert(1)</script>"])
def test_what_is_no_day_is_refused_with_how_to_write_one(client: Client, day: str) -> None:
    make_public_faq()

    response = client.get("/faqs/why/", {"as_of": day})

    assert response.status_code == 400
    assert "2026-11-22" in get_words(response)
    assert "<script>" not in response.content.decode()


def test_a_changed_address_leads_on_and_a_withdrawn_question_is_gone(client: Client) -> None:
    faq = make_public_faq()
    revise(faq, slug="because")

    moved = client.get("/faqs/why/?as_of=2030-02-01")
    assert (moved.status_code, moved["Location"]) == (301, "/faqs/because/?as_of=2030-02-01")
    actions.retire([faq], by=make_reviewer(), reason="Wrong.")
    assert client.get("/faqs/because/").status_code == 410
    assert client.get("/faqs/because/?as_of=2030-02-01").status_code == 410
    assert client.get("/faqs/no-such/").status_code == 404

"""Definitions in place, on the pages that hold the words."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from conditions.models import Term
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_term, publish
from tests.steps import retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Term:
    return make_term(slug="myelin", preferred="myelin", definition="A coating, says the canary.")


@pytest.fixture
def pages(term: Term) -> list[str]:
    source = make_citation()
    one = make_condition(slug="one", name="One sclerosis", definition="It harms myelin.")
    other = make_condition(slug="other", name="Other sclerosis", definition="It spares myelin.")
    facts = [make_fact(one, text="Myelin is lost."), make_fact(other, text="Myelin stays.")]
    comparison = make_comparison(one, other, slug="both", answer="One harms myelin, the other spares myelin.")
    question = make_faq(one, sources=[source], slug="what", answer="It harms myelin.")
    citations = [c for fact in facts for c in fact.citations.all()]
    defined = [c for item in (one, other) for c in item.definition_citations.all()]
    publish(source, *term.citations.all(), *citations, *defined, term, one, other, *facts, comparison, question)
    return ["/conditions/one/", "/compare/both/", "/faqs/what/"]


def _definitions(response: HttpResponse) -> int:
    return response.content.decode().count("says the canary")


def test_a_page_holds_the_definition_of_each_word_once(client: Client, pages: list[str]) -> None:
    for page in pages:
        html = client.get(page).content.decode()
        assert html.count("A coating, says the canary.") == 1, page
        assert 'popovertarget="term-myelin"' in html, page
        assert html.count('id="term-myelin" popover') == 1, page
        assert 'href="/glossary/#term-myelin"' in html, page


def test_a_spanish_page_says_that_the_definition_is_english(client: Client, pages: list[str]) -> None:
    html = client.get("/es/faqs/what/").content.decode()

    assert '<p lang="en"><dfn>myelin</dfn>' in html
    assert 'href="/es/glossary/#term-myelin"' in html


def test_a_retired_word_is_gone_at_once(client: Client, pages: list[str], term: Term) -> None:
    retire(term)

    for page in pages:
        html = client.get(page).content.decode()
        assert "canary" not in html, page
        assert 'popovertarget="term-' not in html, page


def test_an_old_version_shows_no_definition(client: Client, pages: list[str]) -> None:
    today = timezone.now().date()

    assert [_definitions(client.get(f"{page}?as_of={today}")) for page in pages] == [0, 0, 0]


def test_a_pending_change_of_a_definition_is_not_shown(client: Client, pages: list[str], term: Term) -> None:
    term.definition = "Another canary."
    term.save()

    assert "Another canary" not in client.get(pages[0]).content.decode()

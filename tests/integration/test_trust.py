"""What a page tells of its review: dates, an overdue notice, how to cite it, and where its words stay."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conditions.models import Fact
from editorial import actions
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_reviewer
from tests.reading import get_words, list_links
from tests.steps import approve, edit, submit

pytestmark = pytest.mark.django_db
START, LATER = datetime(2025, 1, 1, 12, tzinfo=UTC), datetime(2025, 3, 9, 12, tzinfo=UTC)


def publish_at(at: datetime, *items) -> None:
    submit(*items)
    approve(*items, by=make_reviewer(interests_declared_on=at.date()), at=at)


@pytest.fixture
def fact() -> Fact:
    """Of the condition "one"; "both" compares it with "two", and has a question. "three" is alone."""
    source = make_citation(key="study")
    names = ("one", "two", "three")
    one, two, three = (make_condition(slug=slug, name=slug.title(), sources=[source]) for slug in names)
    fact = make_fact(one, sources=[source], key="stiff", text="Legs are stiff.", prominence="main")
    comparison = make_comparison(one, two, slug="both", title="One and two")
    faq = make_faq(one, slug="why", question="Why so?", sources=[source])
    faq.comparisons.add(comparison)
    faq.save()
    publish_at(START, source, one, two, three, fact, comparison, faq)
    return fact


def test_a_new_review_moves_the_date_of_the_review_and_not_that_of_the_words(fact: Fact, client: Client) -> None:
    actions.confirm([fact, fact.condition], by=make_reviewer(interests_declared_on=LATER.date()), at=LATER)

    words = get_words(client.get("/conditions/one/"))

    assert "Last changed: 1 January 2025" in words
    assert "Last reviewed: 9 March 2025" in words


def test_a_comparison_changed_when_any_part_of_it_did_also_a_question(fact: Fact, client: Client) -> None:
    faq = fact.condition.faqs.get()
    submit(faq, by=edit(faq, answer="Other words."))
    approve(faq, by=make_reviewer(interests_declared_on=LATER.date()), at=LATER)

    assert "Last changed: 9 March 2025" in get_words(client.get("/compare/both/"))
    assert "Last changed: 1 January 2025" in get_words(client.get("/conditions/one/"))


@pytest.mark.parametrize("page", ["/conditions/one/", "/compare/both/", "/faqs/why/", "/compare/?with=one&with=three"])
@pytest.mark.parametrize(("years", "is_overdue"), [(1, False), (3, True)])
def test_a_page_says_when_its_review_is_overdue(
    fact: Fact, client: Client, monkeypatch, page: str, years: int, is_overdue: bool
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: START + timedelta(days=366 * years))

    words = get_words(client.get(page))

    assert ("Review overdue. A review of this page was due on 1 January 2027." in words) is is_overdue


def test_on_the_due_day_itself_nothing_is_overdue_yet(fact: Fact, client: Client, monkeypatch) -> None:
    for day, is_overdue in ((1, False), (2, True)):
        monkeypatch.setattr(timezone, "now", lambda day=day: datetime(2027, 1, day, 23, 59, tzinfo=UTC))
        assert ("Review overdue." in get_words(client.get("/conditions/one/"))) is is_overdue


@pytest.mark.parametrize("page", ["/conditions/one/", "/compare/both/", "/faqs/why/", "/compare/?with=one&with=three"])
def test_the_permanent_address_still_shows_the_same_words_when_the_page_has_changed(
    fact: Fact, client: Client, page: str
) -> None:
    faq = fact.condition.faqs.get()
    changed, text = (faq, faq.answer) if "faqs" in page else (fact, fact.text)
    permanent = next(link for link in list_links(client.get(page)) if "as_of" in link or link.endswith("/1/"))
    assert permanent.startswith("http://127.0.0.1:8000/")
    submit(changed, by=edit(changed, **{"answer" if "faqs" in page else "text": "New."}))
    approve(changed, by=make_reviewer(interests_declared_on=LATER.date()), at=LATER)

    path = permanent.removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert text in get_words(client.get(path))
    assert text not in get_words(client.get(page))
    assert "edition 2 of 9 March 2025" in get_words(client.get(page))
    assert "edition 2 of" not in get_words(client.get(path))


def test_a_page_says_how_to_cite_it(fact: Fact, client: Client) -> None:
    words = get_words(client.get("/compare/both/"))

    assert (
        "One and two. Sclerosis Compared. This comparison: edition 1, One: edition 1, Two: edition 1."
        " Last changed 1 January 2025. http://127.0.0.1:8000/compare/both/?as_of=2025-01-01"
    ) in words


def test_what_is_not_known_or_not_sure_says_so_and_the_words_are_explained(fact: Fact, client: Client) -> None:
    sources = list(fact.citations.all())
    weak = make_fact(fact.condition, sources=sources, text="Hands may hurt.", certainty="low")
    split = make_fact(fact.condition, sources=sources, text="Feet may hurt.", certainty="unclear")
    unknown = make_fact(fact.condition, sources=sources, text="Why hands hurt.", kind="unknown")
    publish_at(LATER, weak, split, unknown)

    response = client.get("/conditions/one/")

    words = get_words(response)
    for remark in ("The evidence for this is weak.", "Sources disagree about this.", "This is not known."):
        assert words.count(remark) == 1
        assert remark.rstrip(".") in get_words(client.get("/editorial-policy/"))
    assert "/editorial-policy/#certainty" in list_links(response)

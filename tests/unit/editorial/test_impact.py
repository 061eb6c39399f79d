"""The pages that a decision changes, as a reviewer and an editor are told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.models import Fact
from editorial.freezing import freeze
from editorial.impact import list_pages
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_term, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    source = make_citation(key="roe-2020", title="A long study")
    ms, als = make_condition(slug="ms", sources=[source]), make_condition(slug="als", sources=[source])
    comparison = make_comparison(ms, als, slug="ms-vs-als", title="MS and ALS")
    fact = make_fact(ms, sources=[source])
    publish(source, ms, als, fact, comparison)
    return {"source": source, "ms": ms, "als": als, "comparison": comparison, "fact": fact}


def addresses(*items):
    return [page.url for page in list_pages(items)]


def test_a_fact_changes_its_condition_and_shows_on_its_comparisons(site):
    pages = list_pages([site["fact"]])

    assert [(p.kind, p.title, p.url, p.why) for p in pages] == [
        ("condition", "Ms", "/conditions/ms/", "Changes with the decision."),
        ("comparison", "MS and ALS", "/compare/ms-vs-als/", "Shows the key and main facts of Ms."),
        ("comparison", "Any other comparison with Ms", "/compare/", "Readers choose the sides."),
    ]


def test_a_draft_fact_that_was_never_public_is_told_where_it_will_show(site):
    assert addresses(make_fact(site["ms"])) == ["/conditions/ms/", "/compare/ms-vs-als/", "/compare/"]


def test_a_source_changes_its_page_and_the_pages_that_cite_it(site):
    assert addresses(site["source"]) == [
        "/sources/roe-2020/",
        "/conditions/als/",
        "/conditions/ms/",
        "/compare/ms-vs-als/",
        "/compare/",
    ]


def test_a_comparison_changes_itself_alone(site):
    assert addresses(site["comparison"]) == ["/compare/ms-vs-als/"]


def test_a_page_that_is_not_public_yet_is_named_without_an_address(site):
    faq, condition = make_faq(site["ms"], slug="is-it"), make_condition(slug="ssc")

    pages = list_pages([faq, condition])

    assert [(p.title, p.url, p.why) for p in pages] == [
        ("ssc", "", "Has no public page yet."),
        ("is-it", "", "Has no public page yet."),
    ]


def test_a_question_changes_its_page_and_the_comparisons_that_show_it(site):
    faq = make_faq(site["ms"], slug="is-it", sources=[site["source"]])
    faq.comparisons.add(site["comparison"])
    publish(faq)

    pages = list_pages([faq], contents={faq.review_id: freeze(faq)})

    assert [(p.url, p.name) for p in pages] == [
        ("/faqs/is-it/", f"faq:{faq.review_id}"),
        ("/compare/ms-vs-als/", f"comparison:{site['comparison'].review_id}"),
    ]


def test_no_page_is_named_twice(site):
    faq = make_faq(site["ms"], slug="is-it", sources=[site["source"]])
    faq.comparisons.add(site["comparison"])
    items = [faq, site["fact"], site["comparison"]]

    names = [page.name for page in list_pages(items, contents={item.review_id: freeze(item) for item in items})]

    assert len(names) == len(set(names)) == 4


def test_a_term_changes_the_glossary():
    assert [(p.kind, p.title) for p in list_pages([make_term()])] == [("glossary", "Glossary")]


def test_nothing_changes_nothing():
    assert list_pages([]) == []


def test_the_number_of_queries_does_not_grow_with_the_items(site):
    facts = [make_fact(site["ms"]) for _ in range(12)]

    counts = []
    for chosen in (facts[:1], facts):
        items = list(Fact.objects.filter(pk__in=[fact.pk for fact in chosen]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list_pages(items)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 4

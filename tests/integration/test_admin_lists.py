"""The lists of reviewed items: columns in words, filters, and a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conditions.models import Term
from editorial import actions
from editorial.models import Review
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_topic,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


def list_page(client, name, **query):
    label = "comparisons" if name in ("comparison", "faq") else "conditions"
    return client.get(reverse(f"admin:{label}_{name}_changelist"), query)


def keys_of(page):
    return {item.key_value for item in page.context["cl"].result_list}


def _make(name, number, condition, source):
    makers = {
        "condition": lambda: make_condition(sources=[source]),
        "citation": make_citation,
        "term": lambda: Term.objects.create(slug=f"term-{number}", preferred=f"word {number}"),
        "fact": lambda: make_fact(condition, sources=[source], topic=make_topic(f"topic-{number % 3}")),
        "comparison": lambda: make_comparison(condition),
        "faq": lambda: make_faq(condition, sources=[source]),
    }
    makers[name]()


@pytest.mark.parametrize("name", ["condition", "citation", "term", "fact", "comparison", "faq"])
def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_five(client, name):
    client.force_login(make_editor())
    source, condition = make_citation(), make_condition()
    assert _count_queries(client, name, range(5), condition, source) == _count_queries(
        client, name, range(5, 50), condition, source
    )


def _count_queries(client, name, numbers, condition, source):
    for number in numbers:
        _make(name, number, condition, source)
    with CaptureQueriesContext(connection) as queries:
        page = list_page(client, name)
    assert len(page.context["cl"].result_list) >= len(numbers)
    return len(queries)


def test_the_list_of_accounts_takes_as_many_queries_for_many(client, django_assert_max_num_queries):
    client.force_login(make_user(is_superuser=True))
    for _ in range(20):
        make_reviewer()

    with django_assert_max_num_queries(12):
        client.get(reverse("admin:editorial_user_changelist"))


@pytest.fixture
def facts(client):
    """One fact in each standing."""
    client.force_login(make_editor())
    source = make_citation()
    condition = make_condition(slug="one", sources=[source])
    names = ("draft", "live", "pending", "retired", "waiting")
    facts = {name: make_fact(condition, key=name, sources=[source]) for name in names}
    publish(source, condition, facts["live"], facts["pending"], facts["retired"])
    facts["pending"].text = "Changed."
    facts["pending"].save()
    actions.retire([facts["retired"]], by=make_reviewer(), reason="Wrong.")
    actions.submit([facts["waiting"]], by=make_editor())
    return facts


def test_the_list_says_in_words_what_is_live(client, facts):
    page = list_page(client, "fact")

    shown = {item.key: page.context["cl"].model_admin.shown_live(item) for item in page.context["cl"].result_list}
    assert shown == {
        "draft": "Not public",
        "waiting": "Not public",
        "live": "Live",
        "pending": "Live, with a pending change",
        "retired": "Retired",
    }
    assert "Live, with a pending change" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "draft"}, {"draft", "pending"}),
        ({"status": "in_review"}, {"waiting"}),
        ({"live": "live"}, {"live"}),
        ({"live": "pending"}, {"pending"}),
        ({"live": "none"}, {"draft", "waiting"}),
        ({"live": "retired"}, {"retired"}),
        ({"q": "pend"}, {"pending"}),
    ],
)
def test_a_filter_keeps_what_it_names(client, facts, query, expected):
    assert keys_of(list_page(client, "fact", **query)) == expected


def test_the_attention_filter_finds_what_is_due_and_what_must_be_checked_again(client, facts):
    today = timezone.localdate()
    Review.objects.filter(pk=facts["live"].review_id).update(review_by=today - timezone.timedelta(days=1))
    Review.objects.filter(pk=facts["pending"].review_id).update(
        review_by=today + timezone.timedelta(days=30), needs_recheck=True
    )

    assert keys_of(list_page(client, "fact", attention="overdue")) == {"live"}
    assert keys_of(list_page(client, "fact", attention="soon")) == {"pending"}
    assert keys_of(list_page(client, "fact", attention="recheck")) == {"pending"}


def test_facts_comparisons_and_faqs_are_filtered_by_condition_and_topic(client, facts):
    one, other = facts["live"].condition, make_condition()
    topic = make_topic("outlook")
    make_fact(other, key="other", topic=topic)
    comparison = make_comparison(one, slug="of-one")
    comparison.sections.create(heading="Outlook", topic=topic, position=0)
    make_comparison(other, slug="of-other")
    make_faq(other, slug="faq-of-other")

    assert keys_of(list_page(client, "fact", condition__id__exact=other.pk)) == {"other"}
    assert keys_of(list_page(client, "fact", topic__id__exact=topic.pk)) == {"other"}
    assert keys_of(list_page(client, "comparison", conditions__id__exact=one.pk)) == {"of-one"}
    assert keys_of(list_page(client, "comparison", sections__topic__id__exact=topic.pk)) == {"of-one"}
    assert keys_of(list_page(client, "faq", conditions__id__exact=other.pk)) == {"faq-of-other"}

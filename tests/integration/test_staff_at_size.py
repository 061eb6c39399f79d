"""What the editors' pages ask of the database does not grow with the content, and none lists everything."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons.models import Comparison, Point, Section
from conditions import cells
from conditions.models import Condition, Fact
from editorial import actions
from editorial.admin import lists
from tests.factories import (
    make_administrator,
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_topic,
    publish,
)
from tests.reading import count_rows, get_words

pytestmark = pytest.mark.django_db


class Content:
    """A site that grows, with one item of each kind that stays."""

    def __init__(self) -> None:
        self.source, self.topic = make_citation(), make_topic()
        self.condition, other = (make_condition(sources=[self.source]) for _ in range(2))
        self.fact = make_fact(self.condition, sources=[self.source], topic=self.topic)
        self.comparison = make_comparison(self.condition, other)
        faq = make_faq(self.condition, sources=[self.source])
        publish(self.source, self.condition, other, self.fact, self.comparison, faq)
        self.waiting = make_fact(self.condition, sources=[self.source], topic=self.topic)
        actions.submit([self.waiting], by=make_editor())

    def grow(self, count: int = 6) -> None:
        sources = [make_citation() for _ in range(count)]
        conditions = [make_condition(sources=[source]) for source in sources]
        facts = [make_fact(each, sources=sources, topic=self.topic) for each in conditions]
        faqs = [make_faq(each, sources=sources) for each in conditions]
        publish(*sources, *conditions, *facts, *faqs)
        more = [make_fact(self.condition, sources=sources, topic=self.topic) for _ in range(count)]
        actions.submit(more, by=make_editor())


PAGES: dict[str, Callable[[Content], str]] = {
    "my day": lambda content: "/admin/",
    "facts": lambda content: "/admin/conditions/fact/",
    "facts of a condition": lambda content: f"/admin/conditions/fact/?condition__id__exact={content.condition.pk}",
    "facts with a word": lambda content: "/admin/conditions/fact/?q=condition",
    "sources": lambda content: "/admin/conditions/citation/",
    "conditions": lambda content: "/admin/conditions/condition/",
    "comparisons": lambda content: "/admin/comparisons/comparison/",
    "questions": lambda content: "/admin/comparisons/faq/",
    "decisions": lambda content: "/admin/editorial/decision/",
    "editions": lambda content: "/admin/editorial/edition/",
    "desk": lambda content: "/admin/review/?tab=waiting",
    "desk of a condition": lambda content: f"/admin/review/?tab=waiting&condition={content.condition.slug}",
    "everything on the desk": lambda content: "/admin/review/?tab=all",
    "an item on the desk": lambda content: f"/admin/review/{content.waiting.review_id}/",
    "a fact": lambda content: f"/admin/conditions/fact/{content.fact.pk}/change/",
    "its history": lambda content: f"/admin/conditions/fact/{content.fact.pk}/history/",
    "where a source is used": lambda content: f"/admin/conditions/citation/{content.source.pk}/used/",
    "a comparison": lambda content: f"/admin/comparisons/comparison/{content.comparison.pk}/change/",
}


def count_queries(client: Client, address: str) -> int:
    client.get(address)  # What a process asks once, such as content types, belongs to no page.
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_no_page_of_the_staff_takes_more_queries_when_there_is_more_content(client: Client) -> None:
    client.force_login(make_administrator())
    content = Content()
    before = {name: count_queries(client, find(content)) for name, find in PAGES.items()}

    content.grow()

    assert {name: count_queries(client, find(content)) for name, find in PAGES.items()} == before


def test_the_form_of_a_comparison_takes_the_same_queries_for_any_number_of_rows(client: Client) -> None:
    client.force_login(make_editor())
    content = Content()
    address = PAGES["a comparison"](content)
    add_rows(content.comparison, content.fact, 1)
    before = count_queries(client, address)

    add_rows(content.comparison, content.fact, 12)

    assert count_queries(client, address) == before
    html = client.get(address).content.decode()
    assert html.count(f'<option value="{content.fact.pk}" selected>{content.fact}</option>') == 2 * 13


def add_rows(comparison: Comparison, fact: Fact, count: int) -> None:
    start = comparison.sections.count()
    for place in range(start, start + count):
        topic = make_topic(f"row-{place}")
        section = Section.objects.create(comparison=comparison, topic=topic, heading="H", lead="Words.", position=place)
        point = Point.objects.create(
            comparison=comparison, kind="difference", topic=topic, text="Words.", position=place
        )
        section.rests_on.add(fact)
        point.rests_on.add(fact)


def test_a_filter_of_very_many_conditions_lists_none_and_the_search_finds_them_by_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_editor())
    content = Content()
    address, name = "/admin/conditions/fact/", content.condition.name
    assert f"?condition__id__exact={content.condition.pk}" in client.get(address).content.decode()

    monkeypatch.setattr(lists, "MOST_CHOICES", 1)

    assert "?condition__id__exact=" not in client.get(address).content.decode()
    assert "2 facts" in get_words(client.get(address, {"q": name}))
    assert "2 facts" in get_words(client.get(address, {"condition__id__exact": content.condition.pk}))


def test_a_fact_stands_beside_those_of_the_first_conditions_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_administrator())
    content = Content()
    first = make_condition(sources=[content.source], position=0, name="Aaa")
    last = make_condition(sources=[content.source], position=99, name="Zzz")
    facts = [make_fact(each, sources=[content.source], topic=content.topic) for each in (first, last)]
    publish(first, last, *facts)
    assert list_beside(client, content) >= {"Aaa", "Zzz"}

    monkeypatch.setattr(cells, "MOST_CONDITIONS", Condition.objects.count() - 1)

    assert "Aaa" in list_beside(client, content)
    assert "Zzz" not in list_beside(client, content)


def test_a_batch_reads_the_same_rows_at_more_content_and_leads_to_what_stands_beside_each_fact(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "MOST_IN_A_BATCH", 3)
    client.force_login(make_administrator())
    content = Content()
    first = [make_condition(sources=[content.source], position=0, name=f"Aaa {n}") for n in range(3)]
    publish(*first, *(make_fact(each, sources=[content.source], topic=content.topic) for each in first))
    address = f"/admin/review/batch/?items={content.waiting.review_id}&items={content.fact.review_id}"
    content.grow()
    before = count_rows(client, address)

    content.grow()

    assert count_rows(client, address) == before
    page = client.get(address).content.decode()
    alone = client.get(PAGES["an item on the desk"](content)).content.decode()
    assert f'<a href="{PAGES["an item on the desk"](content)}">The page of this fact alone</a>' in page
    assert "only the first" not in alone
    assert page.count("<tbody>") == 2
    assert page.count('<th scope="row">') < alone.count('<th scope="row">')


def test_where_a_source_is_used_no_more_rows_are_read_when_others_are_used_more(client: Client) -> None:
    client.force_login(make_administrator())
    content = Content()
    address = PAGES["where a source is used"](content)
    before = count_rows(client, address)

    content.grow()

    assert count_rows(client, address) == before


def list_beside(client: Client, content: Content) -> set[str]:
    words = get_words(client.get(PAGES["an item on the desk"](content)))
    return {name for name in ("Aaa", "Zzz") if name in words}

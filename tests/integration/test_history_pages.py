"""The editions of a page, and what each of them said, as readers get them."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from comparisons.models import ComparedCondition, Point, Section
from comparisons.views import history
from conditions.models import Citation, Condition, Subtype
from editorial import actions
from editorial.models import ReviewedItem
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_reviewer,
    make_term,
    make_topic,
    publish,
)
from tests.reading import find_canonical, find_meta, get_words, list_links
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


def make_subject(kind: str) -> tuple[ReviewedItem, str]:
    """A public item of each kind with the address of its history; its edition 1 says "The first words"."""
    source = make_citation(key="study", title="The first words")
    one, two = (make_condition(slug=slug, name=slug.title(), sources=[source]) for slug in ("one", "two"))
    one.definition = "The first words."
    one.save()
    makers: dict[str, Callable[[], ReviewedItem]] = {
        "condition": lambda: one,
        "comparison": lambda: make_comparison(one, two, slug="both", answer="The first words [@study]."),
        "faq": lambda: make_faq(one, slug="why", answer="The first words.", sources=[source]),
        "citation": lambda: source,
        "glossary": lambda: make_term(slug="word", definition="The first words.", sources=[source]),
    }
    item = makers[kind]()
    for made in (source, one, two, item):
        made.refresh_from_db()
    publish(*dict.fromkeys([source, one, two, item]))
    slug = "glossary" if kind == "glossary" else item.key_value
    return item, f"/history/{kind}/{slug}/"


FIELDS = {
    "condition": "definition",
    "comparison": "answer",
    "faq": "answer",
    "citation": "title",
    "glossary": "definition",
}
each_kind = pytest.mark.parametrize("kind", FIELDS)


@each_kind
def test_all_editions_are_listed_newest_first(client: Client, kind: str, django_assert_max_num_queries) -> None:
    item, address = make_subject(kind)
    revise(item, **{FIELDS[kind]: "The second words."})

    with django_assert_max_num_queries(3):
        response = client.get(address)

    links = [link for link in list_links(response) if link.startswith(address)]
    assert links == [f"{address}2/", f"{address}2/changes/", f"{address}1/"]
    assert "First published." in get_words(response)
    assert "updated." in get_words(response)
    assert find_canonical(response) == f"http://127.0.0.1:8000{address}"


@each_kind
def test_an_old_edition_says_what_it_said_and_that_it_is_old(
    client: Client, kind: str, django_assert_max_num_queries
) -> None:
    item, address = make_subject(kind)
    revise(item, **{FIELDS[kind]: "The second words."})

    with django_assert_max_num_queries(3):
        old = client.get(f"{address}1/")
    new = client.get(f"{address}2/")

    assert "The first words" in get_words(old)
    assert "The second words" not in get_words(old)
    assert "This is an old edition , number 1" in get_words(old)
    assert "The second words" in get_words(new)
    assert "This is the current edition." in get_words(new)
    assert find_meta(old, "robots") == find_meta(new, "robots") == "noindex"


@each_kind
def test_editions_of_before_a_withdrawal_are_gone_also_when_the_page_is_back(client: Client, kind: str) -> None:
    item, address = make_subject(kind)
    actions.retire([item], by=make_reviewer(), reason="Canary of the reason.")

    gone = [client.get(f"{address}{rest}") for rest in ("", "1/", "2/")]
    assert [response.status_code for response in gone] == [410, 410, 410]
    assert not any(words in response.content.decode() for response in gone for words in ("first words", "Canary"))

    revise(item, **{FIELDS[kind]: "The second words."})
    assert [client.get(f"{address}{number}/").status_code for number in (1, 2, 3)] == [410, 410, 200]
    listed = [link for link in list_links(client.get(address)) if link.startswith(address)]
    assert listed == [f"{address}3/"]


def test_a_comparison_is_gone_by_every_number_with_its_condition_and_is_back_with_it(client: Client) -> None:
    item, address = make_subject("comparison")
    revise(item, answer="The second words.")
    condition = item.conditions.get(slug="two")
    retire(condition)
    api = f"/api/v1/editions/comparison/{item.slug}"
    pages = [f"{address}{rest}" for rest in ("", "1/", "2/", "1/changes/", "2/changes/")]
    pages += [api, f"{api}/1", f"{api}/2"]

    for page in pages:
        gone = client.get(page)
        assert gone.status_code == 410, page
        assert "This comparison was withdrawn, because a condition in it was." in gone.content.decode(), page
        assert not re.search("(first|second) words", gone.content.decode()), page

    revise(condition, definition="Another definition.")
    assert {client.get(page).status_code for page in pages} == {200}


def test_an_edition_that_compared_what_is_withdrawn_is_gone_alone_when_a_later_one_compares_something_else(
    client: Client,
) -> None:
    item, address = make_subject("comparison")
    three = make_condition(slug="three", name="Three", sources=[Citation.objects.get()])
    publish(three)
    compared = ComparedCondition.objects.get(comparison=item, condition__slug="two")
    compared.condition = three
    compared.save()
    revise(item, answer="The second words.")
    retire(Condition.objects.get(slug="two"))

    statuses = {rest: client.get(f"{address}{rest}").status_code for rest in ("", "1/", "2/", "2/changes/")}
    assert statuses == {"": 200, "1/": 410, "2/": 200, "2/changes/": 200}
    listed = [link for link in list_links(client.get(address)) if link.startswith(address)]
    assert listed == [f"{address}2/"]
    assert "first" not in client.get(f"{address}2/changes/").content.decode()
    assert f"{address}1/" not in client.get("/updates/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/history/condition/no-such/",
        "/history/condition/no-such/1/",
        "/history/fact/stiff/",
        "/history/term/word/1/",
        "/history/condition/one/0/",
        "/history/condition/one/7/",
        f"/history/condition/one/{10**30}/",
        "/history/condition/draft/",
    ],
)
def test_what_was_never_public_is_not_found(client: Client, address: str) -> None:
    make_subject("condition")
    make_condition(slug="draft")

    assert client.get(address).status_code == 404


def test_the_history_of_a_page_that_moved_leads_on(client: Client) -> None:
    item, _ = make_subject("condition")
    revise(item, slug="new-one")

    moved = client.get("/history/condition/one/1/")

    assert (moved.status_code, moved["Location"]) == (301, "/history/condition/new-one/1/")
    assert client.get(moved["Location"]).status_code == 200


def test_an_old_condition_shows_forms_topics_and_statements_and_counts_what_is_hidden(
    client: Client, django_assert_max_num_queries
) -> None:
    source = make_citation(key="study")
    condition = make_condition(slug="one", sources=[source], also_known_as=["Former name"])
    form = Subtype.objects.create(condition=condition, slug="form", name="Mild form", definition="It is mild.")
    topic = make_topic("symptoms", question="What does it feel like?")
    lead = make_fact(condition, sources=[source], topic=topic, text="People report these:", group="Early", label="List")
    part = make_fact(condition, sources=[source], topic=topic, text="Stiff fingers.", parent=lead, subtype=form)
    wrong = make_fact(condition, sources=[source], topic=topic, text="Canary of the withdrawn.")
    publish(source, condition, lead, part, wrong)
    actions.retire([wrong], by=make_reviewer(), reason="Wrong.")

    with django_assert_max_num_queries(3):
        response = client.get("/history/condition/one/1/")

    words = get_words(response)
    assert "1 statement was withdrawn later and is not shown." in words
    assert "Canary" not in response.content.decode()
    assert "Also called Former name." in words
    assert "Forms Mild form It is mild." in words
    assert re.search("What does it feel like\\? Early List: People report these: .* Stiff fingers. .* Mild form", words)


def test_an_old_comparison_shows_its_points_and_sections(client: Client) -> None:
    source = make_citation(key="study")
    one, two = (make_condition(slug=slug, name=slug.title(), sources=[source]) for slug in ("one", "two"))
    comparison = make_comparison(one, two, slug="both", answer="They differ.", summary="In *short*.")
    Section.objects.create(
        comparison=comparison, heading="How it starts", lead="Slowly [@study].", verdict="partly", position=1
    )
    point = Point.objects.create(comparison=comparison, kind="difference", text="One is slower.", position=1)
    point.citations.add(source)
    comparison.save()
    publish(source, one, two, comparison)

    words = get_words(client.get("/history/comparison/both/1/"))

    assert "Compares: One , Two . They differ. In short ." in words
    assert "How they differ One is slower. 1 Source 1" in words
    assert "How it starts ≈ Partly the same Slowly. 1 Source 1" in words


def test_an_old_edition_does_not_name_a_source_withdrawn_since(client: Client) -> None:
    item, address = make_subject("faq")
    other = make_citation(key="other", title="Canary of the source")
    publish(other)
    item.answer = "As one study says [@other]."
    item.save()
    item.refresh_from_db()
    publish(item)
    actions.retire([other], by=make_reviewer(), reason="Wrong.")

    old = client.get(f"{address}2/")

    assert "As one study says." in get_words(old)
    assert "Canary" not in old.content.decode()
    assert "@other" not in old.content.decode()


def test_many_editions_come_in_pages(client: Client, monkeypatch, django_assert_max_num_queries) -> None:
    monkeypatch.setattr(history, "EDITIONS_ON_A_PAGE", 2)
    item, address = make_subject("faq")
    for number in range(2, 6):
        revise(item, answer=f"The words of edition {number}.")

    listed: dict[str, list[str]] = {}
    for query in ("", "?page=2", "?page=3"):
        with django_assert_max_num_queries(2):
            links = list_links(client.get(address + query))
        listed[query] = [link.removeprefix(address) for link in links if link.startswith((address, "?"))]

    assert listed == {
        "": ["5/", "5/changes/", "4/", "4/changes/", "?page=2"],
        "?page=2": ["3/", "3/changes/", "2/", "2/changes/", "?", "?page=3"],
        "?page=3": ["1/", "?page=2"],
    }
    marks = [get_words(client.get(address + query)).split().count("current") for query in ("", "?page=2")]
    assert marks == [2, 1], "Both lead to the current page, and only the first lists it."


@pytest.mark.parametrize("query", ["?page=2", "?page=0", "?page=none"])
def test_a_page_of_editions_that_there_is_not_is_not_found(client: Client, query: str) -> None:
    _, address = make_subject("faq")

    assert client.get(address + query).status_code == 404

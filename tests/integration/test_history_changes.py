"""What an edition changed, as readers get it; nothing that was withdrawn since stands in any difference."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from editorial import actions
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, publish
from tests.integration.test_history_pages import FIELDS, each_kind, make_subject
from tests.reading import find_meta, get_words
from tests.steps import approve, edit, retire, revise, submit

pytestmark = pytest.mark.django_db


def marked(response, tag: str) -> list[str]:
    """The words within these tags, without the hidden ones around them."""
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    for hidden in soup.select(".visually-hidden"):
        hidden.decompose()
    return [found.get_text() for found in soup.select(f".edition-changes {tag}")]


@each_kind
def test_a_change_is_told_word_by_word(client: Client, kind: str, django_assert_max_num_queries) -> None:
    item, address = make_subject(kind)
    revise(item, **{FIELDS[kind]: "The second words."})

    with django_assert_max_num_queries(3):
        response = client.get(f"{address}2/changes/")

    assert response.status_code == 200
    assert any("first" in words.lower() for words in marked(response, "del"))
    assert any("second" in words.lower() for words in marked(response, "ins"))
    assert "[added:" in get_words(response)
    assert "[removed:" in get_words(response)
    assert find_meta(response, "robots") == "noindex"


@each_kind
def test_the_first_edition_says_that_all_of_it_was_new(client: Client, kind: str) -> None:
    _, address = make_subject(kind)

    response = client.get(f"{address}1/changes/")

    assert "There is no edition before this one, so all of it was new." in get_words(response)


@each_kind
def test_nothing_stands_across_a_withdrawal_of_the_page(client: Client, kind: str) -> None:
    item, address = make_subject(kind)
    actions.retire([item], by=make_reviewer(), reason="Canary of the reason.")
    revise(item, **{FIELDS[kind]: "The second words."})

    answers = [client.get(f"{address}{number}/changes/") for number in (1, 2, 3, 4)]

    assert [answer.status_code for answer in answers] == [410, 410, 200, 404]
    assert all("first words" not in answer.content.decode() for answer in answers)


@pytest.fixture
def stiff():
    """Of the condition "stiffness": edition 1 has none of it, edition 2 "Canary one", edition 3 "Canary two"."""
    source = make_citation(key="study")
    condition = make_condition(slug="stiffness", sources=[source])
    publish(source, condition)
    fact = make_fact(condition, sources=[source], key="stiff", text="Canary one.", short="Canary short one")
    publish(fact)
    revise(fact, text="Canary two.", short="Canary short two")
    return fact


def changes_of(client: Client, number: int) -> str:
    return get_words(client.get(f"/history/condition/stiffness/{number}/changes/"))


def test_added_changed_and_removed_statements_are_told(client: Client, stiff) -> None:
    other = make_fact(stiff.condition, sources=list(stiff.citations.all()), text="Another.")
    publish(other)

    assert "Added [added: Canary one." in changes_of(client, 2)
    assert "Changed Canary [removed: one ] [added: two ] ." in changes_of(client, 3)
    assert "Another." in changes_of(client, 4)
    assert "Canary" not in changes_of(client, 4)


def test_a_statement_that_was_withdrawn_shows_in_no_difference_and_the_notice_stands_instead(
    client: Client, stiff
) -> None:
    retire(stiff)

    for number in (2, 3, 4):
        words = changes_of(client, number)
        assert "Canary" not in words
        assert "1 statement that changed here was withdrawn later. Its words are not shown." in words


def test_also_when_it_was_changed_and_approved_again(client: Client, stiff) -> None:
    retire(stiff)
    revise(stiff, text="Sound words.", short="Sound")

    assert all("Canary" not in changes_of(client, number) for number in (2, 3, 4, 5))
    assert "Added [added: Sound words." in changes_of(client, 5)


def test_the_titles_of_withdrawn_sources_show_in_no_difference(client: Client, stiff) -> None:
    bad = make_citation(key="bad", title="Canary source")
    publish(bad)
    stiff.sources.create(citation=bad, position=1)
    revise(stiff, text="Plain words.")
    assert "Canary source" in changes_of(client, 4)

    retire(bad)

    assert all("Canary source" not in changes_of(client, number) for number in (2, 3, 4, 5))


def test_a_new_review_without_new_words_says_so(client: Client, stiff, monkeypatch) -> None:
    from datetime import timedelta

    from django.utils import timezone

    later = timezone.now() + timedelta(days=400)
    actions.confirm([stiff, stiff.condition], by=make_reviewer(interests_declared_on=later.date()), at=later)

    assert "No words changed." in changes_of(client, 4)


def test_a_correction_is_marked_beside_the_statement(client: Client, stiff) -> None:
    submit(stiff, by=edit(stiff, text="Right."))
    approve(stiff, is_correction=True)

    words = changes_of(client, 4)

    assert "corrects an error that readers had seen" in words
    assert "Changed Correction" in words

"""The list of sources, the page of a source, and the glossary."""

import pytest
from django.test import Client

from editorial import actions
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_reviewer,
    make_term,
    publish,
)
from tests.reading import find_canonical, get_words, list_links

pytestmark = pytest.mark.django_db


def test_all_public_sources_are_listed_by_letter_in_two_queries(client: Client, django_assert_num_queries) -> None:
    authors = [{"family": "Éclair", "given": "Anne-Marie"}, {"family": "Other"}]
    publish(
        make_citation(key="second", authors=authors, title="On stiffness", evidence="trial", container_title="Journal"),
        make_citation(key="first", authors=[{"literal": "An association"}], title="On names"),
        make_citation(key="number", authors=[], title="7 ways", container_title=""),
    )
    make_citation(key="draft", title="Canary of a draft")

    with django_assert_num_queries(2):
        response = client.get("/sources/")

    words = get_words(response)
    assert response.status_code == 200
    assert "Canary" not in words
    assert words.index("7 ways") < words.index("On names") < words.index("On stiffness")
    assert "Éclair AM and others, 2020. Journal trial" in words
    assert [link for link in list_links(response) if link.startswith("#")] == ["#letter-0", "#letter-A", "#letter-E"]
    assert find_canonical(response) == "http://127.0.0.1:8000/sources/"


def test_a_list_without_sources_says_so(client: Client) -> None:
    assert "No source has been published yet." in get_words(client.get("/sources/"))


def test_the_page_of_a_source_shows_its_record_and_what_cites_it(client: Client, django_assert_max_num_queries) -> None:
    source = make_citation(
        key="big-study", doi="10.1000/x", pmid="123", pmcid="PMC9", url="https://doi.org/10.1000/x", evidence="cohort"
    )
    condition = make_condition(slug="stiffness", name="Stiffness", sources=[source])
    other = make_condition(slug="hardness", sources=[make_citation()])
    comparison = make_comparison(condition, other, slug="both", answer="They differ [@big-study].")
    faq = make_faq(condition, slug="why", question="Why is it so?", sources=[source])
    term = make_term(slug="word", sources=[source])
    draft = make_condition(slug="draft", name="Canary", sources=[source])
    publish(source, *other.definition_citations.all(), condition, other, comparison, faq, term)

    with django_assert_max_num_queries(3):
        response = client.get("/sources/big-study/")

    links = list_links(response)
    assert {"/conditions/stiffness/", "/compare/both/", "/faqs/why/", "/glossary/"} <= set(links)
    assert "https://pubmed.ncbi.nlm.nih.gov/123/" in links
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC9/" in links
    assert links.count("https://doi.org/10.1000/x") == 1
    assert draft.name not in get_words(response)
    words = get_words(response)
    assert "Kind of evidence Study of people" in words
    assert "They differ." in words
    assert find_canonical(response) == "http://127.0.0.1:8000/sources/big-study/"


def test_the_statements_themselves_are_shown_with_the_way_to_each_and_whether_the_source_agrees(client: Client) -> None:
    source, other = make_citation(key="big-study"), make_citation()
    stiffness, hardness = (
        make_condition(slug="stiffness", sources=[other]),
        make_condition(slug="hardness", sources=[other]),
    )
    said = make_fact(stiffness, key="said", text="It is stiff.", sources=[source, other])
    denied = make_fact(stiffness, key="denied", text="It is soft.", sources=[other, source])
    denied.sources.filter(citation=source).update(bearing="contradicts", locator="table 2")
    unrelated = make_fact(stiffness, key="unrelated", text="It is old.", sources=[other])
    draft = make_fact(stiffness, key="draft", text="Canary.", sources=[source])
    comparison = make_comparison(stiffness, hardness, slug="both", answer="One bends. The other breaks [@big-study].")
    publish(source, other, stiffness, hardness, said, denied, unrelated, comparison)

    response = client.get("/sources/big-study/")

    words = get_words(response)
    assert "2 statements on this site stand on this source. 1 statement is cited although" in words
    assert "It is soft. This source disagrees. Symptoms · In the source: table 2" in words
    assert words.index("It is stiff.") < words.index("The other breaks.")
    assert not [text for text in ("It is old.", "One bends.", draft.text) if text in words]
    links = list_links(response)
    assert {"/conditions/stiffness/#fact-said", "/conditions/stiffness/#fact-denied", "/compare/both/"} <= set(links)


def test_a_statement_that_was_retired_and_a_comparison_whose_condition_was_leave_the_page_of_their_source(
    client: Client,
) -> None:
    source, other = make_citation(key="big-study"), make_citation()
    stiffness, hardness = (
        make_condition(slug="stiffness", sources=[other]),
        make_condition(slug="hardness", sources=[other]),
    )
    fact = make_fact(stiffness, text="It is stiff.", sources=[source])
    comparison = make_comparison(stiffness, hardness, slug="both", answer="They differ [@big-study].")
    publish(source, other, stiffness, hardness, fact, comparison)
    assert "They differ." in get_words(client.get("/sources/big-study/"))

    actions.retire([fact, hardness], by=make_reviewer(), reason="Wrong.")

    assert "No public statement stands on this source now." in get_words(client.get("/sources/big-study/"))


def test_the_list_can_be_narrowed_to_a_kind_of_evidence(client: Client, django_assert_num_queries) -> None:
    publish(
        make_citation(key="one", title="A trial", evidence="trial"),
        make_citation(key="two", title="Another thing", evidence="other"),
    )

    with django_assert_num_queries(2):
        response = client.get("/sources/?evidence=trial")

    words = get_words(response)
    assert "All kinds (2) Trial (1) Other kind of source (1)" in words
    assert "A trial" in words
    assert "Another thing" not in words
    assert find_canonical(response) == "http://127.0.0.1:8000/sources/"
    assert "Another thing" in get_words(client.get("/sources/?evidence=other"))


@pytest.mark.parametrize("asked", ["no-such-kind", "guideline", "<script>", "x" * 5000, "%00"])
def test_a_kind_of_evidence_that_there_is_not_leads_to_those_that_there_are(client: Client, asked: str) -> None:
    publish(make_citation(key="one", evidence="trial"))

    response = client.get(f"/sources/?evidence={asked}")

    assert response.status_code == 400
    assert "There is no kind of evidence" in get_words(response)
    assert "/sources/?evidence=trial" in list_links(response)


@pytest.mark.parametrize(
    ("integrity", "sentence"),
    [("retracted", "Retracted: do not rely on this source."), ("corrected", "Corrected since it was first published.")],
)
def test_what_is_wrong_with_a_source_stands_on_its_page_and_in_the_list(
    client: Client, integrity: str, sentence: str
) -> None:
    publish(make_citation(key="doubtful", integrity=integrity))

    assert sentence in get_words(client.get("/sources/doubtful/"))
    assert sentence in get_words(client.get("/sources/"))


def test_a_replaced_source_leads_to_what_replaced_it(client: Client) -> None:
    new = make_citation(key="new", title="The newer work")
    publish(new, make_citation(key="old", integrity="superseded", superseded_by=new))

    response = client.get("/sources/old/")

    assert "Replaced by newer work. See the newer work: The newer work" in get_words(response)
    assert "/sources/new/" in list_links(response)


def test_an_unknown_source_and_a_draft_are_not_found_and_a_retired_one_is_gone(client: Client) -> None:
    make_citation(key="draft")
    retired = make_citation(key="retired", title="Canary of the retired")
    publish(retired)
    actions.retire([retired], by=make_reviewer(), reason="Canary of the reason.")

    assert client.get("/sources/no-such/").status_code == 404
    assert client.get("/sources/draft/").status_code == 404
    gone = client.get("/sources/retired/")
    assert gone.status_code == 410
    assert "This page was withdrawn" in get_words(gone)
    assert "Canary" not in gone.content.decode()


def test_the_glossary_explains_approved_terms_with_their_sources(client: Client, django_assert_num_queries) -> None:
    source = make_citation(key="dictionary")
    publish(
        source, make_term(slug="b-word", preferred="myelin", abbreviation="M", definition="A coat.", sources=[source])
    )
    make_term(slug="a-word", preferred="Canary", sources=[source])

    with django_assert_num_queries(1):
        response = client.get("/glossary/")

    assert "myelin (M) A coat. 1 Source 1" in get_words(response)
    assert "Canary" not in response.content.decode()
    assert {"/sources/dictionary/", "/history/glossary/glossary/"} <= set(list_links(response))


def test_a_glossary_without_terms_says_so_and_one_whose_terms_are_retired_is_gone(client: Client) -> None:
    assert "No word has been explained yet." in get_words(client.get("/glossary/"))
    term = make_term()
    publish(*term.citations.all(), term)
    actions.retire([term], by=make_reviewer(), reason="Wrong.")

    assert client.get("/glossary/").status_code == 410

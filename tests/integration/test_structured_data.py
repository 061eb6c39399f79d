"""The data for machines says what the page shows to people, and nothing else."""

import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from conditions.models import Fact
from conditions.presenting import say_date
from tests.public_routes import list_public_urls
from tests.reading import find_meta, get_words
from tests.rich_content import RichSite, build_rich_site
from tests.steps import edit, revise
from tests.structured import find_invisible, find_node, list_texts, read_graph

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
STIFFNESS = f"{SITE}/conditions/stiffness/#condition"
HARDNESS = f"{SITE}/conditions/hardness/#condition"
TYPES = {
    "/": "CollectionPage",
    "/conditions/stiffness/": "MedicalWebPage",
    "/compare/stiffness-vs-hardness/": "MedicalWebPage",
    "/compare/?with=stiffness&with=rigidity": "MedicalWebPage",
    "/faqs/": "CollectionPage",
    "/faqs/can-one-have-both/": "FAQPage",
    "/sources/sound/": "WebPage",
    "/glossary/": "MedicalWebPage",
}
DATED = ["/conditions/stiffness/", "/compare/stiffness-vs-hardness/", "/faqs/can-one-have-both/", "/glossary/"]


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


@pytest.mark.parametrize("path", TYPES)
def test_all_that_is_said_is_seen_in_both_languages(client: Client, site: RichSite, path: str) -> None:
    for address in (path, f"/es{path}"):
        response = client.get(address)

        page = find_node(response, TYPES[path])
        assert page["url"] == f"{SITE}{address}"
        assert len(list(list_texts(read_graph(response)))) > 3
        assert find_invisible(response) == []


@pytest.mark.parametrize("path", DATED)
def test_the_dates_the_people_and_the_edition_are_those_on_the_page(client: Client, site: RichSite, path: str) -> None:
    response = client.get(path)

    page, words = find_node(response, TYPES[path]), get_words(response).replace(":", "")
    changed, reviewed = (date.fromisoformat(page[name]) for name in ("dateModified", "lastReviewed"))
    assert f"Last changed {say_date(changed)}" in words
    assert f"Last reviewed {say_date(reviewed)}" in words
    assert f"edition {page['version']}" in words
    assert page["reviewedBy"]
    assert page["isPartOf"]["@id"] == f"{SITE}/#website"


@pytest.mark.parametrize("path", [*DATED, "/compare/?with=stiffness&with=rigidity"])
def test_the_sources_are_those_of_the_page(client: Client, site: RichSite, path: str) -> None:
    response = client.get(path)

    cited = [
        source["@id"].removeprefix(SITE).removesuffix("#source")
        for source in find_node(response, TYPES[path])["citation"]
    ]
    links = BeautifulSoup(response.content, "html5lib").select("main a[href^='/sources/']")
    assert cited
    assert set(cited) == {link["href"] for link in links}
    assert all(client.get(address).status_code == 200 for address in cited)


def test_a_condition_has_its_names_its_codes_and_what_is_said_in_short(client: Client, site: RichSite) -> None:
    condition = find_node(client.get("/conditions/stiffness/"), "MedicalCondition")

    assert condition["@id"] == STIFFNESS
    assert condition["name"] == "Stiffness"
    assert condition["alternateName"] == ["ST", "Rigor & more"]
    codes = [(code["codingSystem"], code["codeValue"]) for code in condition["code"]]
    assert codes == [("ICD-10", "X35"), ("ICD-10", "X35.1"), ("ICD-10", "X35.2"), ("MeSH", "D000001")]


def test_facts_become_what_their_topic_is_about(client: Client, site: RichSite) -> None:
    assert "signOrSymptom" not in find_node(client.get("/conditions/stiffness/"), "MedicalCondition")
    revise(Fact.objects.get(key="st-arm"), kind="item")

    condition = find_node(client.get("/conditions/stiffness/"), "MedicalCondition")

    # The other key fact is a statement about symptoms, which is no symptom.
    assert condition["signOrSymptom"] == [{"@type": "MedicalSymptom", "name": "A stiff arm"}]


def test_a_comparison_tells_its_conditions_apart_as_its_editors_do(client: Client, site: RichSite) -> None:
    graph = read_graph(client.get("/compare/stiffness-vs-hardness/"))

    conditions = {node["@id"]: node for node in graph if node["@type"] == "MedicalCondition"}
    assert list(conditions) == [STIFFNESS, HARDNESS]
    [element] = conditions[STIFFNESS]["differentialDiagnosis"]
    assert element["diagnosis"] == {"@id": HARDNESS}
    signs = [sign["description"] for sign in element["distinguishingSign"]]
    assert signs == [f"A difference with the number {place}." for place in (1, 3, 5, 7)]


def test_a_comparison_that_nobody_wrote_names_no_distinguishing_sign(client: Client, site: RichSite) -> None:
    graph = read_graph(client.get("/compare/?with=stiffness&with=rigidity"))

    [element] = next(node for node in graph if node["@id"] == STIFFNESS)["differentialDiagnosis"]
    assert "distinguishingSign" not in element


def test_a_question_has_its_answer_as_text(client: Client, site: RichSite) -> None:
    [question] = find_node(client.get("/faqs/can-one-have-both/"), "FAQPage")["mainEntity"]

    assert question["name"] == "Can one have both?"
    assert question["acceptedAnswer"]["text"] == "Yes, rarely. In two ways In three"


def test_a_source_is_a_work_with_its_identifiers(client: Client, site: RichSite) -> None:
    work = find_node(client.get("/sources/sound/"), "ScholarlyArticle")

    assert work["@id"] == f"{SITE}/sources/sound/#source"
    assert work["name"] == "A sound study"
    assert work["sameAs"] == ["https://doi.org/10.1000/sound", "https://example.org/sound"]
    assert find_node(client.get("/sources/corrected/"), "ScholarlyArticle")["creativeWorkStatus"].startswith(
        "Corrected"
    )


def test_the_glossary_is_a_set_of_terms_and_the_trail_leads_home(client: Client, site: RichSite) -> None:
    response = client.get("/es/glossary/")

    [term] = find_node(response, "DefinedTermSet")["hasDefinedTerm"]
    assert (term["@id"], term["name"]) == (f"{SITE}/glossary/#term-collagen", "collagen")
    trail = [step["item"] for step in find_node(response, "BreadcrumbList")["itemListElement"]]
    assert trail == [f"{SITE}/es/", f"{SITE}/es/glossary/"]
    names = [
        step["name"] for step in find_node(client.get("/conditions/stiffness/"), "BreadcrumbList")["itemListElement"]
    ]
    assert names == ["Sclerosis Compared", "Conditions", "Stiffness (ST)"]


def test_old_versions_and_pages_that_are_left_out_of_searches_have_none(client: Client, site: RichSite) -> None:
    revise(site.comparison, answer="Another answer.")

    with_data = {}
    for url in list_public_urls():
        response = client.get(url)
        if "html" in response["Content-Type"] and response.status_code == 200:
            with_data[url] = bool(read_graph(response))
            assert not (with_data[url] and find_meta(response, "robots")), url
    assert not [url for url, has in with_data.items() if has and ("history" in url or "as_of" in url)]
    assert sum(with_data.values()) > 8


def test_a_draft_changes_nothing_of_it(client: Client, site: RichSite) -> None:
    before = {path: read_graph(client.get(path)) for path in TYPES}
    for item in (site.stiffness, site.comparison, site.faq, site.term):
        edit(item, note="x", **{"definition" if hasattr(item, "definition") else "answer": "Canary."})

    assert {path: read_graph(client.get(path)) for path in TYPES} == before


HOSTILE = "</script><script>alert(1)</script><!-- <script> ]]> \u2028 & \"'"


def test_no_text_ends_the_data_or_opens_another_element(client: Client, site: RichSite) -> None:
    revise(site.faq, question=f"What of {HOSTILE}?", answer=f"`{HOSTILE}`")
    revise(site.stiffness, name=f"Stiff {HOSTILE}", definition=HOSTILE)

    for path in ("/faqs/can-one-have-both/", "/conditions/stiffness/", "/"):
        response = client.get(path)
        scripts = BeautifulSoup(response.content, "html5lib").find_all("script", src=False)
        assert [tag["type"] for tag in scripts] == ["application/ld+json"]
        assert not re.search(r"[<>&\u2028]", scripts[0].string)
        assert HOSTILE in json.dumps(json.loads(scripts[0].string), ensure_ascii=False).replace('\\"', '"')


def test_what_is_not_on_the_page_is_found(client: Client, site: RichSite) -> None:
    response = client.get("/conditions/stiffness/")
    response.content = response.content.replace(b'"name":"Stiffness"', b'"name":"Unseen"')

    assert find_invisible(response) == ["Unseen"]

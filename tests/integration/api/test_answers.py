"""What the API answers: from editions only, each answer with its origin and terms."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from comparisons.api.description import describe
from comparisons.api.facts import FactKind, Prominence
from comparisons.api.urls import api
from conditions.models import Fact
from conditions.models.fact_choices import FactKind as FactKinds
from conditions.models.fact_choices import Prominence as Prominences
from tests.factories import make_fact, publish
from tests.rich_content import RichSite
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "list_conditions": "/conditions",
    "get_condition": "/conditions/stiffness",
    "list_facts": "/facts",
    "get_fact": "/facts/st-survival",
    "list_comparisons": "/comparisons",
    "get_comparison": "/comparisons/stiffness-vs-hardness",
    "compare": "/compare?with=rigidity&with=stiffness",
    "list_faqs": "/faqs",
    "get_faq": "/faqs/can-one-have-both",
    "list_sources": "/sources",
    "get_source": "/sources/sound",
    "list_terms": "/terms",
    "get_term": "/terms/collagen",
    "list_topics": "/topics",
    "list_editions": "/editions/condition/stiffness",
    "get_edition": "/editions/condition/stiffness/1",
}
EDITIONS = [
    "/editions/comparison/stiffness-vs-hardness/1",
    "/editions/faq/can-one-have-both/1",
    "/editions/citation/sound/1",
    "/editions/glossary/glossary/1",
]


def get(address: str, **headers: str) -> Any:
    return Client().get(f"/api/v1{address}", headers=headers or None)


def read(address: str) -> dict[str, Any]:
    response = get(address)
    assert response.status_code == 200, response.content
    return response.json()


def list_types() -> Iterator[tuple[str, type[BaseModel]]]:
    """(operation id, type of its answer)."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                yield operation.operation_id, operation.response_models[200].model_fields["response"].annotation


def test_every_answer_is_of_its_type_and_says_its_terms_and_editions(site: RichSite) -> None:
    types = dict(list_types())
    assert set(types) == set(ADDRESSES)

    for name, address in [*ADDRESSES.items(), *(("get_edition", address) for address in EDITIONS)]:
        response = get(address)
        answer = types[name].model_validate_json(response.content)  # Every field there, and no other.
        assert answer.licence, name
        assert [one.permanent_url for one in answer.editions] or name == "list_editions", name
        for one in answer.editions:
            assert Client().get(one.permanent_url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_every_example_is_of_the_type_of_its_answer() -> None:
    types = dict(list_types())

    for path, operations in describe(api)["paths"].items():
        operation = operations["get"]
        types[operation["operationId"]].model_validate(
            operation["responses"]["200"]["content"]["application/json"]["example"]
        )
        assert operation["description"], path
        assert {"400", "404", "304"} <= set(operation["responses"]), path


def test_filters_name_the_values_that_facts_have() -> None:
    assert list(FactKind.__args__) == FactKinds.values
    assert list(Prominence.__args__) == Prominences.values


def test_a_fact_comes_with_its_sources_and_leads_to_its_place_on_the_page(site: RichSite) -> None:
    answer = read("/facts/st-survival")

    fact = answer["fact"]
    assert fact["condition"] == "stiffness"
    assert fact["quantity"]["interval_high"] == "75.5"
    assert [source["key"] for source in fact["sources"]] == ["sound"] == list(answer["references"])
    address, _, anchor = fact["page_url"].partition("#")
    page = Client().get(address.removeprefix("http://127.0.0.1:8000"))
    assert f'id="{anchor}"' in page.content.decode()


def test_nothing_private_or_internal_is_told(site: RichSite) -> None:
    for address in (*ADDRESSES.values(), *EDITIONS):
        answer = get(address).content.decode()
        for name in ("withdrawn", "note", "quote", "masked", "manifest", "subject_id", "avoid"):
            assert f'"{name}":' not in answer, address
        assert '"id":' not in answer.replace('"csl":{"id":', ""), address


def test_facts_are_found_by_what_they_are(site: RichSite) -> None:
    def keys(query: str) -> set[str]:
        return {fact["key"] for fact in read(f"/facts?{query}")["results"]}

    assert keys("condition=hardness") >= {"ha-what", "ha-outlook"}
    assert "st-survival" in keys("kind=quantity")
    assert keys("measure=survival") == {"st-survival"}
    assert keys("topic=outlook&prominence=main") == {"st-survival", "ha-outlook"}
    assert keys("condition=rigidity&kind=quantity") == set()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/facts?colour=red", 400, "these are: as_of, condition"),
        ("/facts/st-what?limit=3", 400, "these are: as_of"),
        ("/editions/condition/stiffness/1?as_of=2026-01-01", 400, "takes none"),
        ("/facts?limit=201", 400, "200"),
        ("/facts?limit=", 400, "limit"),
        ("/facts?kind=rumour", 400, "kind"),
        ("/facts?as_of=yesterday", 400, "yesterday"),
        ("/facts?condition=softness", 404, "hardness"),
        ("/facts?offset=1000", 404, "16"),
        ("/facts/no-such-fact", 404, "nothing public"),
        ("/nouns", 404, "nothing public"),
        ("/conditions/stiffness?as_of=2001-01-01", 404, "first published"),
        ("/compare", 400, "with"),
        ("/compare?with=stiffness", 400, "with"),
        ("/compare?with=stiffness&with=stiffness", 400, "itself"),
        ("/compare?with=stiffness&with=softness", 404, "rigidity"),
        ("/compare?with=a%00b&with=stiffness", 400, "with"),
    ],
)
def test_an_error_is_a_sentence(site: RichSite, address: str, status: int, words: str) -> None:
    response = get(address)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["status"] == status
    assert words in response.json()["detail"]
    assert "ETag" not in response


def test_pages_of_a_list_hold_all_of_it_once(site: RichSite) -> None:
    whole = [fact["key"] for fact in read("/facts?limit=200")["results"]]
    seen: list[str] = []
    address: str | None = "/facts?limit=5"
    while address:
        response = get(address)
        answer = response.json()
        seen += [fact["key"] for fact in answer["results"]]
        assert answer["count"] == len(whole) > 10
        address = answer["next"] and answer["next"].removeprefix("http://127.0.0.1:8000/api/v1")
        assert ('rel="next"' in response.get("Link", "")) is bool(address)

    assert seen == whole
    assert answer["previous"] == "http://127.0.0.1:8000/api/v1/facts?limit=5&offset=10"


@pytest.mark.parametrize("noun", ["conditions", "facts", "faqs", "sources"])
def test_a_table_holds_what_the_answer_holds(site: RichSite, noun: str) -> None:
    answer = read(f"/{noun}")

    for response in (get(f"/{noun}?format=csv"), get(f"/{noun}", accept="text/csv")):
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
        name = "key" if "key" in rows[0] else "slug"
        assert [row[name] for row in rows] == [result[name] for result in answer["results"]]
        assert all(row["licence"] and row["edition"] and row["last_reviewed_on"] for row in rows)
        assert "Accept" in response["Vary"]
    assert get(f"/{noun}", accept="text/html,*/*")["Content-Type"] == "application/json"


def test_a_table_of_facts_keeps_all_qualifiers_and_runs_no_formula(site: RichSite) -> None:
    revise(Fact.objects.get(key="st-survival"), text="=1+1")

    response = get("/facts?format=csv&kind=quantity")

    row = next(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert row["text"] == "'=1+1"
    assert (row["value"], row["interval_low"], row["interval_high"]) == ("72", "70", "75.5")
    assert row["population"] == "1,758 people"
    assert (row["region"], row["period"], row["counted_from"]) == ("Norway", "2010-2015", "diagnosis")
    assert (row["comparator_label"], row["comparator_value"], row["is_derived"]) == ("placebo", "39.3", "yes")


def test_an_edited_comparison_holds_both_sides_and_the_editors_words(site: RichSite) -> None:
    comparison = read("/comparisons/stiffness-vs-hardness")["comparison"]

    overview = next(part for part in comparison["topics"] if part["topic"] and part["topic"]["slug"] == "overview")
    assert [side["condition"] for side in overview["sides"]] == ["stiffness", "hardness"]
    assert overview["verdict"] == "partly"
    assert overview["rests_on"] == ["st-what"]
    assert comparison["faqs"] == ["can-one-have-both"]
    assert "[@sound]" in comparison["summary"]
    free = read("/compare?with=hardness&with=stiffness")["comparison"]
    assert (free["conditions"], free["curated"], free["slug"]) == (
        ["hardness", "stiffness"],
        "stiffness-vs-hardness",
        None,
    )


def test_a_withdrawn_source_leaves_no_trace(site: RichSite) -> None:
    retire(site.faq)
    answer = read("/facts?limit=200")
    assert "doomed" not in answer["references"]
    fact = next(fact for fact in answer["results"] if fact["key"] == "st-doomed")
    assert fact["has_withdrawn_source"]
    assert [source["key"] for source in fact["sources"]] == ["sound"]
    assert get("/sources/doomed").status_code == 410
    assert get("/faqs/can-one-have-both").status_code == 410
    assert b"can-one-have-both" not in get("/comparisons/stiffness-vs-hardness").content


def test_a_withdrawn_fact_is_gone_and_masked_in_old_answers(site: RichSite) -> None:
    day = read("/facts/st-arm")["editions"][0]["published_at"][:10]
    retire(Fact.objects.get(key="st-arm"))

    assert get("/facts/st-arm").status_code == 410
    old = read("/editions/condition/stiffness/1")
    assert old["is_masked"]
    assert "st-arm" not in {fact["key"] for fact in old["content"]["facts"]}
    assert "st-arm" not in {fact["key"] for fact in read(f"/facts?limit=200&as_of={day}")["results"]}


def test_a_subject_that_moved_leads_to_its_new_address(site: RichSite) -> None:
    revise(site.stiffness, slug="rigor")

    moved = get("/conditions/stiffness?as_of=2099-01-01")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/conditions/rigor?as_of=2099-01-01")
    chosen = get("/compare?with=stiffness&with=hardness")
    assert (chosen.status_code, chosen["Location"]) == (301, "/api/v1/compare?with=rigor&with=hardness")
    assert get("/facts?condition=rigor").status_code == 200


def test_a_draft_changes_nothing(site: RichSite) -> None:
    before = {address: get(address).content for address in ADDRESSES.values()}
    make_fact(site.stiffness, key="st-draft")

    assert {address: get(address).content for address in ADDRESSES.values()} == before
    assert get("/facts/st-draft").status_code == 404


class TestCaching:
    def test_an_answer_that_is_still_right_is_not_sent_again(self, site: RichSite, django_assert_num_queries) -> None:
        tag = get("/facts")["ETag"]

        with django_assert_num_queries(1):
            same = get("/facts", if_none_match=f'"other", W/{tag}')
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
        assert same["Access-Control-Allow-Origin"] == "*"
        assert get("/facts?limit=1", if_none_match=tag).status_code == 200
        assert get("/facts?format=csv", if_none_match=tag).status_code == 200
        assert get("/facts", if_none_match=tag, accept="text/csv").status_code == 200

    def test_a_publication_makes_it_new(self, site: RichSite) -> None:
        first = get("/facts")
        fact = make_fact(site.stiffness, key="st-new")
        publish(*[source.citation for source in fact.sources.all()], fact)

        again = get("/facts", if_none_match=first["ETag"])

        assert again.status_code == 200
        assert again["ETag"] != first["ETag"]
        assert b"st-new" in again.content

    def test_an_old_answer_is_new_when_something_in_it_was_withdrawn(self, site: RichSite) -> None:
        address = "/editions/condition/stiffness/1"
        tag = get(address)["ETag"]
        assert get(address, if_none_match=tag).status_code == 304

        retire(Fact.objects.get(key="st-arm"))

        assert get(address, if_none_match=tag).status_code == 200

    def test_what_is_not_there_is_not_called_unchanged(self, site: RichSite) -> None:
        assert get("/facts/no-such-fact", if_none_match="*").status_code == 404

    def test_answers_say_how_long_they_keep(self, site: RichSite) -> None:
        response = get("/conditions")

        assert response["Cache-Control"] == "public, no-cache"
        assert get("/conditions", if_modified_since=response["Last-Modified"]).status_code == 304


class TestMethods:
    def test_head_is_get_without_the_body(self, site: RichSite) -> None:
        head, whole = Client().head("/api/v1/facts"), get("/facts")

        assert head.content == b""
        assert (head.status_code, head["ETag"]) == (200, whole["ETag"])

    def test_options_tell_a_script_of_another_site_what_it_may(self) -> None:
        response = Client().options(
            "/api/v1/facts", headers={"origin": "https://example.org", "access-control-request-method": "GET"}
        )

        assert response.status_code == 204
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in response

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_other_methods_are_refused_in_a_sentence(self, method: str) -> None:
        response = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/facts")

        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        if method != "trace":
            assert "read only" in response.json()["detail"]

    def test_pages_for_people_are_not_opened_to_scripts_of_other_sites(self, site: RichSite) -> None:
        for address in ("/", "/conditions/stiffness/", "/api/v1/docs/"):
            assert "Access-Control-Allow-Origin" not in Client().get(address, headers={"origin": "https://e.org"})


class TestDescription:
    def test_the_document_names_the_server_the_terms_and_itself(self, settings) -> None:
        settings.SITE_URL = "https://www.example.org"

        response = get("/openapi.json")

        document = response.json()
        assert document["servers"] == [{"url": "https://www.example.org"}]
        assert document["info"]["license"]["name"]
        assert "{SITE_URL}" not in response.content.decode()
        assert get("/openapi.json", if_none_match=response["ETag"]).status_code == 304

    @pytest.mark.parametrize("prefix", ["", "/es"])
    def test_the_page_describes_every_address(self, prefix: str) -> None:
        page = Client().get(f"{prefix}/api/v1/docs/").content.decode()

        for path in describe(api)["paths"]:
            assert f"GET {path}</code>" in page
        assert "/api/v1/openapi.json" in page

"""What was withdrawn later is hidden from old editions, on plain values."""

import copy
from typing import Any

from conditions.masking import mask_withdrawn


def make_reference(key: str, approval: int) -> dict[str, Any]:
    return {"key": key, "approval": approval, "text": f"Reference of {key}"}


def make_fact(key: str, approval: int, *sources: str) -> dict[str, Any]:
    cited = [{"key": source, "locator": "", "bearing": "supports"} for source in sources]
    return {"key": key, "approval": approval, "text": key, "sources": cited, "has_withdrawn_source": False}


def make_content(**parts: Any) -> dict[str, Any]:
    return {"references": {}, "withdrawn": {}, **parts}


def test_a_statement_retired_later_is_dropped_and_named() -> None:
    old = make_content(facts=[make_fact("gone", 3), make_fact("kept", 4)])

    masked = mask_withdrawn(old, {"withdrawn": {"fact:gone": 9}}, {})

    assert [fact["key"] for fact in masked["facts"]] == ["kept"]
    assert masked["masked"] == ["fact:gone"]


def test_a_statement_approved_again_is_shown_from_its_new_approval_on() -> None:
    current = {"withdrawn": {"fact:again": 9}}

    before = mask_withdrawn(make_content(facts=[make_fact("again", 3)]), current, {})
    after = mask_withdrawn(make_content(facts=[make_fact("again", 10)]), current, {})

    assert before["facts"] == []
    assert [fact["key"] for fact in after["facts"]] == ["again"]
    assert after["masked"] == []


def test_a_withdrawn_source_is_dropped_with_every_mark_of_it() -> None:
    references = {"bad": make_reference("bad", 2), "good": make_reference("good", 2)}
    old = make_content(
        references=references,
        definition_citations=["bad", "good"],
        codes_citations=["bad"],
        citations=["good", "bad"],
        facts=[make_fact("first", 5, "bad", "good")],
        subtypes=[{"slug": "form", "citations": ["bad"]}],
        points=[{"text": "Both.", "citations": ["bad", "good"]}],
        terms=[{"id": 1, "approval": 5, "citations": ["bad"]}],
    )

    masked = mask_withdrawn(old, {"withdrawn": {}}, {"bad": 7})

    assert list(masked["references"]) == ["good"]
    assert masked["definition_citations"] == ["good"]
    assert masked["codes_citations"] == []
    assert masked["citations"] == ["good"]
    assert [source["key"] for source in masked["facts"][0]["sources"]] == ["good"]
    assert masked["facts"][0]["has_withdrawn_source"] is True
    assert masked["subtypes"][0]["citations"] == []
    assert masked["points"][0]["citations"] == ["good"]
    assert masked["terms"][0]["citations"] == []
    assert masked["masked"] == []


def test_the_newest_retirement_of_a_source_counts_wherever_it_is_known_from() -> None:
    old = make_content(references={"source": make_reference("source", 5)})

    assert mask_withdrawn(old, {"withdrawn": {"citation:source": 6}}, {"source": 3})["references"] == {}
    assert mask_withdrawn(old, {"withdrawn": {"citation:source": 3}}, {"source": 6})["references"] == {}


def test_a_source_approved_again_before_the_old_edition_stays() -> None:
    old = make_content(references={"source": make_reference("source", 8)})

    assert list(mask_withdrawn(old, {"withdrawn": {"citation:source": 6}}, {"source": 6})["references"]) == ["source"]


def test_a_retired_term_is_found_by_its_identity_whatever_its_slug() -> None:
    old = make_content(terms=[{"id": 4, "slug": "old-slug", "approval": 2, "citations": []}])

    masked = mask_withdrawn(old, {"withdrawn": {"term:4": 5}}, {})

    assert masked["terms"] == []
    assert masked["masked"] == ["term:4"]


def test_the_given_content_stays_as_it_is() -> None:
    old = make_content(references={"bad": make_reference("bad", 1)}, facts=[make_fact("gone", 3, "bad")])
    before = copy.deepcopy(old)

    mask_withdrawn(old, {"withdrawn": {"fact:gone": 9}}, {"bad": 9})

    assert old == before


def test_what_superseded_a_source_is_named_only_while_it_is_public() -> None:
    references = {"old": make_reference("old", 2), "new": make_reference("new", 3)}
    content = make_content(references=references, superseded_by="new")

    assert mask_withdrawn(content, {"withdrawn": {}}, {})["superseded_by"] == "new"
    assert mask_withdrawn(content, {"withdrawn": {}}, {"new": 5})["superseded_by"] == ""

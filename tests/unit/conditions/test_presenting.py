"""Sources are numbered as they appear, and every number leads there and back."""

import re

import pytest

from conditions.presenting import References, say_date
from tests.unit.conditions.contents import reference, references, source


def numbers(html):
    return re.findall(r">(\d+)</a>", html)


def test_sources_are_numbered_by_first_appearance():
    listed = References(references("a", "b", "c"))

    assert numbers(listed.marks(["c", "a"])) == ["1", "2"]
    assert numbers(listed.marks(["a", "b"])) == ["2", "3"]
    assert [r.key for r in listed] == ["c", "a", "b"]


def test_every_mark_has_its_own_id_and_the_reference_leads_back_to_all():
    listed = References(references("a"))
    html = listed.marks(["a"]) + listed.marks(["a"])

    (only,) = listed
    assert only.marks == ["mark-1-1", "mark-1-2"]
    assert re.findall(r'id="([^"]+)"', html) == only.marks
    assert set(re.findall(r'href="#([^"]+)"', html)) == {only.anchor} == {"ref-1"}


def test_a_source_that_is_not_public_leaves_no_trace():
    listed = References(references("a"))

    assert listed.marks(["draft"]) == ""
    assert "draft" not in listed.marks(["draft", "a"])
    assert [r.key for r in listed] == ["a"]


def test_a_source_that_no_statement_cites_is_not_listed():
    assert not References(references("a"))


@pytest.mark.parametrize(("bearing", "word"), [("contradicts", "disagrees"), ("superseded", "out of date")])
def test_a_source_that_speaks_against_the_statement_says_so_in_a_word(bearing, word):
    html = References(references("a")).source_marks([source("a", bearing=bearing)])

    assert word in html


def test_a_supporting_source_carries_no_word():
    assert "bearing" not in References(references("a")).source_marks([source("a")])


@pytest.mark.parametrize("integrity", ["corrected", "concern", "retracted", "superseded"])
def test_a_troubled_source_has_a_notice_in_the_list(integrity):
    listed = References({"a": reference("a", integrity=integrity)})
    listed.marks(["a"])

    assert next(iter(listed)).integrity.endswith(".")


def test_a_sound_source_has_no_notice():
    listed = References(references("a"))
    listed.marks(["a"])

    assert next(iter(listed)).integrity == ""


def test_of_two_editions_with_one_source_the_newer_record_counts():
    old, new = {"a": reference("a", text="Old.", approval=1)}, {"a": reference("a", text="New.", approval=2)}

    for known in ((old, new), (new, old)):
        listed = References(*known)
        listed.marks(["a"])
        assert next(iter(listed)).text == "New."


def test_citations_in_markdown_become_marks_and_the_rest_is_safe():
    html = References(references("a")).prose("It *hardens* [@a; @draft]. <script>alert(1)</script>")

    assert "<em>hardens</em>" in html
    assert numbers(html) == ["1"]
    assert "draft" not in html
    assert "<script" not in html


def test_a_single_sentence_needs_no_paragraph_but_several_keep_theirs():
    listed = References(references("a"))

    assert listed.prose_line("One.") == "One."
    assert listed.prose_line("One.\n\nTwo.").count("<p>") == 2


def test_a_locator_is_escaped():
    html = References(references("a")).source_marks([source("a", locator='p. 5 "quoted" <b>')])

    assert 'title="p. 5 &quot;quoted&quot; &lt;b&gt;"' in html


def test_dates_are_english():
    from datetime import date

    assert say_date(date(2026, 11, 2)) == "2 November 2026"
    assert say_date(None) == ""

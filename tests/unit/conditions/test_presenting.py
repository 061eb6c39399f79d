"""Sources are numbered as they appear; one mark after a statement opens them, and the list leads back."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from conditions.presenting import References, say_date
from tests.unit.conditions.contents import fact, reference, references, source


def read(html):
    return BeautifulSoup(html, "html.parser")


def numbers(html):
    return [link.get_text().split()[-1] for link in read(html).select("a[href^='#r']")]


def test_sources_are_numbered_by_first_appearance():
    listed = References(references("a", "b", "c"))

    assert numbers(listed.marks(["c", "a"])) == ["1", "2"]
    assert numbers(listed.marks(["a", "b"])) == ["2", "3"]
    assert [r.key for r in listed] == ["c", "a", "b"]


def test_a_mark_is_one_button_that_opens_the_sources_of_its_statement():
    listed = References(references("a", "b"))
    first, second = read(listed.marks(["a", "b"])), read(listed.marks(["b"]))

    for mark, name, text in ((first, "2 sources", "2"), (second, "1 source", "1")):
        (button,), (sheet,) = mark.select("button"), mark.select("[popover]")
        assert (button.get("aria-label"), button.get_text()) == (name, text)
        assert button.get("popovertarget") == sheet.get("id")
    assert first.select("[popover]")[0].get("id") != second.select("[popover]")[0].get("id")


def test_the_list_leads_back_to_the_mark_that_cites_a_source_first():
    listed = References(references("a", "b"))
    marks = read(listed.marks(["a"]) + listed.marks(["a", "b"]) + listed.marks(["b"]))

    assert [button.get("id") for button in marks.select("button")] == ["b1", "b2", None]
    assert [reference.first_mark for reference in listed] == ["b1", "b2"]
    assert {link.get("href") for link in marks.find_all("a")} == {f"#r{reference.number}" for reference in listed}


def test_the_short_form_of_a_fact_opens_the_sheet_of_its_statement():
    listed = References(references("a", "b"))
    before = fact("x", "b")
    early = read(listed.early_marks(before))
    listed.marks(["a"])
    late = read(listed.fact_marks(before))

    assert early.select("[popover]") == []
    (sheet,) = late.select("[popover]")
    assert {button.get("popovertarget") for mark in (early, late) for button in mark.find_all("button")} == {
        sheet.get("id")
    }
    assert [r.key for r in listed] == ["b", "a"]


def test_a_source_that_is_not_public_leaves_no_trace():
    listed = References(references("a"))

    assert listed.marks(["draft"]) == ""
    assert "draft" not in listed.marks(["draft", "a"])
    assert [r.key for r in listed] == ["a"]


def test_a_source_that_no_statement_cites_is_not_listed():
    assert not References(references("a"))


@pytest.mark.parametrize(("bearing", "word"), [("contradicts", "disagrees"), ("superseded", "out of date")])
def test_a_source_that_speaks_against_the_statement_says_so_on_the_mark_and_in_its_sheet(bearing, word):
    mark = read(References(references("a", "b")).source_marks([source("a"), source("b", bearing=bearing)]))

    assert mark.select("button")[0].get_text() == f"2 sources, 1 {word}"
    assert mark.select("[popover]")[0].get_text().endswith(f"2 ({word})")


@pytest.mark.parametrize(
    ("integrity", "word"), [("retracted", "retracted"), ("concern", "in doubt"), ("superseded", "replaced")]
)
def test_a_source_that_is_not_sound_says_so_where_it_is_cited(integrity, word):
    mark = read(References({"a": reference("a", integrity=integrity)}).marks(["a"]))

    assert mark.select("button")[0].get_text() == f"1 source, 1 {word}"
    assert f"({word})" in mark.get_text()


def test_a_supporting_source_carries_no_word():
    assert read(References(references("a")).source_marks([source("a")])).get_text() == "1Source 1"


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
    mark = read(References(references("a")).source_marks([source("a", locator='p. 5 "quoted" <b>')]))

    assert mark.get_text().endswith('Source 1, p. 5 "quoted" <b>')


@pytest.mark.parametrize(
    ("text", "url", "shown"),
    [
        ("Roe J. A study. doi:10.1/x", "https://doi.org/10.1/x", "doi:10.1/x"),
        ("Roe J. A page. https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
        ("Roe J. A <b>book</b>.", "https://example.org/", "Read the source"),
    ],
)
def test_a_reference_leads_to_its_source_where_it_names_the_address(text, url, shown):
    listed = References({"a": reference("a", text=text, url=url)})
    listed.marks(["a"])

    line = read(next(iter(listed)).line)
    (link,) = line.find_all("a")
    assert (link.get("href"), link.get_text()) == (url, shown)
    assert line.get_text().removesuffix(" Read the source") == text


def test_a_reference_without_an_address_is_text_alone():
    listed = References({"a": reference("a", text="Roe J. doi:none", url="")})
    listed.marks(["a"])

    assert next(iter(listed)).line == "Roe J. doi:none"


def test_dates_are_english():
    assert say_date(date(2026, 11, 2)) == "2 November 2026"
    assert say_date(None) == ""

"""Cells: no formula gets out, and nothing is lost on the way to a file and back."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conditions.models import Bearing
from conditions.sheets.author_cells import read_authors, write_authors
from conditions.sheets.cells import guard, is_same, keep_line_ends, unguard
from conditions.sheets.reading import read_table
from conditions.sheets.source_lines import SourceLine, read_sources, write_sources
from conditions.sheets.widgets import NumberCell
from conditions.sheets.writing import write_csv
from conditions.sheets.xlsx_writing import write_xlsx

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
STARTS = "=+-@\t\r"
TRICKY = st.text("'=+-@\t\r\n |\\_x0D;,\"a", max_size=12)
SOURCES = st.lists(
    st.builds(
        SourceLine,
        key=st.from_regex(r"[-a-z_0-9]{1,6}", fullmatch=True),
        locator=st.one_of(TRICKY, st.text(max_size=200)),
        bearing=st.sampled_from(Bearing.values),
        quote=st.one_of(TRICKY, TEXTS),
    ),
    unique_by=lambda source: source.key,
)


@given(st.one_of(TEXTS, TRICKY))
def test_no_guarded_cell_begins_like_a_formula_and_the_text_comes_back(text):
    cell = guard(text)

    assert cell[:1] not in set(STARTS)
    assert unguard(cell) == text


@pytest.mark.parametrize("start", STARTS)
def test_each_sign_that_begins_a_formula_is_guarded_also_after_apostrophes(start):
    assert guard(f"{start}1") == f"'{start}1"
    assert guard(f"''{start}1") == f"'''{start}1"
    assert unguard(f"{start}1") == f"{start}1"


def test_negative_numbers_stay_numbers():
    assert NumberCell().render(NumberCell().clean("-1.50")) == "-1.5"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TEXTS, TRICKY), min_size=2, max_size=2))
@example(["_x000D_", "a\r\nb"])
@example(["_x005F_x000D_", "\x01\x1f\ufffe\uffff"])
@example(["'=1", "=HYPERLINK(1)"])
def test_files_of_both_kinds_give_back_each_text(texts):
    for name, content in (
        ("sheet.csv", write_csv(["a", "b", "c"], [[*map(guard, texts), "end"]])),
        ("sheet.xlsx", write_xlsx(["a", "b", "c"], [[*map(guard, texts), "end"]], title="sheet")),
    ):
        (row,) = read_table(content, name=name, columns=["a", "b", "c"]).rows
        assert row.cells == [*texts, "end"]


@settings(max_examples=300)
@given(SOURCES)
def test_sources_come_back_whole_from_their_cell(sources):
    assert read_sources(write_sources(sources)) == sources


def test_sources_read_as_people_write_them():
    cell = 'roe-2020\ndoe-2024|p. 3, “left”|Contradicts|One \\| two, "three"\\nand four\n\n'

    assert read_sources(cell) == [
        SourceLine("roe-2020"),
        SourceLine("doe-2024", "p. 3, “left”", "contradicts", 'One | two, "three"\nand four'),
    ]
    assert write_sources([SourceLine("roe-2020", "p. 12", "supports", "Of all.")]) == (
        "roe-2020 | p. 12 | supports | Of all."
    )


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("a | b | supports | d | e", "Line 1 has more than 4 parts."),
        ("a\n | p. 2", "Line 2 does not begin with the key of a source."),
        ("a | | perhaps", "Line 1: “perhaps” is no bearing. Write one of: supports, contradicts, superseded."),
        ("a\na | p. 2", "The source “a” stands here twice."),
        ("a | b\\", "Line 1 ends in a backslash."),
        (f"a | {'b' * 201}", "Line 1: the place in the source has 201 characters; at most 200 are allowed."),
    ],
)
def test_what_is_no_list_of_sources_is_refused_by_its_line(cell, sentence):
    with pytest.raises(ValidationError) as refusal:
        read_sources(cell)

    assert refusal.value.messages[0].startswith(sentence)


NAMES = st.dictionaries(st.sampled_from(["family", "given", "literal", "suffix"]), st.one_of(TRICKY, TEXTS))


@settings(max_examples=300)
@given(st.lists(NAMES))
@example([{"literal": "{x"}, {"family": "A, B", "given": ""}, {}])
def test_authors_come_back_whole_from_their_cell(authors):
    assert read_authors(write_authors(authors)) == authors


def test_usual_authors_stand_as_people_write_them():
    authors = [{"family": "Roe", "given": "Jane"}, {"literal": "A Society"}, {"family": "Roe", "suffix": "Jr."}]

    assert write_authors(authors) == 'Roe, Jane\nOrganization: A Society\n{"family": "Roe", "suffix": "Jr."}'


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("Roe, Jane, Jr.", "Line 1, “Roe, Jane, Jr.”, must be one person"),
        ('Roe\n{"family": 1}', "Line 2: each part of a name must be text."),
        ('{"family": "\\u0000"}', "Line 1: each part of a name must be text."),
        ('{"age": "1"}', "Line 1: a name has no part “age”."),
        ("{" * 5000, "Line 1 begins with a brace, but it is not valid JSON."),
        ("x" * 201, "Line 1 has 201 characters; at most 200 are allowed."),
    ],
)
def test_what_is_no_list_of_authors_is_refused_by_its_line(cell, sentence):
    with pytest.raises(ValidationError) as refusal:
        read_authors(cell)

    assert refusal.value.messages[0].startswith(sentence)


def test_other_line_ends_say_nothing_and_leave_the_other_lines_as_they_are():
    assert is_same("a\nb", "a\r\nb")
    assert keep_line_ends("a\nc", "a\r\nb") == "a\r\nc"
    assert keep_line_ends("a\r\nc", "a\nb") == "a\nc"

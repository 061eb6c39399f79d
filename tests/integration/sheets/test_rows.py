"""What a row must not say: each refusal names the row and the column, and nothing is saved."""

import pytest

from conditions.models import Citation, Fact, Measure, Subtype
from conditions.sheets.catalog import SHEETS
from conditions.sheets.importing import apply, preview
from conditions.sheets.problems import SheetRefused
from tests.factories import make_citation, make_condition, make_fact
from tests.integration.sheets.conftest import export_rows, new_fact, row_of, to_table
from tests.steps import read_database


def problems_of_rows(site, *rows, name: str = "facts") -> list[tuple[int, str, str]]:
    before = read_database()
    with pytest.raises(SheetRefused) as refusal:
        apply(to_table(*rows, name=name), SHEETS[name], by=site.editor, comment="")
    assert read_database() == before
    return [(problem.row, problem.column, problem.message) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("topic", "nope", "There is no topic “nope”."),
        ("topic", "", "Name a topic here."),
        ("subtype", "nope", "There is no subtype “nope” of this condition."),
        ("measure", "nope", "There is no measure “nope”."),
        ("parent", "nope", "There is no fact “nope”."),
        ("kind", "nonsense", "“nonsense” is not known here. Write one of: statement, item,"),
        ("kind", "", "This must not be empty. Write one of: statement"),
        ("position", "-1", "“-1” is not a whole number."),
        ("position", "40000", "“40000” is not a whole number. Write one from 0 to 32767."),
        ("calculated_by_us", "perhaps", "Write yes or no."),
        ("value", "1,5", "“1,5” is not a number as it is written here"),
        ("value", "1e5", "“1e5” is not a number"),
        ("value", "NaN", "“NaN” is not a number"),
        ("value", "1.1234567", "“1.1234567” is not a number"),
        ("low", "1", "Low and high belong together"),
        ("rule", "at_least", "The rule “at_least” needs a rule count"),
        ("short_form", "x" * 71, "Ensure this value has at most 70 characters (it has 71)."),
        ("sources", "nope\nroe-2020\nneither", "There are no sources “nope”, “neither”."),
        ("sources", "roe-2020 | | maybe", "Line 1: “maybe” is no bearing."),
        ("condition", "other", "The condition of a fact never changes; here it is “stiffness”."),
        ("key", "st-other", "There is no fact “st-other”, but the row has a version, so its key was changed."),
        ("version", "", "The fact “st-walk” exists already"),
        ("version", "v-000", "changed this fact"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_by_row_and_column(site, column, cell, sentence):
    make_condition(slug="other")
    label = row_of("st-walk", label="Changed, so that the row counts.")

    found = problems_of_rows(site, row_of("st-run"), {**label, column.replace("_", " "): cell})

    names = {(row, name) for row, name, _ in found}
    assert (3, {"low": "high", "rule": "rule count"}.get(column, column.replace("_", " "))) in names
    assert any(sentence in message for _, _, message in found)


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("published", "2024-13", "“2024-13” is not a date. Write 2026, 2026-11 or 2026-11-22."),
        ("published", "May 2024", "“May 2024” is not a date."),
        ("accessed", "22.11.2026", "“22.11.2026” is not a date. Write it as 2026-11-22."),
        ("address", "javascript:alert(1)", "Enter a valid URL."),
        ("title", "", "This field cannot be blank."),
        ("authors", "A, B, C", "must be one person as “Family, Given”"),
        ("superseded by", "roe-2020", "This would stand above itself."),
        ("superseded by", "nope", "There is no citation “nope”."),
        ("type", "poem", "“poem” is not known here."),
    ],
)
def test_a_source_that_cannot_be_taken_is_named_by_row_and_column(site, column, cell, sentence):
    row = {**row_of("roe-2020", "citations"), column: cell}

    found = problems_of_rows(site, row, name="citations")

    assert [(number, name) for number, name, _ in found] == [(2, column)]
    assert sentence in found[0][2]


def test_ranges_stand_the_right_way_round_and_not_beside_a_value(site):
    rows = [
        new_fact("st-a", low="5", high="3"),
        new_fact("st-b", interval_low="5", interval_high="3"),
        new_fact("st-c", low="1", high="2", value="1"),
    ]

    assert [(row, name, text.split(":")[0]) for row, name, text in problems_of_rows(site, *rows)] == [
        (2, "high", "The range stands the wrong way round"),
        (3, "interval high", "The range stands the wrong way round"),
        (4, "value", "Give one value or a range, not both."),
    ]


def test_all_problems_are_named_at_once_in_the_order_of_the_rows(site):
    rows = [new_fact("st-a", topic="nope", kind="x"), row_of("st-walk"), new_fact("st-a", value="x")]

    found = problems_of_rows(site, *rows)

    assert [(row, name) for row, name, _ in found] == [(2, "topic"), (2, "kind"), (4, "key"), (4, "value")]


def test_a_circle_of_facts_is_refused_also_through_what_is_saved(site):
    make_fact(site.condition, key="st-child", parent=site.fact, sources=[site.source])

    assert problems_of_rows(site, row_of("st-walk", parent="st-child"))[0][:2] == (2, "parent")
    assert len(problems_of_rows(site, new_fact("a", parent="b"), new_fact("b", parent="a"))) == 2


def test_missing_unknown_and_doubled_columns_are_named(site):
    row = row_of("st-walk")
    del row["text"]

    found = problems_of_rows(site, {**row, "colour": "", "Status": "approved"})

    assert [(number, name) for number, name, _ in found] == [(1, "colour"), (1, "Status"), (1, "text")]
    assert found[1][2] == "This is never set by a sheet: what is imported becomes a draft. Take the column out."


def test_columns_may_stand_in_another_order_and_in_capitals(site):
    row = {column.upper(): cell for column, cell in reversed(row_of("st-walk", text="New.").items())}

    assert str(preview(to_table(row), SHEETS["facts"], by=site.editor)) == "0 new, 1 changed, 0 unchanged"


def test_numbers_dates_and_structured_values_are_imported_exactly(site):
    Measure.objects.create(slug="speed", name="Speed", plausible_low=-10, plausible_high=10)
    Subtype.objects.create(condition=site.condition, slug="early", name="Early")
    fact = new_fact(
        "st-x",
        kind="Quantity",
        measure="speed",
        subtype="early",
        value="-123456789012.123456",
        bound="More than",
        parent="st-walk",
        calculated_by_us="Yes",
        rule="all_of",
    )
    apply(to_table(fact), SHEETS["facts"], by=site.editor, comment="")

    saved = Fact.objects.get(key="st-x")
    assert (str(saved.value), saved.kind, saved.bound) == ("-123456789012.123456", "quantity", "more_than")
    assert (saved.measure.slug, saved.subtype.slug, saved.parent, saved.is_derived) == (
        "speed",
        "early",
        site.fact,
        True,
    )
    assert row_of("st-x")["value"] == "-123456789012.123456"


def test_the_authors_of_a_source_come_back_whole(site):
    authors = [{"family": "Roe", "given": "J"}, {"literal": "A Society"}, {"family": "Doe", "suffix": "Jr."}]
    make_citation(key="doe-2024", authors=authors)
    row = row_of("doe-2024", "citations", title="Another title")

    apply(
        to_table({**row, "accessed": "2026-11-22"}, name="citations"), SHEETS["citations"], by=site.editor, comment=""
    )

    saved = Citation.objects.get(key="doe-2024")
    assert (saved.authors, saved.accessed.isoformat()) == (authors, "2026-11-22")


def test_text_with_bars_commas_quotes_and_line_ends_survives_the_way(site):
    quote = 'One | two, "three"\r\n\tfour \\n; five  '
    site.fact.sources.update(quote=quote, locator=' | ," ')
    site.fact.save()
    rows = export_rows()

    outcome = apply(to_table(*rows), SHEETS["facts"], by=site.editor, comment="")
    copy = {**row_of("st-walk"), "key": "st-copy", "version": ""}
    apply(to_table(copy), SHEETS["facts"], by=site.editor, comment="")

    assert outcome.unchanged == len(rows)
    source = Fact.objects.get(key="st-copy").sources.get()
    assert (source.quote, source.locator) == (quote, ' | ," ')


def test_line_ends_that_a_program_rewrote_change_nothing(site):
    Fact.objects.filter(pk=site.fact.pk).update(text="One.\r\nTwo.")
    row = row_of("st-walk")

    outcome = preview(to_table({**row, "text": "One.\nTwo."}), SHEETS["facts"], by=site.editor)

    assert str(outcome) == "0 new, 0 changed, 1 unchanged"

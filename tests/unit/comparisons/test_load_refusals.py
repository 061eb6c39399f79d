"""Content files that are wrong: each problem is named by file, entry and field, and nothing is loaded."""

import pytest

from conditions.models import Topic
from tests.content_files import WHOLE, changed, load, refuse, write
from tests.factories import make_condition, make_fact

pytestmark = pytest.mark.django_db


def test_a_missing_path_is_named(tmp_path):
    path = tmp_path / "none.yaml"

    assert refuse(path) == [f"{path}: There is no such file or folder.", "1 problem. Nothing was loaded."]


def test_a_folder_without_content_files_is_named(tmp_path):
    write(tmp_path, "Nothing.", "README.md")

    assert refuse(tmp_path)[0] == f"{tmp_path}: This folder holds no content files (.yaml or .yml)."


def test_broken_yaml_is_named_with_its_line(tmp_path):
    path = write(tmp_path, "topics:\n  - slug: [symptoms\n    name: x\n")

    assert refuse(path)[0].startswith(f"{path}, line 3: This is not valid YAML: ")


def test_another_encoding_is_named(tmp_path):
    path = tmp_path / "content.yaml"
    path.write_bytes("topics: [{name: Sjögren}]".encode("latin-1"))

    assert refuse(path)[0] == f"{path}: This is not text in UTF-8 (byte 19 is not). Save the file as UTF-8."


def test_an_empty_file_is_named(tmp_path):
    path = write(tmp_path, "# Nothing yet.\n")

    assert refuse(path)[0] == f"{path}: The file is empty."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n- b\n", "line 1: The file must begin with what it holds, as “facts:”."),
        ("fact:\n  - {key: a}\n", "line 1: Content files have no section “fact”. Known are: topics, measures,"),
        ("facts: none\n", "line 1: “facts:” must be followed by a list of entries, each with a dash."),
        ("facts:\n  - just text\n", "line 2, facts number 1: An entry must be made of fields with values."),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path, text, sentence):
    assert sentence in refuse(write(tmp_path, text))[0]


def test_a_field_that_stands_twice_is_named(tmp_path):
    path = write(tmp_path, "topics:\n  - slug: symptoms\n    name: One\n    name: Two\n")

    assert refuse(path)[0] == f"{path}, line 4, topics “symptoms”, field “name”: The field stands here twice. Keep one."


def test_a_part_that_cannot_be_read_does_not_make_names_unknown(tmp_path):
    write(tmp_path, "citations: [", "a.yaml")
    write(tmp_path, "claims: [{claim: It is so., verdict: supported, citations: [smith-2020]}]", "b.yaml")

    assert len(refuse(tmp_path)) == 2


# Entries that are wrong


@pytest.mark.parametrize(
    ("old", "new", "place", "sentence"),
    [
        ("name: Symptoms, ", "", "topics “symptoms”, field “name”", "The field is missing."),
        ("aspect: Symptoms", "aspect: Symptoms, aspects: X", "field “aspects”", "There is no such field here."),
        ("position: 10, in", "position: ten, in", "field “position”", "This must be a whole number."),
        ("in_table: true", "in_table: yes", "field “in_table”", "This must be true or false."),
        ("title: A study", "title: 2020", "field “title”", "This must be text. Put it in quotes"),
        ("accessed: 2026-11-22", "accessed: 2026-13-22", "field “accessed”", "This is not a date. Write it as"),
        ('issued: "2020-05"', 'issued: "May 2020"', "field “issued”", "This is not a date. Write 2026,"),
        ("evidence: cohort", "evidence: rumour", "field “evidence”", "'guideline'"),
        ("citations: [smith-2020],\n", "citations: smith-2020,\n", "field “citations”", "This must be a list."),
        ("plausible: [0, 100]", "plausible: [0]", "field “plausible”", "at least 2 items"),
        (
            "plausible: [0, 100]",
            "plausible: [100, 0]",
            "measures “share”",
            "The low end, 100, is above",
        ),
        ("low: 40", "low: forty", "field “quantity.low”", "This is not a number."),
        ("low: 40", "low: true", "field “quantity.low”", "This is not a number."),
        ("low: 40, ", "", "field “quantity”", "A range needs both its low and its high end."),
        (
            "low: 40, high: 60.5",
            "low: 70, high: 60.5",
            "field “quantity”",
            "The low end, 70, is above",
        ),
        (
            "low: 40, high: 60.5",
            "value: 3, high: 60.5",
            "field “quantity”",
            "Give either a value, or a low and",
        ),
        ("low: 40, high: 60.5, ", "", "field “quantity”", "Give either a value, or a low and"),
        (
            "interval: [30, 70.25]",
            "interval: [70.25, 30]",
            "field “quantity.interval”",
            "The low end, 70.25, is above",
        ),
        ("rule: any_of", "rule: at_least", "facts “lead”", "The rule “at_least” needs a rule_count"),
        ("short: Tired", f"short: {'x' * 71}", "field “short”", "at most 70 characters (it has 71)"),
        ("locator: Table 1", f"locator: {'x' * 201}", "field “citations[1].locator”", "at most 200 characters"),
        ("feature: fatigue", f"feature: {'x' * 101}", "field “quantity.feature”", "at most 100 characters"),
        (
            "slug: rrms, name: Relapsing",
            f"slug: rrms, name: {'x' * 151}",
            "field “subtypes[1].name”",
            "at most 150 char",
        ),
        ("heading: Symptoms", f"heading: {'x' * 201}", "field “sections[1].heading”", "at most 200 characters"),
        ("heading: Symptoms", "heading: ''", "field “sections[1].heading”", "This field cannot be blank."),
        ("slug: why", "slug: why not", "faqs “why not”, field “slug”", "“slug”"),
        ("https://example.org/", "not an address", "field “url”", "Enter a valid URL."),
        ("pattern: '(?i)", "pattern: '(", "style_rules “never”, field “pattern”", "not a valid regular expression"),
        (
            "position: 20, text",
            "position: 99999, text",
            "facts “child”, field “position”",
            "less than or equal to 32767",
        ),
        ("high: 60.5", "high: 60.1234567", "field “quantity.high”", "6 decimal places"),
    ],
)
def test_a_wrong_entry_is_named_with_its_field_in_a_sentence(tmp_path, old, new, place, sentence):
    problems = refuse(write(tmp_path, changed(old, new)))

    assert place in problems[0]
    assert sentence in problems[0]
    assert problems[1:] == ["1 problem. Nothing was loaded."]


@pytest.mark.parametrize(
    ("old", "new", "place", "named"),
    [
        ("condition: ms, ", "condition: mss, ", "facts “child”, field “condition”", "condition “mss”"),
        ("subtype: rrms", "subtype: spms", "facts “lead”, field “subtype”", "subtype “ms/spms”"),
        ("parent: lead", "parent: leader", "facts “child”, field “parent”", "fact “leader”"),
        ("topic: symptoms, kind: item", "topic: signs, kind: item", "facts “child”, field “topic”", "topic “signs”"),
        ("measure: share", "measure: portion", "facts “lead”, field “quantity.measure”", "measure “portion”"),
        ('quote: "half"}, jones-2021', 'quote: "half"}, x', "field “citations[2].key”", "citation “x”"),
        ("rests_on: [lead, child]", "rests_on: [lead, x]", "field “points[1].rests_on[2]”", "fact “x”"),
        ("[@jones-2021]", "[@x]", "comparisons “pair”, field “sections[1].lead”", "citation “x”"),
        ("differ [@smith-2020]", "differ [@smith-2020; @x]", "comparisons “pair”, field “answer”", "citation “x”"),
        ("conditions: [ms]\n", "conditions: [als]\n", "field “conditions[1].condition”", "condition “als”"),
        ("comparisons: [pair]", "comparisons: [x]", "faqs “why”, field “comparisons[1]”", "comparison “x”"),
    ],
)
def test_a_name_that_stands_for_nothing_is_named(tmp_path, old, new, place, named):
    problems = refuse(write(tmp_path, changed(old, new)))

    assert place in problems[0]
    assert f"There is no {named}, neither in these files nor on the site." in problems[0]
    assert len(problems) == 2


def test_a_key_that_stands_twice_is_named_with_both_places(tmp_path):
    one = write(tmp_path, WHOLE, "a.yaml")
    two = write(tmp_path, "citations:\n  - {key: smith-2020, type: report, title: X, evidence: other}\n", "b.yaml")

    assert refuse(one, two)[0] == (
        f"{two}, line 2, citations “smith-2020”, field “key”: The citation “smith-2020” stands in the files twice; "
        f"first in {one}, line 9."
    )


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("slug: not-it", "slug: rrms", "field “subtypes”: The subtype “ms/rrms” stands in the files twice"),
        (
            '"half"}, jones-2021',
            '"half"}, smith-2020',
            "field “citations[2]”: The citation “smith-2020” is",
        ),
        (
            "rests_on: [lead, child]",
            "rests_on: [lead, lead]",
            "field “points[1].rests_on[2]”: The fact “lead” is",
        ),
        ("conditions: [ms]\n", "conditions: [ms, ms]\n", "field “conditions[2]”: The condition “ms” is named twice"),
    ],
)
def test_what_is_named_twice_in_one_list_is_named(tmp_path, old, new, place):
    assert place in refuse(write(tmp_path, changed(old, new)))[0]


def test_facts_that_stand_above_each_other_are_named(tmp_path):
    problems = refuse(write(tmp_path, changed("    rule: any_of", "    rule: any_of\n    parent: child")))

    assert "facts “child”, field “parent”: The entry stands above itself." in problems[0]
    assert "facts “lead”, field “parent”: The entry stands above itself." in problems[1]


def test_the_same_file_given_twice_is_read_once(tmp_path):
    path = write(tmp_path, WHOLE)
    load(tmp_path, path)

    assert Topic.objects.count() == 1


def test_all_problems_of_all_files_are_named_not_only_the_first(tmp_path):
    write(tmp_path, changed("name: Symptoms, ", "").replace("short: Tired", f"short: {'x' * 71}"), "a.yaml")
    write(tmp_path, "claims: [{claim: So., verdict: supported, citations: [x]}]", "b.yaml")
    write(tmp_path, "facts:\n  - {key: lone}\n", "c.yaml")

    problems = refuse(tmp_path)

    assert [next(name for name in ("a.yaml", "b.yaml", "c.yaml") if name in line) for line in problems[:-1]] == [
        *["a.yaml"] * 2,
        "b.yaml",
        *["c.yaml"] * 8,
    ]
    assert problems[-1] == "11 problems. Nothing was loaded."


def test_a_fact_does_not_move_to_another_condition(tmp_path):
    make_fact(make_condition(slug="als"), key="lead")

    assert "facts “lead”, field “condition”: The condition of" in refuse(write(tmp_path, WHOLE))[0]


def test_a_subtype_that_facts_name_is_not_removed(tmp_path):
    load(write(tmp_path, WHOLE))
    text = "conditions: [{slug: ms, name: MS, definition: A disease.}]"

    assert "conditions “ms”: What the file leaves out cannot be removed" in refuse(write(tmp_path, text))[0]

"""The word-level difference that a reviewer reads before deciding."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.differences import Segment, diff_words, list_changes, load_names, render_segments

TOPIC = {"slug": "symptoms", "name": "Symptoms", "question": "What is it like?", "aspect": "x", "position": 1}
FACT = {
    "key": "ms-fatigue",
    "condition": 7,
    "subtype": "",
    "topic": {**TOPIC, "in_table": True, "review_months": 24},
    "kind": "statement",
    "text": "Fatigue is common.",
    "certainty": "moderate",
    "quantity": None,
    "sources": [
        {"key": "nice-ta20", "locator": "p. 3", "bearing": "supports", "quote": "Fatigue was seen."},
        {"key": "who-2019", "locator": "", "bearing": "supports", "quote": ""},
    ],
}
SECTION = {"topic": None, "heading": "How do they compare?", "lead": "One.", "verdict": "same", "rests_on": ["a"]}
COMPARISON = {"slug": "a-b", "title": "A and B", "conditions": [3, 4], "sections": [{**SECTION, "position": 0}]}

words = st.text(st.sampled_from("ab1.,- \n<é’%😀"), max_size=60)


def change(old=None, **values):
    new = copy.deepcopy(old or FACT)
    new.update(values)
    return new


def changed(old, new, kind="fact", **options):
    return {row.label: (row.old, row.new) for row in list_changes(old, new, kind=kind, **options) if row.is_changed}


@given(words, words)
def test_the_segments_make_both_texts(old, new):
    segments = diff_words(old, new)

    assert "".join(s.text for s in segments if s.op != "insert") == old
    assert "".join(s.text for s in segments if s.op != "delete") == new


def test_a_word_is_never_split():
    segments = diff_words("About 1,250 people walked.", "About 1,350 people walk.")

    assert [(s.op, s.text) for s in segments if s.op != "equal"] == [
        ("delete", "1,250"),
        ("insert", "1,350"),
        ("delete", "walked"),
        ("insert", "walk"),
    ]


def test_html_marks_changes_with_elements_and_hidden_words_and_escapes_the_text():
    html = render_segments([Segment("equal", "a <b> "), Segment("delete", "<i>"), Segment("insert", "&")])

    assert html == (
        "a &lt;b&gt; "
        '<del><span class="visually-hidden">[removed: </span>&lt;i&gt;<span class="visually-hidden">]</span></del>'
        '<ins><span class="visually-hidden">[added: </span>&amp;<span class="visually-hidden">]</span></ins>'
    )


def test_a_new_content_is_added_in_all_its_rows():
    rows = list_changes(None, FACT, kind="fact")

    assert all(row.is_changed and row.old == "" for row in rows)
    assert ("Text", "text", "Fatigue is common.") in [(row.label, row.field, row.new) for row in rows]


def test_equal_contents_have_rows_and_no_change():
    rows = list_changes(FACT, copy.deepcopy(FACT), kind="fact")

    assert rows
    assert not any(row.is_changed for row in rows)


def test_empty_values_have_no_row():
    assert "Subtype" not in [row.label for row in list_changes(None, FACT, kind="fact")]


def test_a_source_is_matched_by_its_key_and_its_row_says_where():
    sources = [{**FACT["sources"][0], "locator": "p. 4"}, FACT["sources"][1]]

    assert changed(FACT, change(sources=sources)) == {"Source nice-ta20: where": ("p. 3", "p. 4")}


def test_another_source_is_one_removed_and_one_added():
    sources = [FACT["sources"][0], {"key": "new-1", "locator": "", "bearing": "supports", "quote": ""}]

    found = changed(FACT, change(sources=sources))

    assert found["Source new-1: key"] == ("", "new-1")
    assert found["Source who-2019: key"] == ("who-2019", "")


def test_another_order_of_the_sources_is_a_change():
    assert changed(FACT, change(sources=FACT["sources"][::-1])) == {
        "Sources: order": ("nice-ta20, who-2019", "who-2019, nice-ta20")
    }


def test_a_quantity_is_labelled_by_its_parts():
    assert changed(FACT, change(quantity={"low": "3", "bound": "more_than", "is_derived": False})) == {
        "Quantity: low": ("", "3"),
        "Quantity: bound": ("", "More than"),
        "Quantity: calculated by us from the source": ("", "no"),
    }


def test_choices_are_shown_in_words():
    assert changed(FACT, change(certainty="high")) == {"Certainty": ("Moderate", "High")}


def test_a_section_is_named_by_its_heading():
    sections = [{**COMPARISON["sections"][0], "lead": "Two."}]

    found = changed(COMPARISON, change(COMPARISON, sections=sections), kind="comparison")

    assert found == {"Section “How do they compare?”: lead": ("One.", "Two.")}


def test_a_section_with_a_better_heading_is_the_same_section():
    sections = [{**COMPARISON["sections"][0], "heading": "How different are they?"}]

    found = changed(COMPARISON, change(COMPARISON, sections=sections), kind="comparison")

    assert found == {"Section “How different are they?”: heading": ("How do they compare?", "How different are they?")}


def test_a_point_that_is_reworded_is_the_same_point():
    point = {"kind": "similarity", "topic": None, "text": "Both tire.", "citations": ["a"], "position": 0}
    old, new = change(COMPARISON, points=[point]), change(COMPARISON, points=[{**point, "text": "Both may tire."}])

    assert changed(old, new, kind="comparison") == {"Point “Both may tire.”: text": ("Both tire.", "Both may tire.")}


def test_authors_are_one_row():
    old = {"key": "a", "authors": [{"family": "Roe", "given": "J"}]}
    new = {"key": "a", "authors": [{"family": "Roe", "given": "J"}, {"literal": "The group"}]}

    assert changed(old, new, kind="citation") == {"Authors": ("Roe J", "Roe J; The group")}


def test_conditions_are_named():
    new = change(COMPARISON, conditions=[3, 5])

    assert changed(COMPARISON, new, kind="comparison", names={3: "ms", 4: "als", 5: "ssc"}) == {
        "Conditions": ("ms; als", "ms; ssc")
    }


@given(st.data())
def test_contents_that_differ_have_a_changed_row(data):
    """Whatever leaf of the content changes, a reviewer sees a row of it."""
    new = copy.deepcopy(FACT)
    holder = data.draw(st.sampled_from([new, new["topic"], *new["sources"]]))
    name = data.draw(st.sampled_from([n for n, v in holder.items() if isinstance(v, str)]))
    holder[name] = data.draw(st.text(max_size=5))

    assert any(row.is_changed for row in list_changes(FACT, new, kind="fact")) == (new != FACT)


def test_a_parent_condition_is_named():
    assert changed({"slug": "a", "parent": None}, {"slug": "a", "parent": 3}, kind="condition", names={3: "ssc"}) == {
        "Parent": ("", "ssc")
    }


def test_a_difference_that_reads_alike_is_shown_all_the_same():
    old, new = {"slug": "a", "also_known_as": ["x; y"]}, {"slug": "a", "also_known_as": ["x", "y"]}

    assert list(changed(old, new, kind="condition")) == ["Form of the content"]


@pytest.mark.django_db
def test_names_are_loaded_with_one_query(django_assert_num_queries):
    from tests.factories import make_condition

    one, two = make_condition(slug="one"), make_condition(slug="two")

    with django_assert_num_queries(1):
        names = load_names([{"condition": one.review_id}, None, {"conditions": [two.review_id]}])

    assert names == {one.review_id: "One", two.review_id: "Two"}

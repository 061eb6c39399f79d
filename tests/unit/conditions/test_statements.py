"""Facts keep their order, their groups, their nesting, and the words that tell how they belong together."""

import pytest

from conditions.presenting import WITHDRAWN_SOURCE, References
from conditions.statements import grow
from tests.unit.conditions.contents import fact, references


def shape(groups):
    def tree(statement):
        children = [tree(child) for child in statement.children]
        return (statement.key, children) if children else statement.key

    return {group.heading: [tree(statement) for statement in group.statements] for group in groups}


def only(groups):
    return groups[0].statements[0]


def grown(*facts, **values):
    return grow(facts, References(references("a", "b", "c")), **values)


def test_children_stand_under_their_parent_at_any_depth():
    groups = grown(fact("top"), fact("child", parent="top"), fact("grandchild", parent="child"), fact("other"))

    assert shape(groups) == {"": [("top", [("child", ["grandchild"])]), "other"]}


def test_groups_gather_their_facts_in_the_order_in_which_they_first_appear():
    groups = grown(fact("1", group="Skin"), fact("2"), fact("3", group="Lungs"), fact("4", group="Skin"))

    assert shape(groups) == {"Skin": ["1", "4"], "": ["2"], "Lungs": ["3"]}


def test_a_fact_whose_parent_is_not_here_stands_by_itself():
    assert shape(grown(fact("child", parent="elsewhere"))) == {"": ["child"]}


def test_facts_that_name_each_other_as_parents_are_shown_once():
    groups = grown(fact("a", parent="b"), fact("b", parent="a"), fact("c"))

    shown = str(shape(groups))
    assert [shown.count(f"'{key}'") for key in "abc"] == [1, 1, 1]


def test_marks_are_numbered_as_a_reader_meets_them():
    listed = References(references("a", "b", "c"))
    facts = [fact("top", "b"), fact("other", "c"), fact("child", "a", parent="top")]

    grow(facts, listed)

    assert [r.key for r in listed] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("rule", "count", "words"),
    [("all_of", None, "All of these"), ("any_of", None, "Any of these"), ("at_least", 2, "At least 2 of these")],
)
def test_a_set_of_criteria_says_how_many_count(rule, count, words):
    parent = fact("set", kind="criterion", rule=rule, rule_count=count)

    assert only(grown(parent, fact("one", parent="set", kind="criterion"))).rule == words


def test_a_plain_list_needs_no_rule_and_a_rule_without_a_list_is_not_said():
    assert only(grown(fact("list", rule="any_of"), fact("one", parent="list", kind="item"))).rule == ""
    assert only(grown(fact("set", kind="criterion", rule="all_of"))).rule == ""


def test_a_label_is_not_repeated_when_the_text_opens_with_it():
    assert only(grown(fact("a", label="Physical therapy", text="Helps."))).label == "Physical therapy"
    assert only(grown(fact("a", label="Fatigue", text="Fatigue is common."))).label == ""


@pytest.mark.parametrize(("certainty", "said"), [("low", "weak"), ("unclear", "disagree")])
def test_weak_and_disputed_statements_say_so(certainty, said):
    assert said in only(grown(fact("a", certainty=certainty))).remarks


def test_well_founded_statements_carry_no_remark():
    assert only(grown(fact("a", certainty="high"))).remarks == ""


def test_a_statement_with_a_withdrawn_source_has_the_notice():
    assert only(grown(fact("a", has_withdrawn_source=True))).notice == WITHDRAWN_SOURCE
    assert only(grown(fact("a"))).notice == ""


def test_a_statement_about_a_subtype_names_it():
    assert only(grown(fact("a", subtype="limited"), subtypes={"limited": "Limited form"})).subtype == "Limited form"

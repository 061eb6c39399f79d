"""A condition's page holds all that its edition holds."""

from datetime import date

from conditions.composing import compose_condition, review_condition
from conditions.content import FrozenSubtype
from tests.unit.comparisons.test_compose import FakeEdition
from tests.unit.conditions.contents import condition, fact, references, topic


def composed(*facts, **values):
    return compose_condition(condition("stiffness", *facts, **values))


def subtype(slug, **values):
    defaults = {"name": slug.title(), "abbreviation": "", "definition": "A form.", "citations": []}
    return FrozenSubtype(slug=slug, **{**defaults, "is_separate": False, **values})


def test_every_fact_is_on_the_page_under_its_topic():
    shown = composed(
        fact("a"),
        fact("b", topic=topic("causes", position=2)),
        fact("c", parent="b", topic=topic("causes", position=2)),
    )

    keys = {part.anchor: [s.key for group in part.groups for s in group.statements] for part in shown.topics}
    assert keys == {"topic-symptoms": ["a"], "topic-causes": ["b"]}
    assert shown.topics[1].groups[0].statements[0].children[0].key == "c"


def test_key_facts_come_first_in_short():
    shown = composed(
        fact("k", prominence="key", short="In short."),
        fact("not-in-table", prominence="key", short="No row.", topic=topic("outlook", in_table=False)),
        fact("detail", short="A detail."),
    )

    assert [[f.short for f in row.facts] for row in shown.key_facts] == [["In short."]]


def test_a_separate_condition_is_no_form_but_often_confused_with_this_one():
    shown = composed(subtypes=[subtype("limited"), subtype("morphea", is_separate=True)])

    assert [form.name for form in shown.forms] == ["Limited"]
    assert [form.name for form in shown.confused_with] == ["Morphea"]


def test_codes_are_listed_when_there_are_any_with_their_sources():
    shown = composed(
        icd10="G35",
        icd10_detail={"G35.A": "Relapsing"},
        mesh="D009103",
        codes_citations=["codes"],
        references=references("codes"),
    )

    assert [(code.system, code.code, code.detail) for code in shown.codes] == [
        ("ICD-10", "G35", (("G35.A", "Relapsing"),)),
        ("MeSH", "D009103", ()),
    ]
    assert "#r1" in shown.codes_marks
    assert composed().codes == ()


def test_the_abbreviation_is_not_listed_as_another_name():
    shown = composed(abbreviation="MS", also_known_as=["MS", "Disseminated sclerosis"])

    assert shown.also_known_as == ("Disseminated sclerosis",)
    assert shown.name.full == "Stiffness (MS)"


def test_when_the_evidence_was_searched_is_told():
    searched, never = condition("a", evidence_searched_on=date(2026, 10, 1)), condition("b")

    assert review_condition(searched, FakeEdition(slug="a")).evidence_searched == "1 October 2026"
    assert review_condition(never, FakeEdition(slug="b")).evidence_searched == ""

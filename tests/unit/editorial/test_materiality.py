"""Which changes are clinical by rule, whatever a reviewer calls them."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons.content import FrozenComparison, FrozenFAQ
from conditions.content import FrozenCitation, FrozenCondition, FrozenFact, FrozenTerm
from conditions.models import Measure, Subtype
from editorial import actions, errors
from editorial.differences import load_names
from editorial.materiality import find_clinical_reasons, load_lexicon
from editorial.models import Decision
from editorial.prose_changes import Lexicon
from editorial.registry import list_kinds, load_vocabulary
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, make_term, make_topic, publish
from tests.steps import approve, digests_now, edit, review_of, submit

TOPIC = {"slug": "walking", "name": "Walking", "question": "How do they walk?", "aspect": "Gait", "position": 1}
TOPIC |= {"in_table": True, "review_months": 24}
QUANTITY = {"measure": {"slug": "pace", "name": "Pace", "unit": "steps", "display": "range"}, "low": "20", "high": "40"}
SOURCE = {"key": "roe", "locator": "p. 3", "bearing": "supports", "quote": "Legs were heavy."}
FACT = {
    **{
        "key": "a",
        "condition": 7,
        "subtype": "",
        "topic": TOPIC,
        "group": "Legs",
        "kind": "statement",
        "label": "Gait",
    },
    **{"text": "Legs feel heavy.", "short": "Heavy legs", "prominence": "key", "parent": "", "rule": "", "position": 1},
    **{"rule_count": None, "certainty": "high", "quantity": QUANTITY, "sources": [SOURCE, {**SOURCE, "key": "doe"}]},
}
SECTION = {"topic": None, "heading": "Gait?", "lead": "They limp.", "verdict": "same", "rests_on": ["a"], "position": 0}
POINT = {"kind": "similarity", "topic": TOPIC, "text": "Both limp.", "citations": [], "rests_on": ["a"], "position": 0}
PICTURE = {"sha256": "0" * 64, "media_type": "image/png", "alt": "A leg", "credit": "Roe"}
COMPARISON = {
    **{"slug": "a-b", "title": "Gaits", "answer": "They limp.", "summary": "", "conditions": [3, 4]},
    **{"picture": PICTURE, "sections": [SECTION, {**SECTION, "heading": "Arms?", "position": 1}], "points": [POINT]},
}
CITATION = {
    **{"key": "roe", "type": "book", "title": "On heavy legs", "authors": [{"family": "Roe"}], "issued": "2020"},
    **{"doi": "10.1000/roe", "pmid": "1", "url": "", "integrity": "current", "evidence": "other", "superseded_by": ""},
}
CONDITION = {
    **{"slug": "wobble", "name": "Wobble", "abbreviation": "", "also_known_as": ["Jelly"], "definition": "Legs shake."},
    **{"definition_citations": ["roe"], "icd10": "X1", "icd10_detail": {"X1a": "Left"}, "picture": PICTURE},
    **{"position": 0, "subtypes": [{"slug": "s", "name": "Soft", "definition": "It is soft.", "citations": []}]},
}
CONTENTS = {"fact": FACT, "comparison": COMPARISON, "citation": CITATION, "condition": CONDITION}
LEXICON = Lexicon()
TOP = {
    "fact": FrozenFact,
    "citation": FrozenCitation,
    "condition": FrozenCondition,
    "term": FrozenTerm,
    "comparison": FrozenComparison,
    "faq": FrozenFAQ,
}

WORDING = [
    ("fact", "text", "Legs feel leaden."),
    ("fact", "label", "Walking"),
    ("fact", "short", "Leaden legs"),
    ("fact", "group", "The legs"),
    ("fact", "position", 9),
    ("fact", "topic.question", "How do people walk?"),
    ("fact", "topic.position", 8),
    ("comparison", "answer", "They hobble."),
    ("comparison", "sections.0.lead", "They hobble."),
    ("comparison", "sections.0.heading", "Walking?"),
    ("comparison", "sections.0.position", 7),
    ("comparison", "sections", [{**SECTION, "heading": "Arms?"}, {**SECTION, "position": 1}]),
    ("comparison", "points.0.text", "Both hobble."),
    ("comparison", "picture.alt", "A foot"),
    ("comparison", "picture.credit", "R. Roe"),
    ("citation", "title", "On leaden legs"),
    ("condition", "definition", "Legs tremble."),
    ("condition", "subtypes.0.definition", "It is squashy."),
]
CLINICAL = [
    ("fact", "text", "Legs do not feel heavy."),
    ("fact", "key", "b"),
    ("fact", "condition", 8),
    ("fact", "subtype", "s"),
    ("fact", "topic.slug", "sitting"),
    ("fact", "topic.review_months", 12),
    ("fact", "kind", "criterion"),
    ("fact", "prominence", "detail"),
    ("fact", "parent", "z"),
    ("fact", "rule", "any_of"),
    ("fact", "rule_count", 1),
    ("fact", "certainty", "low"),
    ("fact", "quantity", None),
    ("fact", "quantity.low", "21"),
    ("fact", "quantity.population", "walkers"),
    ("fact", "quantity.measure.name", "Speed"),
    ("fact", "sources", []),
    ("fact", "sources", [{**SOURCE, "key": "doe"}, SOURCE]),
    ("fact", "sources.0.locator", "p. 4"),
    ("fact", "sources.0.quote", "Legs were leaden."),
    ("fact", "sources.0.bearing", "contradicts"),
    ("comparison", "conditions", [3, 5]),
    ("comparison", "picture.sha256", "1" * 64),
    ("comparison", "picture", None),
    ("comparison", "sections.0.verdict", "different"),
    ("comparison", "sections.0.rests_on", ["b"]),
    ("comparison", "sections.0.topic", TOPIC),
    ("comparison", "sections", [SECTION]),
    ("comparison", "points.0.kind", "difference"),
    ("comparison", "points.0.citations", ["roe"]),
    ("citation", "doi", "10.1000/doe"),
    ("citation", "authors", [{"family": "Doe"}]),
    ("citation", "issued", "2021"),
    ("citation", "url", "https://roe.example/"),
    ("citation", "integrity", "retracted"),
    ("citation", "superseded_by", "doe"),
    ("condition", "name", "Wobbling"),
    ("condition", "also_known_as", ["Jelly", "Pudding"]),
    ("condition", "icd10", "X2"),
    ("condition", "icd10_detail.X1a", "Right"),
    ("condition", "subtypes.0.name", "Softer"),
    ("condition", "definition_citations", []),
]


def changed(kind, path, value):
    """The content of that kind with the value at that place."""
    content = copy.deepcopy(CONTENTS[kind])
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = content
    for part in way:
        place = place[part]
    place[last] = value
    return content


@pytest.mark.parametrize(("kind", "path", "value"), WORDING)
def test_prose_and_order_may_be_changes_of_wording(kind, path, value):
    assert find_clinical_reasons(CONTENTS[kind], changed(kind, path, value), kind=kind, lexicon=LEXICON) == []


@pytest.mark.parametrize(("kind", "path", "value"), CLINICAL)
def test_everything_else_is_clinical(kind, path, value):
    assert find_clinical_reasons(CONTENTS[kind], changed(kind, path, value), kind=kind, lexicon=LEXICON)


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_field_that_nobody_named_is_clinical(kind):
    assert find_clinical_reasons(CONTENTS[kind], {**CONTENTS[kind], "dose": ["5"]}, kind=kind, lexicon=LEXICON)


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_new_field_that_is_empty_is_no_change(kind):
    new = {**CONTENTS[kind], "dose": "", "doses": [], "is_dosed": False}

    assert find_clinical_reasons(CONTENTS[kind], new, kind=kind, lexicon=LEXICON) == []


def test_what_was_never_public_is_clinical():
    assert find_clinical_reasons(None, FACT, kind="fact", lexicon=LEXICON) == ["It is new."]


@pytest.mark.parametrize(
    ("kind", "path", "value", "reason"),
    [
        ("fact", "quantity.low", "21", "Quantity: low changed from “20” to “21”."),
        ("fact", "certainty", "low", "Certainty changed from “High” to “Low”."),
        ("fact", "sources", [SOURCE], "Source doe was removed."),
        ("fact", "text", "Legs feel no weight.", "Text: the negation “no” was added."),
        (
            "comparison",
            "sections.0.verdict",
            "different",
            "Section “gait?”: verdict changed from “Same” to “Different”.",
        ),
    ],
)
def test_a_reason_names_the_field_and_the_change(kind, path, value, reason):
    found = find_clinical_reasons(CONTENTS[kind], changed(kind, path, value), kind=kind, lexicon=LEXICON)

    assert reason.casefold() in [sentence.casefold() for sentence in found]


def test_a_changed_item_is_called_by_its_name():
    new = {**FACT, "condition": 8}

    (reason,) = find_clinical_reasons(FACT, new, kind="fact", names={7: "Wobble", 8: "Jelly"}, lexicon=LEXICON)

    assert reason == "Condition changed from “Wobble” to “Jelly”."


def test_every_field_that_is_called_prose_or_order_is_there():
    for kind in list_kinds():
        schema = TOP[kind.name].model_json_schema()
        for path in kind.prose | kind.order:
            assert _find(schema, path), f"{kind.name}: {path}"


def _find(schema, path):
    """What the schema says of the field at that path; nothing when there is none."""
    here = schema
    for name in path.split("."):
        here = _properties(here, schema).get(name)
        if here is None:
            return None
    return here


def _properties(here, schema):
    options = [here, here.get("items", {}), *here.get("anyOf", ())]
    for option in options:
        if "$ref" in option:
            return schema["$defs"][option["$ref"].rpartition("/")[2]]["properties"]
    return here.get("properties", {})


@pytest.mark.django_db
def test_the_words_of_the_content_are_read_in_one_query(django_assert_num_queries):
    condition = make_condition(name="Blue wobble", abbreviation="BW", also_known_as=["Jelly legs"])
    Subtype.objects.create(condition=condition, slug="soft", name="Soft wobble", abbreviation="SW")
    make_term(
        slug="t", preferred="tremor", abbreviation="TR", avoid=[{"text": "the shakes", "reason": "Rude word."}, 5]
    )
    make_fact(condition, label="Drumming", topic=make_topic("cure", aspect="Treatments"))
    make_fact(condition, label="Stumbling", topic=make_topic("signs"))
    Measure.objects.create(slug="m", name="Pace of legs", unit="steps", plausible_low=0, plausible_high=1)
    Measure.objects.create(slug="n", name="Heads", unit="people", plausible_low=0, plausible_high=1, display="count")

    text = "Blue wobble, BW, jelly legs, soft SW, tremor TR, the shakes, drumming, pace of legs, heads, steps, people."
    with django_assert_num_queries(1):
        found = load_vocabulary([text, "A rude word. Stumbling."])

    names = {"Blue wobble", "BW", "Jelly legs", "Soft wobble", "SW", "tremor", "TR", "the shakes", "Drumming"}
    assert found.names >= {*names, "Pace of legs", "Heads"}
    assert not found.names & {"Rude word.", "Stumbling", "5"}
    assert found.units == {"steps"}


@pytest.mark.django_db
def test_words_that_no_text_begins_to_have_are_not_read():
    condition = make_condition(name="Blue wobble", abbreviation="BW", also_known_as=["Jelly legs"])
    Subtype.objects.create(condition=condition, slug="soft", name="Soft wobble", abbreviation="SW")
    make_fact(condition, label="Drumming", topic=make_topic("cure", aspect="Treatments"))

    assert load_vocabulary(["Legs are sore when they wobble."]).names == frozenset()


@pytest.fixture
def fact(db):
    source = make_citation()
    condition = make_condition(name="Blue wobble", sources=[source])
    fact = make_fact(condition, sources=[source], text="Legs feel heavy in blue wobble.")
    publish(source, condition, fact)
    return fact


def test_an_editorial_approval_of_a_clinical_change_is_refused_and_says_why(fact):
    submit(fact, by=edit(fact, text="Legs never feel heavy in blue wobble."))
    before = Decision.objects.count()

    with pytest.raises(errors.TransitionNotAllowed, match="the negation “never” was added") as refusal:
        approve(fact, materiality="editorial")

    assert "Approve it as medical content." in str(refusal.value)
    assert Decision.objects.count() == before


def test_the_name_of_a_condition_cannot_be_changed_as_wording(fact):
    submit(fact, by=edit(fact, text="Legs feel heavy in red wobble."))

    with pytest.raises(errors.TransitionNotAllowed, match="the name “blue wobble”"):
        approve(fact, materiality="editorial")


def test_a_change_of_wording_is_approved_as_one(fact):
    submit(fact, by=edit(fact, text="Legs feel leaden in blue wobble."))

    approve(fact, materiality="editorial")

    assert review_of(fact).approval.materiality == "editorial"


def test_the_words_are_read_once_for_a_whole_batch(fact, django_assert_num_queries):
    facts = [make_fact(fact.condition, sources=[fact.citations.get()], text=f"Legs feel {w}.") for w in ("a", "b")]
    publish(*facts)
    contents = [review_of(item).approval.content["content"] for item in facts]

    with django_assert_num_queries(1):
        pairs = [(content, {**content, "text": "Legs rest."}) for content in contents]
        lexicon = load_lexicon(pairs)
        for old, new in pairs:
            find_clinical_reasons(old, new, kind="fact", lexicon=lexicon)


def test_the_words_are_read_only_where_somebody_calls_a_change_one_of_wording(fact):
    submit(fact, by=edit(fact, text="Legs never feel heavy."))
    reviewer, shown = make_reviewer(), digests_now(fact)

    with CaptureQueriesContext(connection) as seen:
        actions.approve([fact], by=reviewer, digests=shown)

    assert not [query for query in seen.captured_queries if "jsonb_build_array" in query["sql"]]


def test_names_of_other_items_can_be_looked_up_for_a_reason(fact):
    old = review_of(fact).approval.content["content"]
    other = make_condition(name="Red wobble")
    new = {**old, "condition": other.review_id}

    (reason,) = find_clinical_reasons(old, new, kind="fact", names=load_names([old, new]))

    assert reason == "Condition changed from “Blue wobble” to “Red wobble”."

"""A comparison is zipped by topic from editions, and tells where one side has nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from comparisons.compose import FIRST_DIFFERENCES, Curated, Part, compose
from comparisons.content import ComparisonContent, FAQContent, FrozenPoint, FrozenSection
from comparisons.page import Side
from tests.unit.conditions.contents import condition, fact, references, topic

SYMPTOMS, CAUSES, OUTLOOK = (
    topic("symptoms", position=1),
    topic("causes", position=2),
    topic("outlook", position=3, in_table=False),
)


@dataclass(frozen=True)
class FakeEdition:
    kind: str = "condition"
    slug: str = "some-slug"
    number: int = 3
    published_at: datetime = datetime(2026, 11, 22, tzinfo=UTC)
    content_changed_at: datetime = datetime(2026, 11, 20, tzinfo=UTC)
    last_reviewed_on: date | None = date(2026, 11, 22)
    review_due_on: date | None = date(2027, 11, 22)
    report_outcomes: Sequence[dict[str, Any]] = ()


def part(slug: str, *facts: Any, edition: FakeEdition | None = None, **values: Any) -> Part:
    return Part(condition(slug, *facts, **values), edition or FakeEdition(slug=slug))


def section(of: Any, **values: Any) -> FrozenSection:
    defaults = {"heading": "How?", "lead": "", "verdict": "", "rests_on": [], "position": 0}
    return FrozenSection(topic=of, **{**defaults, **values})


def point(kind: str, text: str, **values: Any) -> FrozenPoint:
    return FrozenPoint(
        **{"kind": kind, "topic": None, "text": text, "citations": [], "rests_on": [], "position": 0, **values}
    )


def curated(*, faqs: tuple[FAQContent, ...] = (), edition: FakeEdition | None = None, **values: Any) -> Curated:
    defaults = {
        "slug": "a-vs-b",
        "title": "A vs B",
        "answer": "They differ.",
        "summary": "",
        "conditions": [1, 2],
        "picture": None,
        "sections": [],
        "points": [],
        "references": references("own"),
        "reviewers": ["B Reviewer"],
        "is_demonstration": False,
        "withdrawn": {},
        "id": 9,
        "approval": 9,
    }
    content = ComparisonContent(**{**defaults, **values})
    return Curated(content, edition or FakeEdition(kind="comparison", slug="a-vs-b"), faqs)


def page(*parts: Part, **values: Any):
    return compose(parts, path="/compare/x/", **values)


def list_keys(side: Side) -> list[str]:
    return [statement["id"] for statement in BeautifulSoup(side.statements, "html.parser").select("li")]


def key(name: str, *sources: str, **values: Any):
    return fact(name, *sources, **{"prominence": "key", "short": f"Short {name}", "topic": SYMPTOMS, **values})


def test_rows_are_the_topics_of_the_table_in_their_order_and_columns_the_conditions():
    shown = page(
        part("a", key("a2", topic=CAUSES), key("a3", topic=OUTLOOK)),
        part("b", key("b1"), key("b2", topic=CAUSES)),
    )

    assert [row.slug for row in shown.table.rows] == ["symptoms", "causes"]
    assert [name.slug for name in shown.table.names] == ["a", "b"]
    assert [len(cell.items) for cell in shown.table.rows[1].cells] == [1, 1]


def test_an_empty_side_stays_an_empty_cell_and_an_empty_side_of_its_section():
    shown = page(part("a", key("a1")), part("b"))

    assert [len(cell.items) for cell in shown.table.rows[0].cells] == [1, 0]
    assert [bool(side.statements) for side in shown.sections[0].sides] == [True, False]


def test_only_key_facts_are_in_the_table_and_details_are_left_to_the_conditions_page():
    facts = [key("k"), fact("m", prominence="main", topic=SYMPTOMS), fact("d", topic=SYMPTOMS)]

    shown = page(part("a", *facts), part("b"))

    assert "Short k" in shown.table.rows[0].cells[0].items[0]
    assert list_keys(shown.sections[0].sides[0]) == ["fact-k", "fact-m"]


def test_criteria_stay_with_the_set_that_needs_them():
    facts = [
        fact("set", prominence="main", kind="criterion", rule="all_of", topic=SYMPTOMS),
        fact("one", parent="set", kind="criterion", topic=SYMPTOMS),
        fact("half", parent="one", topic=SYMPTOMS),
    ]

    side = page(part("a", *facts), part("b")).sections[0].sides[0]

    html = BeautifulSoup(side.statements, "html.parser")
    assert html.select_one(".fact-rule").get_text() == "All of these:"
    assert [statement["id"] for statement in html.select("#fact-set > ul > #fact-one > ul > li")] == ["fact-half"]


def test_sources_are_numbered_in_the_order_of_the_page():
    shown = page(
        part("a", key("a1", "from-a")),
        part("b", key("b1", "from-b")),
        curated=curated(
            summary="First [@own].",
            points=[point("similarity", "Both.", citations=["late"])],
            references=references("own", "late"),
        ),
    )

    assert [r.key for r in shown.references] == ["own", "from-a", "from-b", "late"]


def test_the_verdict_is_a_word_and_a_shape_and_only_where_editors_gave_one():
    shown = page(
        part("a", key("a1"), key("a2", topic=CAUSES)),
        part("b"),
        curated=curated(sections=[section(SYMPTOMS, verdict="different")]),
    )

    verdicts = [row.verdict for row in shown.table.rows]
    assert (verdicts[0].word, verdicts[0].shape) == ("Different", "≠")
    assert verdicts[1] is None
    assert shown.table.has_verdicts


def test_without_editors_there_is_no_answer_no_verdict_and_no_point():
    shown = page(part("a", key("a1")), part("b", key("b1")))

    assert (shown.answer, shown.summary, shown.questions) == ("", "", ())
    assert not shown.table.has_verdicts
    assert shown.points.shared == shown.points.differences == ()
    assert [row.slug for row in shown.table.rows] == ["symptoms"]


def test_the_first_differences_are_shown_and_the_rest_is_folded_by_topic():
    points = [point("difference", f"D{n}.", topic=CAUSES if n % 2 else SYMPTOMS) for n in range(FIRST_DIFFERENCES + 3)]

    shown = page(part("a"), part("b"), curated=curated(points=points)).points

    assert list(shown.differences) == [f"D{n}." for n in range(FIRST_DIFFERENCES)]
    assert [(fold.heading, list(fold.points)) for fold in shown.more_differences] == [
        ("Symptoms", ["D6.", "D8."]),
        ("Causes", ["D7."]),
    ]
    assert shown.more_count == 3


@pytest.mark.parametrize(
    ("kind", "list_points"),
    [
        ("similarity", lambda page: page.points.shared),
        ("co-occurrence", lambda page: page.having_both),
        ("confusion", lambda page: page.confusions),
    ],
)
def test_each_kind_of_point_has_its_place(kind, list_points):
    shown = page(part("a"), part("b"), curated=curated(points=[point(kind, "So it is.")]))

    assert list(list_points(shown)) == ["So it is."]


def test_when_to_get_help_stands_apart_from_the_other_topics():
    warning = topic("warnings", position=2, in_table=False, aspect="SeeDoctor")
    facts = [key("a1"), fact("call", prominence="main", topic=warning)]

    shown = page(part("a", *facts), part("b"), curated=curated(sections=[section(warning, heading="Get help")]))

    assert [s.slug for s in shown.sections] == ["symptoms"]
    assert (shown.help.heading, shown.help.anchor) == ("Get help", "topic-warnings")
    assert list_keys(shown.help.sides[0]) == ["fact-call"]
    assert page(part("a", key("a1")), part("b")).help is None


def test_the_page_is_as_old_as_its_oldest_review_and_due_when_its_first_part_is():
    old = FakeEdition(last_reviewed_on=date(2025, 1, 5), review_due_on=date(2028, 1, 1))
    due = FakeEdition(last_reviewed_on=date(2026, 1, 1), review_due_on=date(2026, 12, 24))

    shown = page(part("a", key("a1"), edition=old), part("b", edition=due), curated=curated())

    assert shown.review.last_reviewed == "5 January 2025"
    assert shown.review.next_due == "24 December 2026"
    assert shown.table.caption == "Key facts side by side. Last reviewed 5 January 2025."


def test_all_reviewers_and_editions_behind_the_page_are_named():
    shown = page(part("a"), part("b"), curated=curated())

    assert shown.review.reviewers == ("A Reviewer", "B Reviewer")
    assert [edition.history_url for edition in shown.review.editions] == [
        "/history/comparison/a-vs-b/",
        "/history/condition/a/",
        "/history/condition/b/",
    ]


def test_one_demonstration_part_makes_the_page_a_demonstration():
    assert page(part("a", is_demonstration=True), part("b")).review.is_demonstration
    assert not page(part("a"), part("b")).review.is_demonstration


def test_a_section_without_a_topic_follows_with_its_lead_alone():
    shown = page(part("a", key("a1")), part("b"), curated=curated(sections=[section(None, heading="Names")]))

    assert [s.heading for s in shown.sections] == ["What of symptoms?", "Names"]
    assert shown.sections[1].sides == ()


def test_the_columns_are_in_the_order_in_which_they_were_asked_for():
    shown = page(part("b"), part("a"), part("c"))

    assert [name.slug for name in shown.names] == ["b", "a", "c"]
    assert shown.title == "B, A and C, compared"

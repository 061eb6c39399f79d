"""A decision costs the same number of queries at fifty times the content, and each finds its rows by an index."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conditions.models import Citation, Condition, Fact
from editorial import actions
from editorial.models import Edition
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    make_topic,
    publish,
)
from tests.steps import digests_now, edit

pytestmark = pytest.mark.django_db

FACTS = 4
SIZES = (1, 50)
BATCH_QUERIES = 60  # For approving twenty facts at once.


def grow(conditions: int) -> None:
    """So many more conditions, each with facts, sources and a comparison with the one before, all public."""
    topic = make_topic()
    items: list[Citation | Condition | Fact] = []
    made: list[Condition] = []
    for _ in range(conditions):
        source = make_citation()
        condition = make_condition(sources=[source])
        facts = [make_fact(condition, sources=[source], topic=topic) for _ in range(FACTS)]
        items += [source, condition, *facts]
        made.append(condition)
    pairs = [make_comparison(*pair) for pair in pairwise(made)]
    publish(*items, *pairs)


def submitted_facts(count: int) -> list[Fact]:
    source = make_citation()
    condition = make_condition(sources=[source])
    facts = [make_fact(condition, sources=[source]) for _ in range(count)]
    publish(source, condition, *facts)
    editor = make_editor()
    for fact in facts:
        edit(fact, by=editor, text=f"{fact.key} in new words.")
    actions.submit(facts, by=editor)
    return facts


def submitted_facts_of_their_own(conditions: int) -> list[Fact]:
    """One fact each of so many conditions, each with sources of its own."""
    facts = [fact for _ in range(conditions) for fact in submitted_facts(1)]
    assert len({fact.condition_id for fact in facts}) == conditions
    return facts


def queries_to_approve(facts: Sequence[Fact]) -> int:
    reviewer, digests = make_reviewer(), digests_now(*facts)
    reviewer.has_perm("conditions.view_fact")  # A request asks for the rights once; that is not the action's cost.
    editions = Edition.objects.count()
    with CaptureQueriesContext(connection) as captured:
        actions.approve(facts, by=reviewer, digests=digests)
    assert Edition.objects.count() == editions + len({fact.condition_id for fact in facts})
    return len(captured)


@pytest.mark.slow
def test_one_fact_is_saved_submitted_and_approved_at_the_same_number_of_queries_at_fifty_times_the_content():
    counts = []
    for size in SIZES:
        grow(size)
        saved, submitted = (submitted_facts(1) for _ in range(2))
        steps = (queries_to_save(saved[0]), queries_to_submit(submitted), queries_to_approve(submitted_facts(1)))
        counts.append(steps)

    assert counts[0] == counts[1]


def test_twenty_facts_are_approved_at_once_in_a_bounded_number_of_queries():
    grow(3)

    assert queries_to_approve(submitted_facts(20)) <= BATCH_QUERIES


def test_a_batch_of_twenty_takes_the_queries_of_a_batch_of_two():
    grow(1)

    assert queries_to_approve(submitted_facts(20)) == queries_to_approve(submitted_facts(2))


def test_twenty_facts_of_twenty_conditions_take_the_queries_of_two() -> None:
    grow(1)
    queries = queries_to_approve(submitted_facts_of_their_own(20))

    assert queries <= BATCH_QUERIES
    assert queries == queries_to_approve(submitted_facts_of_their_own(2))


def queries_to_submit(facts: Sequence[Fact]) -> int:
    """After an edit of each."""
    editor = make_editor()
    for fact in facts:
        edit(fact, by=editor, text=f"{fact.key} in other words.")
    editor.has_perm("conditions.view_fact")
    with CaptureQueriesContext(connection) as captured:
        actions.submit(facts, by=editor)
    return len(captured)


def test_twenty_facts_are_submitted_at_the_queries_of_two() -> None:
    grow(1)

    assert queries_to_submit(submitted_facts(20)) == queries_to_submit(submitted_facts(2))


def queries_to_save(fact: Fact) -> int:
    with CaptureQueriesContext(connection) as captured:
        edit(fact, by=make_editor(), text="Other words.")
    return len(captured)


GROWING = {
    *("conditions_fact", "conditions_citation", "conditions_factcitation", "reversion_version", "reversion_revision"),
    *("editorial_review", "editorial_decision", "editorial_contribution", "editorial_edition", "editorial_presence"),
    *("editorial_searchentry", "editorial_searchstart", "editorial_searchword"),
}
"""Tables that have more rows the more content there is."""


def list_scanned(statements: Sequence[str]) -> set[str]:
    """The tables of which no index could find the rows of some statement, so that it would read them whole."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        # Small tables are read whole because that is cheaper; without that choice it is seen whether another is left.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            if re.match(r"\s*(?:\(?SELECT|UPDATE|DELETE|WITH)", statement):
                cursor.execute(f"EXPLAIN {statement}")
                found |= {name for (line,) in cursor.fetchall() for name in re.findall(r"Seq Scan on (\w+)", line)}
    return found


def test_no_step_from_saving_to_retiring_reads_a_growing_table_whole() -> None:
    grow(2)
    fact, editor, reviewer = submitted_facts(1)[0], make_editor(), make_reviewer()
    with CaptureQueriesContext(connection) as captured:
        edit(fact, by=editor, text="Other words.")
        actions.submit([fact], by=editor)
        actions.approve([fact], by=reviewer, digests=digests_now(fact))
        actions.retire([source.citation for source in fact.sources.all()], by=reviewer, reason="Withdrawn.")

    assert not list_scanned([query["sql"] for query in captured]) & GROWING


def test_a_table_that_is_read_whole_would_be_seen() -> None:
    assert list_scanned(["SELECT 1 FROM conditions_fact WHERE text = 'x'"]) == {"conditions_fact"}

"""The decisions that conditions are made of, without what they approved: one query, however many facts they have."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.db import connection

from editorial.outlines import Outline, OutlinedReview
from editorial.revisers import Outlined

_SIGNED = """
    decision.id, action, actor_name, actor_credentials, is_demonstration, decision.reviewed_on, decision.review_by,
    review.id AS review_id, review.kind, review.key
"""
_OF_REVIEW = "JOIN editorial_decision AS decision ON decision.id IN (approval_id, confirmation_id, retirement_id)"
# The same decisions as `building.gather_conditions` loads. What an approval cites is among what it stands on. They are
# sorted because PostgreSQL would send each as it finds it, and wait as soon as nobody reads.
_SQL = f"""
    WITH part AS (
        SELECT review_id AS owner, review_id FROM conditions_condition WHERE review_id = ANY(%(ids)s)
        UNION ALL
        SELECT condition.review_id, fact.review_id FROM conditions_condition AS condition
        JOIN conditions_fact AS fact ON fact.condition_id = condition.id WHERE condition.review_id = ANY(%(ids)s)
    ), own AS (
        SELECT owner, {_SIGNED}, stands_on
        FROM part CROSS JOIN LATERAL (SELECT * FROM editorial_review WHERE id = part.review_id OFFSET 0) AS review
        {_OF_REVIEW}
    ), cited AS (
        SELECT DISTINCT owner, substr(name, 10) AS cited FROM own, unnest(stands_on) AS name
        WHERE name LIKE 'citation:%%' AND action <> 'retire'
    )
    SELECT owner, id, action, actor_name, actor_credentials, is_demonstration, reviewed_on, review_by,
        review_id, kind, key FROM own
    UNION ALL
    SELECT owner, {_SIGNED}
    FROM cited JOIN editorial_review AS review ON review.kind = 'citation' AND review.key = cited {_OF_REVIEW}
    ORDER BY owner
"""


def outline_conditions(review_ids: Collection[int | None]) -> Callable[[], Outlined]:
    """Asks for them; what is returned reads the answer, by the condition's Review."""
    cursor = connection.cursor()
    cursor.execute(_SQL, {"ids": list(review_ids)})
    return lambda: _read(cursor.fetchall(), review_ids)


def _read(rows: Iterable[Sequence[Any]], review_ids: Collection[int | None]) -> Outlined:
    found: Outlined = {owner: [] for owner in review_ids}
    for owner, *values, review_id, kind, key in rows:
        found[owner].append(Outline(*values, OutlinedReview(review_id, kind, key)))
    return found

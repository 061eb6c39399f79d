"""Every way to tamper with the record is named, the first break as a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from editorial import actions, chain
from editorial.auditing import AuditBroken, audit
from editorial.freezing import digest_of
from editorial.models import Decision, Edition, Review
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact() -> Any:
    source = make_citation(key="source")
    condition = make_condition(slug="ms", sources=[source])
    fact = make_fact(condition, key="fact", sources=[source])
    publish(source, condition)
    publish(fact)
    return fact


@contextmanager
def tampering() -> Iterator[None]:
    """Somebody with all rights on the database, who switched its triggers off."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def first_break() -> str:
    with pytest.raises(AuditBroken) as caught:
        audit()
    return str(caught.value)


def approval_of(item: Any) -> Decision:
    return Decision.objects.get(review=item.review_id, action="approve")


def current(kind: str = "condition") -> Edition:
    return Edition.objects.current().get(kind=kind)


def test_an_untouched_record_is_whole(fact, capsys):
    call_command("audit")

    assert capsys.readouterr().out == "6 decisions, 3 editions: all whole.\n"


def test_an_empty_site_is_whole():
    assert audit().decisions == 0


def test_a_retired_and_a_changed_item_leave_the_record_whole(fact):
    editor, reviewer = make_editor(), make_reviewer()
    fact.text = "It says something else."
    fact.save()
    publish(fact, editor=editor, reviewer=reviewer)
    actions.retire([fact], by=reviewer, reason="Wrong.")

    assert audit().editions == 5


def test_the_command_ends_with_an_error_and_the_sentence(fact):
    with tampering():
        Decision.objects.filter(pk=approval_of(fact).pk).update(comment="Forged.")

    with pytest.raises(CommandError, match="is not what was recorded") as caught:
        call_command("audit")
    assert caught.value.returncode == 1


@pytest.mark.parametrize("field", ["comment", "actor_name", "digest"])
def test_a_changed_decision_is_named(fact, field):
    approval = approval_of(fact)
    with tampering():
        Decision.objects.filter(pk=approval.pk).update(**{field: "forged"})

    assert first_break().startswith(f"Decision {approval.pk} is not what was recorded")


def test_a_removed_decision_is_named(fact):
    submission = Decision.objects.get(review=fact.review_id, action="submit")
    with tampering():
        Decision.objects.filter(pk=submission.pk).delete()

    assert f"Decision {approval_of(fact).pk} does not follow" in first_break()


def test_a_removed_last_decision_is_named_by_what_points_to_it(fact):
    approval = approval_of(fact)
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE editorial_contribution SET settled_by_id = NULL")
        cursor.execute(
            "UPDATE editorial_review SET approval_id = NULL, status = 'draft' WHERE id = %s", [fact.review_id]
        )
        cursor.execute("DELETE FROM editorial_decision WHERE id = %s", [approval.pk])

    assert "manifest names decisions that are not there" in first_break()


def rehash_from(decision: Decision) -> None:
    """What a forger who knows the code would do: all hashes after it are made anew."""
    last = decision.previous_hash
    for row in Decision.objects.filter(pk__gte=decision.pk).in_order():
        row.previous_hash = last
        row.hash = last = chain.hash_of(row)
        Decision.objects.filter(pk=row.pk).update(previous_hash=row.previous_hash, hash=row.hash)


def test_a_digest_that_does_not_fit_the_approved_content_is_named_although_all_was_hashed_anew(fact):
    approval = approval_of(fact)
    approval.content["content"]["text"] = "Forged."
    with tampering():
        Decision.objects.filter(pk=approval.pk).update(content=approval.content)
        rehash_from(approval)

    assert f"Decision {approval.pk} approves something else than it holds" in first_break()


def test_an_approval_that_names_other_grounds_than_its_content_has_is_named(fact):
    approval = approval_of(fact)
    with tampering():
        Decision.objects.filter(pk=approval.pk).update(stands_on=[])
        rehash_from(approval)

    assert f"Decision {approval.pk} does not stand on what its content rests on" in first_break()


def test_a_review_that_points_to_another_items_approval_is_named(fact):
    other = approval_of(fact.condition)
    with tampering():
        Review.objects.filter(pk=fact.review_id).update(approval=other)

    assert f"points to decision {other.pk}, which is no approval of it" in first_break()


def test_a_review_that_forgets_its_approval_is_named(fact):
    with tampering():
        Review.objects.filter(pk=fact.review_id).update(approval=None, status="draft")

    assert f"it should be {approval_of(fact).pk}" in first_break()


def test_a_retired_item_that_is_made_live_again_is_named(fact):
    approval = approval_of(fact)
    actions.retire([fact], by=make_reviewer(), reason="Wrong.")
    with tampering():
        Review.objects.filter(pk=fact.review_id).update(approval=approval, status="approved")

    assert "it should be None" in first_break()


def test_a_changed_edition_is_named(fact):
    edition = current()
    edition.content["facts"][0]["text"] = "Forged."
    with tampering():
        Edition.objects.filter(pk=edition.pk).update(content=edition.content)

    assert first_break() == f"{edition}: its content does not fit its digest."


def test_a_changed_edition_with_a_new_digest_is_named(fact):
    edition = current()
    edition.content["facts"][0]["text"] = "Forged."
    with tampering():
        Edition.objects.filter(pk=edition.pk).update(content=edition.content, digest=digest_of(edition.content))

    assert first_break() == f"{edition}: it differs from what the approvals in its manifest make."


def test_a_changed_old_edition_is_named(fact):
    old = Edition.objects.get(kind="condition", number=1)
    with tampering():
        Edition.objects.filter(pk=old.pk).update(content={**old.content, "name": "Forged"})

    assert first_break() == f"{old}: its content does not fit its digest."


def test_a_manifest_that_leaves_an_approval_out_is_named(fact):
    edition = current()
    with tampering():
        Edition.objects.filter(pk=edition.pk).update(manifest={"decisions": edition.manifest["decisions"][:-1]})

    assert first_break() == f"{edition}: it differs from what the approvals in its manifest make."


def test_an_edition_that_stayed_behind_its_approvals_is_named(fact):
    new, old = current(), Edition.objects.get(kind="condition", number=1)
    with tampering():
        Edition.objects.filter(pk=new.pk).delete()
        Edition.objects.filter(pk=old.pk).update(is_current=True)

    assert first_break() == f"{old}: it differs from what the approvals that are live now make."


def test_a_gap_in_the_numbers_of_editions_is_named(fact):
    with tampering():
        Edition.objects.filter(kind="condition", number=1).delete()

    assert "have a gap: there are 1, and the last has number 2" in first_break()


def test_an_old_edition_that_is_shown_again_is_named(fact):
    with tampering():
        Edition.objects.filter(kind="condition", number=2).update(is_current=False)
        Edition.objects.filter(kind="condition", number=1).update(is_current=True)

    assert "has number 1, but the last one has 2" in first_break()


def test_an_approved_page_without_an_edition_is_named(fact):
    with tampering():
        Edition.objects.filter(kind="condition").delete()

    assert first_break() == "The condition “ms” is approved, but has no public edition."

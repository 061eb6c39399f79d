"""History is append-only in the database itself, for the ORM and for whoever types SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import Error, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from reversion.models import Revision, Version

from conditions.models import Citation
from editorial.models import Consultation, Contribution, Decision, Edition, Opinion, Picture, ReportOutcome, User
from editorial.models.edition import IMMUTABLE
from tests.factories import make_citation, make_condition, make_editor, make_fact, publish
from tests.steps import edit, retire, revise

pytestmark = pytest.mark.django_db

_DAYS = ("published_at", "content_changed_at", "last_reviewed_on", "review_due_on")
OTHER = {**dict.fromkeys(_DAYS, "1999-09-09"), **dict.fromkeys(("corrects", "tags"), "{x}"), "is_withdrawn": "true"}
"""What another value may look like, for columns that cannot be 7."""


@contextmanager
def refused_by_the_database(words: str) -> Iterator[None]:
    with pytest.raises(Error, match=words), transaction.atomic():
        yield


@pytest.fixture
def item() -> Citation:
    item = make_citation()
    publish(item)
    revise(item, title="A second edition")
    ReportOutcome.objects.create(kind="citation", subject_id=1, result="unchanged", readers=1, on=timezone.now().date())
    return item


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", ["editorial_decision", "editorial_edition", "editorial_reportoutcome"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"])
def test_no_row_of_history_is_deleted_by_sql(item: Citation, table: str, sql: str) -> None:
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")  # Checks that still wait would refuse before the trigger does.
    with refused_by_the_database("annot delete|annot update or delete|annot truncate|referenced in a foreign key"):
        run_sql(sql.format(table))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE editorial_decision SET comment = 'other'",
        "UPDATE editorial_decision SET at = at",
        "UPDATE editorial_reportoutcome SET readers = 99",
        "UPDATE editorial_edition SET content = '{}'",
        "UPDATE editorial_edition SET slug = 'other'",
        "UPDATE editorial_edition SET published_at = now()",
        "UPDATE editorial_edition SET is_withdrawn = true",
        "UPDATE editorial_edition SET is_current = true WHERE NOT is_current",
        "UPDATE editorial_edition SET content = '{}', is_current = false WHERE is_current",
    ],
)
def test_no_row_of_history_is_changed_by_sql(item: Citation, sql: str) -> None:
    with refused_by_the_database("annot update"):
        run_sql(sql)


@pytest.mark.parametrize("column", IMMUTABLE)
def test_no_column_of_an_edition_changes_alone(item: Citation, column: str) -> None:
    with refused_by_the_database("annot update"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE editorial_edition SET {column} = %s WHERE is_current", [OTHER.get(column, "7")])


def test_all_columns_of_an_edition_are_guarded_but_two() -> None:
    columns = {field.column for field in Edition._meta.local_concrete_fields}

    assert columns - set(IMMUTABLE) == {"is_current", "summary"}


def test_the_one_change_of_an_edition_is_that_it_stops_being_current(item: Citation) -> None:
    newest = Edition.objects.current().get()
    Edition.objects.filter(pk=newest.pk).update(is_current=False)

    with refused_by_the_database("annot update"):
        Edition.objects.filter(pk=newest.pk).update(is_current=True)


@pytest.mark.parametrize("model", [Decision, Edition])
def test_the_orm_cannot_delete_history(item: Citation, model: type) -> None:
    row = model.objects.order_by("-pk").first()
    with pytest.raises((Error, ProtectedError)), transaction.atomic():
        row.delete()
    with pytest.raises((Error, ProtectedError)), transaction.atomic():
        model.objects.all().delete()


@pytest.mark.parametrize("model", [Decision, Edition])
def test_the_orm_cannot_save_history_again(item: Citation, model: type) -> None:
    row = model.objects.order_by("pk").first()
    with refused_by_the_database("annot update"):
        row.save()
    with refused_by_the_database("annot update"):
        model.objects.bulk_update([row], ["digest"])


def test_an_item_with_decisions_cannot_be_deleted_not_even_when_it_is_retired(item: Citation) -> None:
    with refused_by_the_database("is retired, not deleted"):
        item.delete()
    with refused_by_the_database("is retired, not deleted"):
        Citation.objects.filter(pk=item.pk)._raw_delete("default")
    retire(item)
    with refused_by_the_database("is retired, not deleted"):
        Citation.objects.get(pk=item.pk).delete()


def test_a_draft_nobody_decided_on_can_be_deleted_and_leaves_no_review() -> None:
    draft = make_citation()
    review = draft.review
    draft.delete()

    assert not type(review).objects.filter(pk=review.pk).exists()


def test_a_user_who_decided_or_contributed_cannot_be_deleted(item: Citation) -> None:
    for user in {*User.objects.filter(decisions__isnull=False), *User.objects.filter(contributions__isnull=False)}:
        with pytest.raises(ProtectedError):
            user.delete()


def test_deleting_revisions_and_versions_deletes_no_decision_and_no_edition(item: Citation) -> None:
    before = list(Decision.objects.values()), list(Edition.objects.values())
    Version.objects.all().delete()
    Revision.objects.all().delete()

    assert (list(Decision.objects.values()), list(Edition.objects.values())) == before


@pytest.mark.parametrize("values", [{"key": "another"}, {"review_id": 0}])
def test_the_key_of_a_source_never_changes(item: Citation, values: dict[str, object]) -> None:
    with refused_by_the_database("annot update"):
        Citation.objects.filter(pk=item.pk).update(**values)


def test_the_key_and_the_condition_of_a_fact_never_change() -> None:
    fact, other = make_fact(make_condition()), make_condition()
    for name, value in {"key": "another", "condition": other}.items():
        with refused_by_the_database("annot update"):
            type(fact).objects.filter(pk=fact.pk).update(**{name: value})
        with refused_by_the_database("annot update"):
            edit(type(fact).objects.get(pk=fact.pk), **{name: value})


def test_the_bytes_of_a_picture_never_change() -> None:
    picture = Picture.store(b"picture", media_type="image/png")
    with refused_by_the_database("annot update"):
        Picture.objects.filter(pk=picture.pk).update(content=b"other")


def test_an_experts_answer_stays_as_it_was_given(item: Citation) -> None:
    now = timezone.now()
    asked = Consultation.objects.create(review=item.review, asked_by=make_editor(), asked_at=now, expires_at=now)
    answer = Consultation.objects.filter(pk=asked.pk)
    answer.update(answered_at=now, opinion=Opinion.AGREE, name="Dr Roe", interests="None.")

    for values in ({"opinion": Opinion.DISAGREE}, {"name": "Nobody"}, {"answered_at": None, "opinion": ""}):
        with refused_by_the_database("annot update"):
            answer.update(**values)


def test_the_database_refuses_an_approval_by_a_contributor_however_it_is_written() -> None:
    item = make_citation()
    publish(item)
    contributor = edit(item, title="My words")
    decision = Decision.objects.filter(action="approve").get()
    decision.pk, decision.actor = None, contributor
    decision.previous_hash, decision.hash = "p" * 64, "h" * 64

    with refused_by_the_database("four eyes"):
        Decision.objects.bulk_create([decision])
    Contribution.objects.filter(user=contributor).delete()
    Decision.objects.bulk_create([decision])  # So it was the contribution that was in the way.


def test_a_table_without_append_only_triggers_can_be_emptied(item: Citation) -> None:
    """So the refusals above come from the triggers and not from the rights of the test's role."""
    run_sql("DELETE FROM editorial_comment")
    with pytest.raises(ProgrammingError), transaction.atomic():
        run_sql("DELETE FROM editorial_no_such_table")

"""`manage.py publish_due`: a line for each item, and no fuss when nothing is due."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from conditions.models import Citation
from editorial import actions
from tests.factories import make_citation, make_reviewer
from tests.steps import approve, edit, review_of, submit

pytestmark = pytest.mark.django_db


def run(**options: int) -> str:
    out = StringIO()
    call_command("publish_due", stdout=out, **options)
    return out.getvalue()


def scheduled(key: str, *, publish_at: timedelta) -> Citation:
    """A source that was approved two days ago for a time from now."""
    item, now = make_citation(key=key), timezone.now()
    reviewer = make_reviewer(first_name="Rea", last_name="Viewer")
    submit(item)
    approve(item, by=reviewer, at=now - timedelta(days=2), publish_at=now + publish_at)
    return item


def test_what_is_due_is_published_with_a_line_and_the_rest_waits() -> None:
    due, later = scheduled("due", publish_at=-timedelta(minutes=1)), scheduled("later", publish_at=timedelta(days=1))

    assert run() == "Published: citation “due”, approved by Rea Viewer.\n"
    assert (review_of(due).status, review_of(later).status) == ("approved", "in_review")


def test_what_became_impossible_is_named_with_the_reason_and_is_no_failure() -> None:
    item = scheduled("changed", publish_at=-timedelta(minutes=1))
    Citation.objects.filter(pk=item.pk).update(title="Slipped in")

    said = run()

    assert said.startswith("Not published: citation “changed”. ")
    assert "has changed since it was submitted" in said
    assert run() == "Nothing was due.\n"


def test_on_a_timetable_only_what_somebody_must_look_at_is_said() -> None:
    scheduled("due", publish_at=-timedelta(minutes=1))
    changed = scheduled("changed", publish_at=-timedelta(minutes=1))
    Citation.objects.filter(pk=changed.pk).update(title="Slipped in")

    assert run(verbosity=0).startswith("Not published: citation “changed”.")
    assert run(verbosity=0) == ""


def test_what_was_cancelled_or_edited_is_not_due() -> None:
    cancelled = scheduled("cancelled", publish_at=-timedelta(minutes=1))
    edited = scheduled("edited", publish_at=-timedelta(minutes=1))
    actions.unschedule([cancelled], by=make_reviewer())
    edit(edited, title="Another title")

    assert run() == "Nothing was due.\n"

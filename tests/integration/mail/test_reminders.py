"""`manage.py remind`: one mail a day to each person with something to do."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from post_office.models import Email

from conditions.models import Fact
from editorial import actions
from editorial.models import Review
from editorial.reminders import remind
from tests.factories import make_editor, make_fact, make_reviewer, publish
from tests.integration.mail.conftest import last_text, make_drafts, queued
from tests.steps import digests_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.now().date()


def forget_acts() -> None:
    Email.objects.all().delete()


def test_a_reviewer_learns_what_waits_and_what_is_late(rae, edna, today):
    items = make_drafts(3)
    actions.submit(items, by=edna)
    actions.assign(items[:2], by=make_reviewer(), reviewer=rae, due_on=today - timedelta(days=1))
    forget_acts()

    remind(on=today)

    text = last_text("rae@example.org")
    assert "Overdue: you should have decided on 2 items assigned to you." in text
    assert "Waiting for my review: 5\nhttp://127.0.0.1:8000/admin/review/?tab=to-review" in text
    assert text.index("Overdue") < text.index("Waiting for my review")


def test_an_editor_learns_what_was_sent_back(rae, edna, today):
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.request_changes(items, by=rae, comment="SECRETWORD")
    forget_acts()

    remind(on=today)

    assert "Sent back to me: 3\nhttp://127.0.0.1:8000/admin/review/?tab=returned" in last_text("edna@example.org")
    assert queued().total() == 1


def test_re_checks_reviews_that_are_due_and_failed_schedules_are_counted(rae, edna, today):
    items = make_drafts(4)
    publish(*items)
    ids = [item.review_id for item in items]
    Review.objects.filter(pk=ids[2]).update(review_by=today - timedelta(days=1))
    Review.objects.filter(pk=ids[3]).update(review_by=today + timedelta(days=20))
    Review.objects.filter(pk=ids[4]).update(needs_recheck=True, recheck_reasons=["SECRETWORD"])
    late = make_fact(items[1], sources=items[:1])
    actions.submit([late], by=edna)
    tomorrow = timezone.now() + timedelta(days=1)
    actions.approve([late], by=rae, digests=digests_now(late), publish_at=tomorrow)
    Fact.objects.filter(pk=late.pk).update(text="Around the workflow.")
    actions.publish_due(at=tomorrow)
    forget_acts()

    remind(on=today)

    text = last_text("edna@example.org")
    for line in (
        "Could not be published as scheduled: 1",
        "Needs re-check: 1",
        "Review overdue: 1",
        "Review due within 30 days: 1",
    ):
        assert line in text
    assert "SECRETWORD" not in text


def test_a_statement_of_interests_that_ends_is_told_of(today):
    year = timedelta(days=365)
    make_reviewer(email="soon@example.org", interests_declared_on=today - year + timedelta(days=20))
    make_reviewer(email="over@example.org", interests_declared_on=today - year - timedelta(days=20))
    make_reviewer(email="never@example.org", interests="", interests_declared_on=None)
    make_reviewer(email="fine@example.org", interests_declared_on=today - timedelta(days=20))

    done = remind(on=today)

    assert (done.queued, done.without) == (3, 1)
    assert "Sign it anew before then.\nhttp://127.0.0.1:8000/admin/review/profile/" in last_text("soon@example.org")
    assert "Your statement of interests ended on" in last_text("over@example.org")
    assert "You have not signed a statement" in last_text("never@example.org")


def test_who_has_nothing_to_do_gets_no_mail(rae, edna, today):
    make_drafts()  # A draft of nobody's.

    done = remind(on=today)

    assert (done.queued, done.without, queued()) == (0, 2, {})


def test_a_second_run_on_one_day_sends_no_second_mail_and_says_so(rae, edna, capsys):
    actions.submit(make_drafts(), by=edna)
    forget_acts()

    for _ in range(2):
        call_command("remind")

    assert capsys.readouterr().out.splitlines() == [
        "Reminders written: 1. Have nothing to do: 1.",
        "Mails sent: 1.",
        "Reminders written: 0. Had theirs today and get no second one: 1. Have nothing to do: 1.",
        "Mails sent: 0.",
    ]
    assert [message.to for message in mail.outbox] == [["rae@example.org"]]


def test_the_next_day_has_a_mail_of_its_own(rae, edna, today):
    actions.submit(make_drafts(), by=edna)
    forget_acts()

    assert [remind(on=day).queued for day in (today, today, today + timedelta(days=1))] == [1, 0, 1]


def test_it_sends_what_is_still_queued(rae, edna, capsys):
    actions.submit(make_drafts(), by=edna)

    call_command("remind")

    assert sorted(message.subject for message in mail.outbox)[0] == "3 items wait for review"
    assert capsys.readouterr().out.endswith("Mails sent: 2.\n")


def test_it_says_no_word_of_any_item(rae, today):
    editor = make_editor(email="ed@example.org")
    source, condition, _ = make_drafts()
    fact = make_fact(condition, sources=[source], text="SECRETWORD <b>", key="secretword-key", note="SECRETWORD")
    items = [source, condition, fact]
    actions.submit(items, by=editor, comment="SECRETWORD")
    actions.request_changes([fact], by=rae, comment="SECRETWORD")

    remind(on=today)

    for email in Email.objects.all():
        assert "secretword" not in f"{email.subject}{email.message}".lower()
        assert condition.slug not in email.message
        assert "<" not in email.message


def test_each_person_costs_the_same_few_queries(rae, edna, today, django_assert_max_num_queries):
    actions.submit(make_drafts(5), by=edna)
    for number in range(8):
        make_reviewer(email=f"r{number}@example.org")

    with django_assert_max_num_queries(5 + 10 * 4):
        remind(on=today)

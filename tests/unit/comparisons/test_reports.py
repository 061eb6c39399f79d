"""Reports of readers: what the database refuses, and who is asked to answer."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from comparisons.models import Report
from comparisons.models.report import ReportStatus
from comparisons.reporting import INBOX, settle
from tests.factories import make_administrator, make_condition, make_fact, make_report, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.mark.parametrize(
    "values",
    [
        {"page": ""},
        {"text": ""},
        {"status": "lost"},
        {"channel": "rumour"},
        {"page": "https://example.org/"},
        {"page": "//example.org/"},
        {"page": "/\\example.org/"},
        {"page": "javascript:alert(1)"},
        {"answered_at": NOW},
        {"status": ReportStatus.UNCHANGED, "answer": "Corrected."},
        {"status": ReportStatus.DISMISSED, "answer": "It is right.", "answered_at": NOW},
    ],
)
def test_the_database_refuses_a_report_that_is_not_whole(values):
    with pytest.raises(IntegrityError):
        make_report(**values)


@pytest.mark.parametrize("status", [ReportStatus.UNCHANGED, ReportStatus.DISMISSED])
def test_the_database_refuses_a_report_that_is_closed_without_a_word(status, editor):
    with pytest.raises(IntegrityError):
        make_report(status=status, answered_by=editor, answered_at=NOW)


def test_who_closes_a_report_signs_it_and_opening_it_again_takes_the_signature_back(editor):
    report = make_report()
    report.status, report.answer = ReportStatus.UNCHANGED, "Corrected."
    settle(report, by=editor, at=NOW)
    report.save()
    assert (report.answered_by, report.answered_at) == (editor, NOW)

    report.status = ReportStatus.OPEN
    settle(report, by=editor, at=NOW)
    report.save()
    assert (report.answered_by, report.answered_at) == (None, None)


def test_a_report_names_its_fact_by_the_key_that_never_changes():
    fact = make_fact(make_condition(), key="of-something")

    report = make_report(fact=fact)

    assert Report.objects.get(pk=report.pk).fact_id == "of-something"


def test_only_open_reports_are_counted(editor):
    make_report()
    make_report(status=ReportStatus.DISMISSED, answer="It is right.", answered_by=editor, answered_at=NOW)

    assert INBOX.count() == 1
    assert INBOX.url().endswith("/comparisons/report/?status__exact=open")


def test_reports_concern_those_who_may_answer_them(editor, reviewer):
    assert INBOX.concerns(editor)
    assert INBOX.concerns(reviewer)
    assert not INBOX.concerns(make_administrator())
    assert not INBOX.concerns(make_user())

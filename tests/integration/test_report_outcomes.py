"""From the editors' inbox back to readers: what is told of a report, when, and never a word that somebody typed."""

from datetime import timedelta
from time import sleep

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.forms import modelform_factory
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comparisons import reporting
from comparisons.admin.report import ReportForm
from comparisons.models import Report
from conditions.models import Condition, Fact
from conditions.presenting import say_date
from editorial.models import ReportOutcome
from tests.admin_forms import errors_of
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_report, publish
from tests.public_routes import list_public_urls
from tests.steps import approve, current, edit, retire, revise, submit

pytestmark = pytest.mark.django_db

PAGE = "/conditions/made-up/"


def today() -> str:
    return say_date(timezone.now())


@pytest.fixture
def condition() -> Condition:
    """Public, with one fact, in a comparison."""
    source = make_citation()
    condition, other = make_condition(slug="made-up", sources=[source]), make_condition(slug="other", sources=[source])
    fact = make_fact(condition, key="of-it", text="Ten in a hundred have it.", prominence="main", sources=[source])
    comparison = make_comparison(condition, other, slug="made-up-vs-other")
    comparison.save()  # Its columns were added after its first save.
    comparison.refresh_from_db()
    publish(source, condition, other, fact, comparison)
    return condition


@pytest.fixture
def fact(condition) -> Fact:
    return Fact.objects.get(key="of-it")


@pytest.fixture
def desk(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def report_on(fact: Fact | None, **values) -> Report:
    seen = {"edition": current(fact.condition)} if fact else {}
    return make_report(**{"fact": fact, **seen, "received_at": timezone.now(), **values})


def close(client: Client, report: Report, status: str, **typed):
    page = BeautifulSoup(client.get(_form(report)).content, "html.parser")
    form = page.select_one("#report_form")
    data = {field["name"]: field.get("value", "") for field in form.select("input[name]:not([type=checkbox])")}
    data |= {field["name"]: field.text.strip() for field in form.select("textarea[name]")}
    data |= {s["name"]: next((o["value"] for o in s.select("[selected]")), "") for s in form.select("select[name]")}
    data = {name: value for name, value in data.items() if name not in ("_addanother", "_continue")}
    return client.post(_form(report), {**data, "status": status, "answer": "Looked at.", **typed})


def _form(report: Report) -> str:
    return reverse("admin:comparisons_report_change", args=[report.pk])


def read(address: str = PAGE) -> str:
    return BeautifulSoup(Client().get(address).content, "html.parser").main.get_text(" ", strip=True)


def test_a_correction_is_told_at_the_statement_wherever_it_stands(desk, fact):
    report = report_on(fact)
    revise(fact, text="Twelve in a hundred have it.")

    assert close(desk, report, "corrected").status_code == 302

    told = f"1 reader reported this; corrected on {today()}."
    for address in (PAGE, "/compare/made-up-vs-other/"):
        page = BeautifulSoup(Client().get(address).content, "html.parser")
        assert told in page.find(id="fact-of-it").get_text(" ", strip=True)
    outcome = ReportOutcome.objects.get()
    assert outcome.decision == Fact.objects.get(key="of-it").review.approval
    report.refresh_from_db()
    assert (report.outcome, report.status) == (outcome, "corrected")


def test_it_is_not_told_of_as_corrected_before_the_corrected_text_is_approved(desk, fact):
    report = report_on(fact)
    sentence = "Readers still read what they read when this report came."

    assert sentence in errors_of(close(desk, report, "corrected"))["status"][0]
    edit(fact, text="A draft of a correction.")
    assert sentence in errors_of(close(desk, report, "corrected"))["status"][0]

    assert Report.objects.open().count() == 1
    assert not ReportOutcome.objects.exists()


def test_an_approval_that_leaves_the_public_words_as_they_were_is_no_correction(desk, fact):
    report = report_on(fact)
    edit(fact.sources.get(), quote="For reviewers only.")
    fact.save()
    submit(fact)
    approve(fact)

    assert "status" in errors_of(close(desk, report, "corrected"))


def test_what_was_corrected_between_reading_and_writing_counts_as_corrected(desk, fact):
    seen = current(fact.condition)
    revise(fact, text="Twelve in a hundred have it.")

    assert close(desk, report_on(fact, edition=seen), "corrected").status_code == 302
    assert "status" in errors_of(close(desk, report_on(fact), "corrected"))


def test_a_letter_without_an_edition_is_held_against_what_was_public_when_it_came(desk, fact):
    sleep(1)  # The form keeps whole seconds: it must not come before the first approval.
    came = timezone.now()
    revise(fact, text="Twelve in a hundred have it.")

    assert close(desk, report_on(fact, edition=None, received_at=came), "corrected").status_code == 302
    before_all = came - timedelta(days=9)
    assert "status" in errors_of(close(desk, report_on(fact, edition=None, received_at=before_all), "corrected"))


def test_reports_about_the_same_are_closed_together_and_told_as_one_number(desk, fact, editor):
    first, second, third = (report_on(fact, text=f"Number {n}.") for n in range(3))
    page = BeautifulSoup(desk.get(_form(first)).content, "html.parser")
    assert [box["value"] for box in page.select("[name=also]")] == [str(second.pk), str(third.pk)]

    close(desk, first, "unchanged", also=[second.pk, third.pk])

    assert f"3 readers reported this; checked on {today()}, no change needed." in read()
    assert {(r.status, r.answered_by, r.answer) for r in Report.objects.all()} == {("unchanged", editor, "Looked at.")}
    assert ReportOutcome.objects.get().readers == 3


def test_closed_one_by_one_on_the_same_day_they_are_one_number_too(desk, fact):
    for _ in range(2):
        close(desk, report_on(fact), "unchanged")

    assert "2 readers reported this" in read()


def test_what_is_closed_without_a_note_tells_readers_nothing(desk, fact):
    close(desk, report_on(fact), "dismissed")

    assert "reported" not in read()
    assert not ReportOutcome.objects.exists()


def test_opened_again_what_was_told_is_taken_back_and_told_anew(desk, fact):
    report = report_on(fact)
    close(desk, report, "unchanged")
    close(desk, report, "open")
    assert "reported this" not in read()
    assert Report.objects.get().answered_by is None

    revise(fact, text="Twelve in a hundred have it.")
    close(desk, report, "corrected")

    assert f"1 reader reported this; corrected on {today()}." in read()


def test_what_other_readers_reported_before_stays_when_a_later_report_is_opened_again(desk, fact):
    first, second, third = (report_on(fact, text=f"Number {n}.") for n in range(3))
    revise(fact, text="Twelve in a hundred have it.")
    close(desk, first, "corrected", also=[second.pk, third.pk])
    later = report_on(fact, text="Of the new text.")
    close(desk, later, "unchanged")
    assert "1 reader reported this; checked on" in read()

    close(desk, later, "open")

    assert f"3 readers reported this; corrected on {today()}." in read()


@pytest.mark.parametrize("status", ["open", "dismissed"])
def test_of_those_closed_together_one_is_taken_back_alone(desk, fact, status):
    first, second, third = (report_on(fact, text=f"Number {n}.") for n in range(3))
    close(desk, first, "unchanged", also=[second.pk, third.pk])

    close(desk, second, status)

    assert f"2 readers reported this; checked on {today()}, no change needed." in read()
    for report in (first, third):
        close(desk, report, status)
    assert "reported this" not in read()


def test_two_who_answer_at_the_same_time_do_not_tell_it_twice(fact, editor):
    pk = report_on(fact).pk
    first, second = Report.objects.get(pk=pk), Report.objects.get(pk=pk)
    for report in (first, second):
        report.status, report.answer = "unchanged", "Looked at."
    reporting.close([first], by=editor, at=timezone.now())

    with pytest.raises(reporting.AnsweredMeanwhile):
        reporting.close([second], by=editor, at=timezone.now())

    assert ReportOutcome.objects.get().readers == 1


def test_who_is_second_reads_beside_the_status_that_somebody_was_faster(fact, editor):
    values = {"status": "unchanged", "answer": "Looked at."}
    report = report_on(fact)
    form = modelform_factory(Report, ReportForm, fields=("status", "answer"))
    slower = form(values, instance=Report.objects.get(pk=report.pk))
    faster = Report.objects.get(pk=report.pk)
    faster.status, faster.answer = "dismissed", "Spam."
    reporting.close([faster], by=editor, at=timezone.now())

    assert "Somebody else answered this report" in slower.errors["status"][0]


def test_a_changed_answer_alone_tells_readers_nothing_new(desk, fact):
    report = report_on(fact)
    close(desk, report, "unchanged")
    close(desk, report, "unchanged", answer="Said more clearly.")

    assert ReportOutcome.objects.count() == 1
    assert Report.objects.get().answer == "Said more clearly."


def test_a_withdrawn_statement_takes_its_note_with_it(desk, fact):
    close(desk, report_on(fact), "unchanged")
    retire(fact)

    assert "reported this" not in read()
    assert "status" in errors_of(close(desk, make_report(fact=fact), "corrected"))


def test_of_a_page_as_a_whole_it_is_told_beside_its_edition(desk, condition):
    report = make_report(page=PAGE, edition=current(condition))
    assert "Choose above the fact that was corrected" in errors_of(close(desk, report, "corrected"))["status"][0]
    revise(condition, definition="Another definition.")

    close(desk, report, "corrected")

    page = BeautifulSoup(Client().get(PAGE).content, "html.parser")
    assert f"1 reader reported this; corrected on {today()}." in page.select_one(".about-page dl").get_text(" ")


def test_a_page_without_editions_is_closed_without_a_note(desk):
    report = make_report(page="/about/")

    assert "status" in errors_of(close(desk, report, "corrected"))
    assert close(desk, report, "unchanged").status_code == 302
    assert not ReportOutcome.objects.exists()


def test_old_versions_and_editions_say_nothing_of_later_reports(desk, fact):
    close(desk, report_on(fact), "unchanged")
    revise(fact, text="Something newer.")

    assert "reported this" not in read("/history/condition/made-up/1/")


def test_the_note_costs_no_query(desk, fact):
    with CaptureQueriesContext(connection) as without:
        read("/compare/made-up-vs-other/")
    close(desk, report_on(fact), "unchanged")

    with CaptureQueriesContext(connection) as queries:
        assert "reported this" in read("/compare/made-up-vs-other/")
    assert len(queries) == len(without)


def test_reports_about_different_things_are_not_closed_together(desk, fact, condition):
    other = make_report(page=PAGE)
    report = report_on(fact)

    assert "also" not in BeautifulSoup(desk.get(_form(report)).content, "html.parser").text
    close(desk, report, "unchanged", also=[other.pk])

    assert Report.objects.get(pk=other.pk).is_open


def test_no_word_of_a_report_or_of_its_answer_is_ever_public(desk, fact, condition):
    """Canaries in everything that somebody types, then every public address."""
    words = {"text": "zqtextz", "answer": "zqanswerz", "section": "zqsectionz"}
    told = {name: word for name, word in words.items() if name != "answer"}
    reports = [report_on(fact, **told), make_report(page=PAGE, edition=current(condition), **told)]
    revise(fact, text="Twelve in a hundred have it.")
    close(desk, reports[0], "corrected", answer="zqanswerz")
    close(desk, reports[1], "unchanged", answer="zqanswerz")
    assert Report.objects.open().count() == 0

    client = Client()
    leaks = {}
    for url in list_public_urls():
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        leaks[url] = [word for word in words.values() if word.encode() in body or word in str(response.headers)]

    assert len(leaks) > 30
    assert {url: found for url, found in leaks.items() if found} == {}
    assert "reported this" in read()

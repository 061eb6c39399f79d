"""The editors' inbox: what readers say is wrong, typed in, found again and answered."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparisons.models import Report
from comparisons.models.report import Channel, ReportStatus
from tests.admin_forms import errors_of
from tests.factories import make_citation, make_condition, make_fact, make_report, publish
from tests.steps import current

pytestmark = pytest.mark.django_db

LIST = "admin:comparisons_report_changelist"


@pytest.fixture
def desk(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def fact():
    return make_fact(make_condition(slug="made-up"), key="of-it", text="Something is so.")


def typed(**values):
    now = timezone.now() - timedelta(minutes=1)
    defaults = {"fact": "", "page": "", "text": "It is wrong.", "channel": "letter", "status": "open", "answer": ""}
    moment = {"received_at_0": f"{now:%Y-%m-%d}", "received_at_1": f"{now:%H:%M:%S}"}
    return {**defaults, **moment, **values}


def add(client, **values):
    return client.post(reverse("admin:comparisons_report_add"), typed(**values))


def change(client, report, **values):
    return client.post(reverse("admin:comparisons_report_change", args=[report.pk]), typed(**values))


def test_an_editor_types_in_what_came_by_letter(desk, fact):
    assert add(desk, fact=fact.key, text="The number is wrong.").status_code == 302

    report = Report.objects.get()
    assert (report.fact, report.channel, report.status) == (fact, Channel.LETTER, ReportStatus.OPEN)
    assert report.answered_by is None


def test_what_is_typed_in_never_came_through_the_site(desk, fact):
    response = add(desk, fact=fact.key, channel="site")

    assert "channel" in errors_of(response)
    assert not Report.objects.exists()


def test_the_form_says_that_nothing_about_the_person_belongs_into_it(desk):
    page = BeautifulSoup(desk.get(reverse("admin:comparisons_report_add")).content, "html.parser")

    assert "Leave out everything about the person" in page.select_one("#id_text_helptext").text
    names = {field["name"] for field in page.select("#report_form [name]") if not field["name"].startswith("_")}
    assert (
        names - {"csrfmiddlewaretoken"}
        == {
            *("fact", "page", "reason", "text", "channel", "status", "answer"),
            *("received_at_0", "received_at_1", "initial-received_at_0", "initial-received_at_1"),
        }
        & names
    )
    assert "name" not in names


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("/conditions/made-up/", "/conditions/made-up/"),
        ("http://127.0.0.1:8000/conditions/made-up/?x=1#y", "/conditions/made-up/"),
        ("http://127.0.0.1:8000", "/"),
    ],
)
def test_a_whole_address_of_the_site_may_be_pasted(desk, pasted, kept):
    assert add(desk, page=pasted).status_code == 302

    assert Report.objects.get().page == kept


@pytest.mark.parametrize(
    "address", ["https://example.org/x/", "//example.org/x/", "/\\example.org", "javascript:alert(1)", "conditions"]
)
def test_an_address_of_another_site_is_refused_beside_its_field(desk, address):
    response = add(desk, page=address, text="Keep this.")

    assert errors_of(response) == {"page": ["Give an address of this site, such as /conditions/the-name/."]}
    assert "Keep this." in response.content.decode()


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({}, "fact", "Choose the fact, or give the address of the page, or both."),
        ({"page": "/", "text": "  "}, "text", "This field is required."),
        ({"page": "/", "received_at_0": "2999-01-01"}, "received_at", "This time is still to come. Say when it came."),
        ({"page": "/", "status": "unchanged"}, "answer", "Say what became of it, for those who read this later."),
        ({"page": "/", "status": "dismissed"}, "answer", "Say what became of it, for those who read this later."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(desk, values, field, sentence):
    assert errors_of(add(desk, **values)) == {field: [sentence]}
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", ["unchanged", "dismissed"])
def test_who_answers_signs_it(desk, editor, status):
    report = make_report()

    assert change(desk, report, page="/", status=status, answer="Looked at.").status_code == 302

    report.refresh_from_db()
    assert (report.status, report.answered_by, report.answer) == (status, editor, "Looked at.")
    assert report.answered_at is not None


def test_a_form_cannot_sign_for_somebody_else(desk, editor, reviewer):
    report = make_report()

    change(desk, report, page="/", status="unchanged", answer="Done.", answered_by=reviewer.pk)

    assert Report.objects.get().answered_by == editor


def test_other_edits_keep_who_answered(desk, reviewer):
    at = timezone.now() - timedelta(days=3)
    closed = {"status": "unchanged", "answer": "Done.", "answered_by": reviewer, "answered_at": at}
    report = make_report(**closed)

    change(desk, report, page="/", status="unchanged", answer="Done.", text="A name is taken out.")

    report.refresh_from_db()
    assert (report.text, report.answered_by, report.answered_at) == ("A name is taken out.", reviewer, at)


def rows(client, **query):
    page = BeautifulSoup(client.get(reverse(LIST), query).content, "html.parser")
    return [row.get_text(" ", strip=True) for row in page.select("#result_list tbody tr")]


def test_the_inbox_shows_the_newest_first_and_filters(desk, fact, editor):
    now = timezone.now()
    make_report(fact=fact, text="Of the fact.", received_at=now - timedelta(days=2), channel=Channel.PHONE)
    make_report(page="/compare/a/", text="Of the page.", received_at=now - timedelta(days=1))
    make_report(text="Dealt with.", status="unchanged", answer="Done.", answered_by=editor, answered_at=now)

    assert [row.split(".")[0] for row in rows(desk)] == ["Dealt with", "Of the page", "Of the fact"]
    assert len(rows(desk, status__exact="open")) == 2
    assert len(rows(desk, channel__exact="phone")) == 1
    make_report(fact=make_fact(make_condition()), text="Of another condition.")
    assert len(rows(desk, fact__condition__id__exact=fact.condition_id)) == 1
    assert len(rows(desk, q="of-it")) == 1


def test_the_inbox_pages_and_takes_as_many_queries_for_many_as_for_few(desk, fact, django_assert_max_num_queries):
    for number in range(60):
        make_report(fact=fact, text=f"Report {number}.")

    with django_assert_max_num_queries(12):
        assert len(rows(desk)) == 50
    assert len(rows(desk, p=2)) == 10


def test_a_report_leads_to_its_fact_page_and_edition(desk):
    source = make_citation()
    condition = make_condition(slug="made-up", sources=[source])
    fact = make_fact(condition, sources=[source])
    publish(source, condition, fact)
    report = make_report(fact=fact, page="/conditions/made-up/", edition=current(condition))

    page = BeautifulSoup(desk.get(reverse("admin:comparisons_report_change", args=[report.pk])).content, "html.parser")

    links = [link["href"] for link in page.select(".field-shown_links a")]
    assert links == [
        reverse("admin:conditions_fact_change", args=[fact.pk]),
        "/conditions/made-up/",
        "/history/condition/made-up/1/",
    ]
    assert desk.get(links[2]).status_code == 200


def test_hostile_words_are_shown_as_words(desk):
    report = make_report(page='/"><script>x</script>', text="<script>alert(1)</script>")

    for address in (reverse(LIST), reverse("admin:comparisons_report_change", args=[report.pk])):
        assert "<script>alert" not in desk.get(address).content.decode()
        assert "<script>x" not in desk.get(address).content.decode()


def test_only_administrators_delete_a_report(desk, administrator):
    report = make_report()
    address = reverse("admin:comparisons_report_delete", args=[report.pk])
    assert desk.post(address, {"post": "yes"}).status_code == 403

    client = Client()
    client.force_login(administrator)
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Report.objects.exists()

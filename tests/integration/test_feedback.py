"""“Is something wrong here?”: the form, what it refuses, and what reaches the editors."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone

from comparisons.feedback import senders
from comparisons.models import Report, Sending
from conditions.models import Fact
from tests.rich_content import RichSite, build_rich_site
from tests.steps import current, retire, revise

pytestmark = pytest.mark.django_db

PAGE = "/conditions/stiffness/"
TEXT = "The guideline of 2025 says something else."


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


@pytest.fixture
def fact(site: RichSite) -> Fact:
    return Fact.objects.filter(condition=site.stiffness, review__approval__isnull=False).order_by("pk")[0]


def look(client: Client, **query: str) -> BeautifulSoup:
    return BeautifulSoup(client.get("/feedback/", query).content, "html.parser")


def fill(page: BeautifulSoup, **typed: str) -> dict[str, str]:
    """What a browser sends: the hidden fields as they are, and what was typed."""
    carried = {field["name"]: field.get("value", "") for field in page.select("main form [type=hidden]")}
    carried |= {
        option.find_parent("select")["name"]: option["value"] for option in page.select("main form option[selected]")
    }
    return {**carried, "reason": "wrong", "text": TEXT, "homepage": "", **typed}


def send(client: Client, *, about: str = PAGE, fact: str = "", section: str = "", **typed: str):
    page = look(client, about=about, fact=fact, section=section)
    return client.post("/feedback/", fill(page, **typed), headers={"Sec-Fetch-Site": "same-origin"})


def words_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def test_the_form_shows_the_statement_and_warns_before_anybody_writes(client, site, fact):
    page = look(client, about=PAGE, fact=fact.key)

    said = page.main.get_text(" ", strip=True)
    assert fact.text in page.select_one("blockquote").text
    assert "Stiffness" in said
    assert "not for medical questions or emergencies" in said
    assert "no names, no addresses" in page.select_one("#id_text_helptext").text
    asked = {field["name"] for field in page.select("main form [name]")}
    assert asked == {"about", "section", "seen", "fact", "reason", "text", "homepage"}


def test_a_report_reaches_the_inbox_with_its_fact_and_edition(client, site, fact):
    response = send(client, fact=fact.key)

    assert (response.status_code, response["Location"]) == (302, f"/feedback/thanks/?about={PAGE}")
    report = Report.objects.get()
    assert (report.fact_id, report.page, report.reason, report.text) == (fact.key, PAGE, "wrong", TEXT)
    assert report.edition == current(site.stiffness)
    assert (report.channel, report.status, report.answered_by) == ("site", "open", None)
    thanks = BeautifulSoup(client.get(response["Location"]).content, "html.parser")
    assert thanks.main.find("a", string="Back to the page")["href"] == PAGE


def test_on_a_comparison_a_statement_is_chosen_and_its_conditions_edition_kept(client, site, fact):
    about, section = "/compare/stiffness-vs-hardness/", f"topic-{fact.topic.slug}"
    options = [o["value"] for o in look(client, about=about, section=section).select("select[name=fact] option")]
    assert options[0] == ""
    assert fact.key in options

    send(client, about=about, section=section, fact=fact.key)
    send(client, about=about, section=section)

    whole, single = Report.objects.order_by("fact_id").reverse()
    assert (single.fact_id, single.edition) == (fact.key, current(site.stiffness))
    assert (whole.fact_id, whole.section, whole.edition) == (None, section, current(site.comparison))


def test_a_report_may_be_about_every_page(client, site):
    pages = ["/compare/?with=stiffness&with=rigidity", "/es/conditions/stiffness/", "/faqs/can-one-have-both/"]
    pages += ["/sources/sound/", "/glossary/", "/about/", "/"]

    assert {send(client, about=about).status_code for about in pages} == {302}

    assert {report.page for report in Report.objects.all()} == {about.removeprefix("/es") for about in pages}


def test_what_was_searched_for_is_not_kept(client, site):
    send(client, about="/faqs/?q=my-own-illness")

    assert Report.objects.get().page == "/faqs/"


def test_the_edition_is_the_one_that_was_shown_when_the_form_was_opened(client, site, fact):
    page = look(client, about=PAGE, fact=fact.key)
    shown = current(site.stiffness)
    revise(fact, text="Something else by now.")

    client.post("/feedback/", fill(page))
    client.post("/feedback/", fill(page, seen="999.1 x.y 1", text="Another."))
    client.post("/feedback/", fill(page, seen=f"{shown.subject_id}.77", text="A third."))

    editions = {report.text: report.edition for report in Report.objects.all()}
    assert editions == {TEXT: shown, "Another.": current(site.stiffness), "A third.": current(site.stiffness)}


def test_what_is_refused_is_said_beside_its_field_and_kept(client, site):
    for typed, field in (
        ({"reason": ""}, "reason"),
        ({"reason": "whim"}, "reason"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "nul \x00 byte"}, "text"),
        ({"text": "Write to jo@example.org about it."}, "text"),
        ({"text": "Call +44 20 7946 0958."}, "text"),
    ):
        response = send(client, **typed)

        assert response.status_code == 400, typed
        assert "no-store" in response["Cache-Control"]
        page = BeautifulSoup(response.content, "html.parser")
        assert page.find(id=f"id_{field}_error"), typed
        assert page.title.string.startswith("Error:")
        assert page.find("textarea").text.strip("\r\n") == typed.get("text", TEXT) or "\x00" in typed["text"]
    assert not Report.objects.exists()


def test_a_sentence_names_what_looks_personal(client, site):
    assert "jo@example.org" in words_of(send(client, text="Ask jo@example.org."))


def test_a_program_is_thanked_and_nothing_is_kept(client, site):
    for typed in ({"homepage": "https://buy.example"}, {"homepage": "x", "reason": "", "text": ""}):
        response = send(client, **typed)
        assert (response.status_code, response["Location"]) == (302, f"/feedback/thanks/?about={PAGE}")

    assert not Report.objects.exists()
    assert not Sending.objects.exists()
    trap = look(client, about=PAGE).find("input", attrs={"name": "homepage"})
    assert trap.find_parent(attrs={"hidden": True})
    assert (trap["autocomplete"], trap["tabindex"]) == ("off", "-1")


def test_the_same_sent_twice_is_kept_once(client, site, fact):
    assert [send(client, fact=fact.key).status_code for _ in range(2)] == [302, 302]
    send(client, fact=fact.key, text="Something else.")

    assert Report.objects.count() == 2


def test_too_many_are_asked_to_wait_and_keep_what_they_wrote(client, site, monkeypatch):
    monkeypatch.setattr(senders, "MOST_OF_ONE", 1)
    send(client)

    response = send(client, text="The second.")

    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3600
    assert "no-store" in response["Cache-Control"]
    assert "The second." in words_of(response)
    assert Report.objects.count() == 1
    Sending.objects.update(at=timezone.now() - timedelta(hours=1))
    assert send(client, text="The second.").status_code == 302


def test_a_form_on_another_site_is_refused_and_what_it_holds_may_be_sent_from_here(client, site):
    data = fill(look(client, about=PAGE))

    response = client.post("/feedback/", data, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert TEXT in words_of(response)
    assert not Report.objects.exists()


def test_no_answer_sets_a_cookie_and_no_token_is_asked_for(site):
    client = Client(enforce_csrf_checks=True)
    answers = [client.get("/feedback/"), send(client), send(client, text=""), client.get("/feedback/thanks/")]

    assert [answer.status_code for answer in answers] == [200, 302, 400, 200]
    assert not client.cookies
    assert not [answer for answer in answers if "cookie" in answer.get("Vary", "").lower()]


def test_a_page_that_is_not_ours_gets_a_helpful_answer(client, site):
    strange = ["/no-such-page/", "/conditions/nothing/", "//example.org/", "https://example.org/", "conditions", "/\\x"]
    strange += ["/admin/", "/compare/?with=stiffness", "/compare/?with=stiffness&with=nothing", "/" + "x" * 500]
    for about in [*strange, "/conditions/%00/", "\x00", "[", "//["]:
        response = client.get("/feedback/", {"about": about})

        assert response.status_code == 404, about
        page = BeautifulSoup(response.content, "html.parser")
        assert page.main.find("a", href="/feedback/")
        posted = client.post("/feedback/", {"about": about, "reason": "other", "text": TEXT})
        assert posted.status_code == 400, about
        assert TEXT in words_of(posted)


def test_a_statement_that_the_page_has_not_leads_to_the_form_about_the_page(client, site):
    response = client.get("/feedback/", {"about": PAGE, "fact": "no-such-fact"})

    assert response.status_code == 404
    assert BeautifulSoup(response.content, "html.parser").main.find("a", href=f"/feedback/?about={PAGE}")


def test_a_part_that_the_page_has_not_is_left_out(client, site):
    page = look(client, about=PAGE, section="topic-nothing")

    assert page.select_one("[name=section]").get("value", "") == ""


def test_what_was_written_is_kept_when_the_statement_or_the_page_goes_meanwhile(client, site, fact):
    of_fact, of_page = look(client, about=PAGE, fact=fact.key), look(client, about="/faqs/can-one-have-both/")
    retire(fact)
    retire(site.faq)

    for page, name in ((of_fact, "Stiffness"), (of_page, "The site as a whole")):
        response = client.post("/feedback/", fill(page))
        assert response.status_code == 400
        assert TEXT in words_of(response)
        again = BeautifulSoup(response.content, "html.parser")
        assert name in again.main.select_one("section a").text
        assert client.post("/feedback/", fill(again, text=f"{TEXT} {name}")).status_code == 302

    assert client.get("/feedback/", {"about": "/faqs/can-one-have-both/"}).status_code == 410
    assert {report.page for report in Report.objects.all()} == {PAGE, "/"}


def test_a_page_that_moved_is_found_under_its_old_address(client, site):
    revise(site.faq, slug="moved")

    assert look(client, about="/faqs/can-one-have-both/").select_one("[name=about]")["value"] == "/faqs/moved/"


def test_words_are_shown_as_words(client, site):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></textarea>"

    for response in (
        send(client, reason="", text=bad),
        client.post("/feedback/", {"about": bad, "fact": bad, "section": bad, "seen": bad, "reason": bad, "text": bad}),
        client.get("/feedback/", {"about": PAGE, "fact": bad, "section": bad}),
        client.get("/feedback/thanks/", {"about": bad}),
    ):
        assert b"<script>alert" not in response.content
        assert b"<img src=x" not in response.content
    assert send(client, text=bad).status_code == 302
    assert Report.objects.get().text == bad


def test_the_thanks_lead_to_no_other_site(client, db):
    for about in ("//example.org/", "https://example.org", "javascript:alert(1)", "/\\example.org", "/admin/"):
        page = BeautifulSoup(client.get("/feedback/thanks/", {"about": about}).content, "html.parser")

        assert page.main.find("a", string="Back to the page")["href"] == "/"


@pytest.fixture
def reader_role() -> str:
    """A database role with exactly the rights that docs/production.md gives to the public processes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE sclerosis_reader_test")
        tables = "editorial_edition, editorial_picture, editorial_preparedpart, editorial_reportoutcome"
        cursor.execute(f"GRANT SELECT ON {tables} TO sclerosis_reader_test")
    return "sclerosis_reader_test"


def as_role(role: str, work):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        try:
            return work()
        finally:
            cursor.execute("RESET ROLE")


def test_a_process_without_the_right_to_write_says_that_reports_cannot_be_taken_now(client, site, fact, reader_role):
    response = as_role(reader_role, lambda: send(client, fact=fact.key))

    assert response.status_code == 503
    assert "cannot be taken at the moment" in words_of(response)
    assert TEXT in words_of(response)


def test_the_documented_rights_are_enough(client, site, fact, reader_role):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT INSERT ON comparisons_report TO {reader_role}")
        cursor.execute(f"GRANT SELECT, INSERT, DELETE ON comparisons_sending TO {reader_role}")

    response = as_role(reader_role, lambda: send(client, fact=fact.key))

    assert response.status_code == 302
    assert Report.objects.get().fact_id == fact.key


def test_pages_ask_at_each_part_and_old_versions_do_not(client, site, fact):
    def links(address: str) -> set[str]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        found = page.select('main a[href^="/feedback/"]')
        assert all(link["rel"] == ["nofollow"] for link in found)
        return {link["href"] for link in found}

    for address in (PAGE, "/compare/stiffness-vs-hardness/", "/compare/?with=stiffness&with=rigidity"):
        asked = links(address)
        assert len(asked) > 2
        assert {client.get(link).status_code for link in asked} == {200}
    for address in ("/faqs/can-one-have-both/", "/sources/sound/", "/glossary/"):
        assert {client.get(link).status_code for link in links(address)} == {200}
    revise(fact, text="Something else.")
    assert links(f"{PAGE}?as_of=2000-01-01") == set()

"""The condition pages: what they show, how they answer, and what they cost."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from conditions.models import Condition
from editorial import actions
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish
from tests.rich_content import build_bare_site, build_rich_site
from tests.steps import digests_now

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (datetime(2026, month, 10, 12, tzinfo=UTC) for month in (1, 3, 5))


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html5lib")


def words(response) -> str:
    return " ".join(soup(response).main.get_text(" ").split())


def publish_at(at, *items) -> None:
    actions.submit(items, by=make_editor(), at=at - timedelta(hours=1))
    actions.approve(items, by=make_reviewer(), digests=digests_now(*items), at=at)


def make_dated():
    """A condition since FIRST, with a statement since SECOND that is retired at THIRD, and one that stays."""
    source = make_citation()
    condition = make_condition(slug="stiffness", name="Stiffness", sources=[source])
    publish_at(FIRST, source, condition)
    doomed = make_fact(condition, sources=[source], key="doomed", text="A canary that was withdrawn.")
    kept = make_fact(condition, sources=[source], key="kept", text="A statement that stayed.")
    publish_at(SECOND, doomed, kept)
    actions.retire([doomed], by=make_reviewer(), reason="Wrong.", at=THIRD)
    return condition


def test_a_condition_page_holds_every_structure(client, django_assert_max_num_queries) -> None:
    build_rich_site()

    with django_assert_max_num_queries(3):
        response = client.get("/conditions/stiffness/")

    page = soup(response)
    said = words(response)
    assert page.h1.get_text() == "Stiffness (ST)"
    for expected in (
        "Also called Rigor & more",
        "Early stiffness (ES)",
        "At least 2 of these:",
        "About 72 percent; people alive after 5 years; 95% interval 70 to 75.5; in 1,758 people; Norway; 2010–2015",
        "counted from diagnosis; compared with placebo: 39.3; calculated by us from the source.",
        "Sources disagree about this.",
        "(disagrees)",
        "A source of this statement was withdrawn. Editors are checking the statement again.",
        "Corrected since it was first published.",
        "Evidence searched 1 October 2026",
        "ICD-10: X35",
        "X35.1: Early",
    ):
        assert expected in said
    assert page.find(id="confused-with").find_next("dt").get_text(strip=True) == "Laziness"
    assert page.find(id="fact-st-toe").find_parent("li")["id"] == "fact-st-leg"
    assert page.find(id="topic-symptoms")
    assert page.find("a", href="/compare/stiffness-vs-hardness/")
    assert page.find("a", href="/faqs/can-one-have-both/")


def test_a_form_of_another_condition_leads_there(client, django_assert_max_num_queries) -> None:
    build_rich_site()

    with django_assert_max_num_queries(3):
        page = soup(client.get("/conditions/hardness/"))

    assert page.find("dt", string="A form of").find_next("a")["href"] == "/conditions/stiffness/"


def test_the_list_shows_published_conditions_only(client, django_assert_max_num_queries) -> None:
    build_bare_site()
    make_condition(slug="a-draft", name="Draft disease")

    with django_assert_max_num_queries(3):
        response = client.get("/conditions/")

    assert [link["href"] for link in soup(response).select(".card a")] == [
        "/conditions/stiffness/",
        "/conditions/hardness/",
        "/conditions/rigidity/",
    ]
    assert "Draft disease" not in words(response)


def test_before_anything_is_published_the_lists_say_so(client) -> None:
    for url in ("/", "/conditions/", "/compare/"):
        response = client.get(url)
        assert response.status_code == 200
        assert "No condition is published yet" in words(response)


def test_public_pages_set_no_cookie_and_vary_by_nothing(client) -> None:
    build_bare_site()
    urls = ["/", "/conditions/", "/conditions/stiffness/", "/compare/", "/compare/stiffness-vs-hardness/"]

    for url in urls:
        response = client.get(url)
        assert not response.cookies, url
        assert "Vary" not in response, url


def test_the_canonical_address_is_the_sites_own_whatever_host_was_asked(client, settings) -> None:
    settings.SITE_URL = "https://compare.example.org"
    build_bare_site()

    page = soup(client.get("/conditions/stiffness/?utm_source=mail"))

    assert page.find("link", rel="canonical")["href"] == "https://compare.example.org/conditions/stiffness/"


def test_the_disclaimer_is_on_every_answer(client) -> None:
    build_bare_site()

    for url in (
        "/",
        "/conditions/stiffness/",
        "/compare/",
        "/conditions/stiffness/?as_of=2000-01-01",
        "/conditions/stiffness/?as_of=x",
    ):
        assert "Not medical advice" in client.get(url).content.decode(), url


def test_demonstration_content_says_so_at_the_top(client) -> None:
    source = make_citation()
    shown, other = (make_condition(slug=slug, sources=[source]) for slug in ("shown", "other"))
    publish(source, shown, reviewer=make_reviewer(is_demonstration=True))
    publish(other)
    notice = "Demonstration content: no clinician has reviewed it."

    assert notice in words(client.get("/conditions/shown/"))
    assert notice not in words(client.get("/conditions/other/"))
    assert notice in words(client.get("/compare/?with=shown&with=other"))


def test_an_unknown_condition_is_404_and_a_draft_too(client) -> None:
    make_condition(slug="a-draft")

    assert client.get("/conditions/none/").status_code == 404
    assert client.get("/conditions/a-draft/").status_code == 404


def test_a_withdrawn_condition_is_410_with_a_sentence(client) -> None:
    site = build_bare_site()
    actions.retire([site.rigidity], by=make_reviewer(), reason="Secret reason.")

    response = client.get("/conditions/rigidity/")

    assert response.status_code == 410
    assert "This page was withdrawn on" in words(response)
    assert "Secret reason" not in response.content.decode()
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_a_former_slug_leads_to_the_new_one_for_good_and_keeps_the_day(client) -> None:
    site = build_bare_site()
    site.rigidity.slug = "rigor"
    site.rigidity.save()
    site.rigidity.refresh_from_db()
    publish(site.rigidity)

    response = client.get("/conditions/rigidity/?as_of=2026-11-22")

    assert (response.status_code, response["Location"]) == (301, "/conditions/rigor/?as_of=2026-11-22")


def test_an_old_version_says_so_leads_to_todays_and_is_not_indexed(client, django_assert_max_num_queries) -> None:
    make_dated()

    with django_assert_max_num_queries(3):
        response = client.get("/conditions/stiffness/?as_of=2026-02-01")

    page = soup(response)
    assert "This is the page as it was on 1 February 2026." in words(response)
    assert page.find("a", string="Read today’s version")["href"] == "/conditions/stiffness/"
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "A statement that stayed." not in words(response)


def test_what_was_withdrawn_since_is_left_out_of_an_old_version(client) -> None:
    make_dated()

    said = words(client.get("/conditions/stiffness/?as_of=2026-04-01"))

    assert "A statement that stayed." in said
    assert "canary" not in said
    assert "Statements that were withdrawn since are left out." in said


def test_a_day_since_the_last_change_shows_todays_page_without_a_banner(client) -> None:
    make_dated()

    assert "Old version" not in words(client.get("/conditions/stiffness/?as_of=2026-06-01"))


def test_a_day_before_the_first_edition_says_since_when_it_is_public(client) -> None:
    make_dated()

    response = client.get("/conditions/stiffness/?as_of=2025-12-31")

    assert response.status_code == 404
    assert "It is public since 10 January 2026." in words(response)
    assert soup(response).find("a", href="/conditions/stiffness/?as_of=2026-01-10")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2026-02-30", "20260101", "", "2026-1-1", "<script>"])
def test_a_wrong_day_is_400_and_says_how_to_write_one(client, day) -> None:
    make_dated()

    response = client.get("/conditions/stiffness/", {"as_of": day})

    assert response.status_code == 400
    assert "?as_of=2026-11-22" in words(response)
    assert "<script>" not in response.content.decode()


def test_the_list_leads_from_every_name_to_its_condition(client, django_assert_num_queries) -> None:
    condition = make_condition(slug="hardness", name="Hardness", abbreviation="HN", also_known_as=["HN", "Rigor"])
    publish(*condition.definition_citations.all(), condition)
    revised = Condition.objects.get(pk=condition.pk)
    revised.also_known_as = ["An unapproved canary"]
    revised.save()

    with django_assert_num_queries(1):
        page = soup(client.get("/conditions/"))

    names = [(" ".join(name.get_text(" ").split()), name.a["href"]) for name in page.select(".names li")]
    assert names == [
        ("Hardness (HN)", "/conditions/hardness/"),
        ("HN → leads to Hardness", "/conditions/hardness/"),
        ("Rigor → leads to HN", "/conditions/hardness/"),
    ]
    assert "canary" not in str(page)


def test_the_letters_come_when_the_list_is_long(client) -> None:
    condition = make_condition(name="Hardness", also_known_as=[f"{letter}rigor" for letter in "ABCDEFGI"])
    publish(*condition.definition_citations.all(), condition)

    page = soup(client.get("/conditions/"))

    assert [link["href"] for link in page.select(".letters a")] == [f"#letter-{letter}" for letter in "ABCDEFGHI"]
    assert all(page.find(id=link["href"][1:]) for link in page.select(".letters a"))

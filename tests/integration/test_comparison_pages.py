"""The comparison pages: curated or asked for, whole or refused with a sentence."""

from urllib.parse import urlencode

import pytest

from editorial import actions
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_reviewer, publish
from tests.integration.test_condition_pages import FIRST, SECOND, THIRD, publish_at, soup, words
from tests.rich_content import build_bare_site, build_rich_site

pytestmark = pytest.mark.django_db

CURATED = "/compare/stiffness-vs-hardness/"


def compare(*slugs: str, **more: str) -> str:
    return f"/compare/?{urlencode([*(('with', slug) for slug in slugs), *more.items()])}"


def test_a_curated_comparison_shows_answer_table_points_sections_and_questions(
    client, django_assert_max_num_queries
) -> None:
    build_rich_site()

    with django_assert_max_num_queries(3):
        response = client.get(CURATED)

    page, said = soup(response), words(response)
    assert page.select_one(".answer").get_text(strip=True) == "They are not the same."
    caption = page.find(id="key-facts").get_text(strip=True)
    assert caption.startswith("Key facts side by side. Last reviewed ")
    row = page.find(role="rowheader").parent
    assert "Partly the same" in row.get_text()
    assert "Stiff all over" in row.get_text()
    assert [h.get_text() for h in page.main.find_all("h2")][:8] == [
        "At a glance",
        "How they differ",
        "What they share",
        "Topic by topic",
        "Can you have both?",
        "Questions",
        "What people confuse",
        "Read on",
    ]
    assert "2 more differences" in said
    assert "no reviewed statement yet" in said
    assert page.find("h3", string="Can one have both?")
    assert page.find(id="how-reviewed")
    assert "Stiffness, edition 2" in said


def test_any_conditions_can_be_compared_without_an_answer_in_the_order_asked_for(
    client, django_assert_max_num_queries, settings
) -> None:
    settings.SITE_URL = "https://compare.example.org"
    build_rich_site()

    with django_assert_max_num_queries(3):
        response = client.get(compare("rigidity", "stiffness", "hardness"))

    page = soup(response)
    assert response.status_code == 200
    columns = [head.get_text(strip=True) for head in page.find_all(role="columnheader")]
    assert columns == ["Question", "Rigidity", "Stiffness (ST)", "Hardness"]
    assert page.select_one(".answer") is None
    assert page.find("link", rel="canonical")["href"] == (
        "https://compare.example.org/compare/?with=rigidity&with=stiffness&with=hardness"
    )


@pytest.mark.parametrize(
    ("slugs", "order"),
    [(("stiffness", "hardness"), ""), (("hardness", "stiffness"), "with=hardness&with=stiffness&")],
)
def test_exactly_the_conditions_of_a_curated_page_lead_there_in_their_order(client, slugs, order) -> None:
    build_bare_site()

    response = client.get(compare(*slugs, as_of="2026-11-22"))

    assert (response.status_code, response["Location"]) == (302, f"{CURATED}?{order}as_of=2026-11-22")


def columns_of(response) -> list[str]:
    return [head.get_text(strip=True) for head in soup(response).find_all(role="columnheader")]


def test_the_columns_are_swapped_by_a_link_and_back_by_another(client, settings) -> None:
    settings.SITE_URL = "https://compare.example.org"
    build_rich_site()
    links = [client.get(CURATED)]
    for _ in range(2):
        swap = soup(links[-1]).find("a", string="Swap the columns")["href"]
        links.append(client.get(swap, follow=True))

    first, swapped, again = map(columns_of, links)
    assert first[1:3] == ["Stiffness (ST)", "Hardness"]
    assert swapped[1:3] == first[2:0:-1]
    assert again == first
    assert soup(links[1]).find("link", rel="canonical")["href"] == f"https://compare.example.org{CURATED}"


def test_of_three_each_can_come_first_or_go(client) -> None:
    build_rich_site()
    page = soup(client.get(compare("stiffness", "hardness", "rigidity")))

    assert columns_of(client.get(page.find("a", string="Rigidity first")["href"]))[1] == "Rigidity"
    assert columns_of(client.get(page.find("a", string="Without Hardness")["href"]))[1:] == [
        "Stiffness (ST)",
        "Rigidity",
    ]


def test_another_condition_is_added_where_the_choice_so_far_is_kept(client) -> None:
    build_bare_site()
    build = soup(client.get(compare("stiffness", "rigidity")))
    assert build.find("a", string="Swap the columns") is None, "There is no table to change."

    page = soup(client.get(compare("stiffness", "hardness", change="1")))

    assert {box["value"] for box in page.select("input[name=with][checked]")} == {"stiffness", "hardness"}
    assert page.find(class_="error-summary") is None
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_an_order_of_other_conditions_is_answered_as_the_choice_that_it_is(client) -> None:
    build_bare_site()

    response = client.get(f"{CURATED}?with=rigidity&with=stiffness")

    assert (response.status_code, response["Location"]) == (302, compare("rigidity", "stiffness"))
    assert client.get(f"{CURATED}?with=none", follow=True).status_code == 400


WITHOUT_LINKS = {"topics", "read-on", "how-reviewed"}
"""Sections that hold sections of their own, or nothing that anybody wrote."""


def test_every_section_and_statement_has_an_address_that_leads_to_it(client) -> None:
    build_rich_site()

    page = soup(client.get(CURATED))

    targets = [link["href"].removeprefix("#") for link in page.select("a.copy-link")]
    assert "topic-symptoms" in targets
    assert page.find(id="fact-st-what"), "The script offers the link to it, in the sheet of its mark."
    assert {heading["id"] for heading in page.select("main h2[id]")} - set(targets) == WITHOUT_LINKS
    assert [target for target in targets if page.find(id=target) is None] == []
    assert len(targets) == len(set(targets))


def test_more_conditions_than_the_curated_page_has_are_a_page_of_their_own(client) -> None:
    build_bare_site()

    assert client.get(compare("stiffness", "hardness", "rigidity")).status_code == 200


def test_without_a_choice_there_is_the_picker_and_the_curated_comparisons(
    client, django_assert_max_num_queries
) -> None:
    build_bare_site()

    for url in ("/compare/", "/"):
        with django_assert_max_num_queries(3):
            response = client.get(url)
        page = soup(response)
        assert response.status_code == 200
        assert [box["value"] for box in page.select("fieldset input[name=with]")] == [
            "stiffness",
            "hardness",
            "rigidity",
        ]
        assert page.find("a", href=CURATED)
        assert page.find(class_="error-summary") is None


@pytest.mark.parametrize(
    ("slugs", "sentence"),
    [
        (["stiffness"], "Choose at least one more."),
        (["stiffness", "stiffness"], "Stiffness (ST) cannot be compared with itself."),
        (["stiffness", "no-such-thing"], "There is no condition “no-such-thing” here."),
        (["stiffness", "a-draft"], "There is no condition “a-draft” here."),
        ([""], "There is no condition “” here."),
        (["stiffness", "<script>alert(1)</script>"], "There is no condition “<script>alert(1)</script>” here."),
    ],
)
def test_an_impossible_choice_is_400_with_what_was_chosen_and_a_way_on(client, slugs, sentence) -> None:
    build_bare_site()
    make_condition(slug="a-draft")

    response = client.get(compare(*slugs))

    page = soup(response)
    assert response.status_code == 400
    assert sentence in words(response)
    chosen = {box["value"] for box in page.select("input[name=with][checked]")}
    assert chosen == {"stiffness"} & set(slugs)
    assert page.find(id=page.select_one(".error-summary a")["href"].removeprefix("#")).name == "input"
    assert page.title.get_text().startswith("Error:")
    assert "<script>" not in response.content.decode()


def test_five_are_too_many(client) -> None:
    source = make_citation()
    conditions = [make_condition(slug=f"number-{place}", sources=[source]) for place in range(5)]
    publish(source, *conditions)

    response = client.get(compare(*(condition.slug for condition in conditions)))

    assert response.status_code == 400
    assert "5 are too many to read side by side. Choose four at most." in words(response)
    assert client.get(compare(*(condition.slug for condition in conditions[:4]))).status_code == 200


def test_a_former_slug_in_the_choice_gives_way_to_the_new_one(client, django_assert_max_num_queries) -> None:
    site = build_bare_site()
    site.rigidity.slug = "rigor"
    site.rigidity.save()
    site.rigidity.refresh_from_db()
    publish(site.rigidity)

    with django_assert_max_num_queries(3):
        response = client.get(compare("rigidity", "stiffness"))

    assert (response.status_code, response["Location"]) == (301, compare("rigor", "stiffness"))


def test_a_comparison_whose_condition_was_withdrawn_is_410_and_on_no_list(client) -> None:
    site = build_bare_site()
    actions.retire([site.hardness], by=make_reviewer(), reason="Wrong.")

    response = client.get(CURATED)

    assert response.status_code == 410
    assert "a condition in it was" in words(response)
    assert soup(client.get("/compare/")).find("a", href=CURATED) is None
    for url in ("/", "/conditions/stiffness/"):
        assert soup(client.get(url)).find("a", href=CURATED) is None, url
    assert client.get(compare("stiffness", "hardness")).status_code == 400


def test_a_withdrawn_comparison_is_410(client) -> None:
    site = build_bare_site()
    actions.retire([site.comparison], by=make_reviewer(), reason="Wrong.")

    assert client.get(CURATED).status_code == 410
    assert client.get(compare("stiffness", "hardness")).status_code == 200


def test_unknown_comparisons_are_404(client) -> None:
    assert client.get("/compare/none/").status_code == 404


def make_dated():
    """Two conditions and their comparison since FIRST; a statement since SECOND, another in its place at THIRD."""
    source = make_citation()
    one, two = (make_condition(slug=slug, name=slug.title(), sources=[source]) for slug in ("one", "two"))
    comparison = make_comparison(one, two, slug="one-vs-two", title="One vs two")
    comparison.save()
    comparison.refresh_from_db()
    publish_at(FIRST, source, one, two, comparison)
    doomed = make_fact(one, sources=[source], key="doomed", text="A canary that was withdrawn.", prominence="main")
    publish_at(SECOND, doomed)
    kept = make_fact(two, sources=[source], key="kept", text="A statement of later.", prominence="main")
    publish_at(THIRD, kept)
    actions.retire([doomed], by=make_reviewer(), reason="Wrong.", at=THIRD)
    return comparison


@pytest.mark.parametrize("url", ["/compare/one-vs-two/?as_of={}", "/compare/?with=two&with=one&with=three&as_of={}"])
def test_an_old_comparison_holds_the_statements_of_that_day(client, url, django_assert_max_num_queries) -> None:
    make_dated()
    source = make_citation()
    three = make_condition(slug="three", sources=[source])
    publish_at(FIRST, source, three)

    with django_assert_max_num_queries(3):
        response = client.get(url.format("2026-04-01"))
    said = words(response)

    assert "This is the page as it was on 1 April 2026." in said
    assert "A statement of later." not in said
    assert "canary" not in said
    assert "Statements that were withdrawn since are left out." in said
    assert soup(response).find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "A statement of later." in words(client.get(url.format("2026-06-01")))


@pytest.mark.parametrize("url", ["/compare/one-vs-two/?as_of={}", "/compare/?with=one&with=two&as_of={}"])
def test_a_comparison_before_its_first_edition_says_since_when(client, url) -> None:
    make_dated()

    response = client.get(url.format("2025-12-31"), follow=True)

    assert response.status_code == 404
    assert "It is public since 10 January 2026." in words(response)


def test_a_wrong_day_is_400_on_comparisons_too(client) -> None:
    make_dated()

    assert client.get("/compare/one-vs-two/?as_of=soon").status_code == 400
    assert client.get("/compare/?with=one&with=two&with=soon&as_of=soon").status_code == 400


def test_home_shows_the_newest_changes_and_nothing_unapproved(client, django_assert_max_num_queries) -> None:
    site = build_bare_site()
    make_fact(site.rigidity, key="draft-fact", text="An unapproved canary.")

    with django_assert_max_num_queries(3):
        response = client.get("/")

    page = soup(response)
    assert page.select(".changes a")
    assert "First published." in words(response)
    assert "canary" not in response.content.decode()


def test_conditions_without_any_statement_say_so(client) -> None:
    build_bare_site()

    assert "There is no reviewed statement yet about these conditions." in words(client.get(CURATED))

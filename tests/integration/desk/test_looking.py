"""“I am looking at this”: the button and the script's request; who else is looking, on every page of the desk."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from editorial.models import Presence
from tests.factories import make_citation, make_reviewer
from tests.integration.desk.conftest import decide, sign_in, submit_change
from tests.steps import read_database

LOOKING = reverse("desk:looking")


@pytest.fixture
def rita(db) -> Client:
    return sign_in(make_reviewer(first_name="Rita", last_name="Reviewer"))


def pages_of(*items):
    ids = [item.review_id for item in items]
    yield reverse("desk:item", args=[ids[0]])
    yield reverse("desk:batch") + "?" + "&".join(f"items={pk}" for pk in ids)
    yield reverse("desk:queue") + "?tab=all"


def test_others_see_it_on_the_item_in_the_batch_and_in_the_queue_with_what_to_do(site, desk, rita):
    rita.post(LOOKING, {"seen": site.fact.review_id})

    for page in pages_of(site.fact, site.condition):
        said = BeautifulSoup(desk.get(page).content, "html.parser").select_one("#content").get_text(" ", strip=True)
        assert said.count("Rita Reviewer has been looking at this since") == 1, page
        assert "(UTC). Agree with them before you decide." in said
        assert "Rita Reviewer has been looking" not in rita.get(page).content.decode()


def test_without_script_a_button_says_it_and_takes_it_back(site, rita):
    page = reverse("desk:item", args=[site.fact.review_id])

    def press(name):
        form = BeautifulSoup(rita.get(page).content, "html.parser").select_one("[data-desk-looking]")
        button = form.find("button", string=lambda text: name in text)
        data = {field["name"]: field["value"] for field in form.select("input[value]")}
        return rita.post(form["action"], data | ({button["name"]: button["value"]} if "name" in button.attrs else {}))

    assert press("I am looking at this").url == page
    assert Presence.objects.filter(review=site.fact.review_id).exists()
    press("I have done with it")
    assert not Presence.objects.exists()


def test_one_request_tells_of_all_items_of_a_batch_and_comes_back_to_it(site, rita):
    response = rita.post(LOOKING, {"seen": [site.fact.review_id, site.condition.review_id], "back": "tab=all"})

    assert Presence.objects.count() == 2
    assert response.url.startswith(reverse("desk:batch"))
    assert response.url.endswith("back=tab%3Dall")


def test_the_script_learns_who_else_is_looking(site, desk, rita):
    rita.post(LOOKING, {"seen": site.fact.review_id})

    seen = {"seen": [site.fact.review_id, site.condition.review_id]}
    told = desk.post(LOOKING, seen, headers={"accept": "application/json"}).json()

    assert list(told) == [str(site.fact.review_id)]
    assert told[str(site.fact.review_id)][0].startswith("Rita Reviewer has been looking at this since")


def test_a_decision_ends_it_also_for_the_others(site, desk, rita):
    fact = submit_change(site.fact, by=site.editor, text="Other words.")
    rita.post(LOOKING, {"seen": fact.review_id})

    decide(rita, fact)

    assert "has been looking" not in desk.get(reverse("desk:item", args=[fact.review_id])).content.decode()


@pytest.mark.parametrize("seen", [[], ["0"], ["99999999999999999999"], ["²"], ["x'; --"], ["-1"]])
def test_ids_of_nothing_get_a_sentence(site, desk, seen):
    response = desk.post(LOOKING, {"seen": seen})

    assert response.status_code == 404
    assert "There is no such item." in response.content.decode()


def test_an_item_that_is_gone_does_not_keep_the_others_from_being_noted(site, desk):
    desk.post(LOOKING, {"seen": [site.fact.review_id, "12345678"]})

    assert [row.review_id for row in Presence.objects.all()] == [site.fact.review_id]


def test_to_open_a_page_notes_nothing(site, desk):
    before = read_database()

    for page in [*pages_of(site.fact, site.condition), LOOKING]:
        desk.get(page)

    assert read_database() == before


def test_a_name_is_shown_as_text(site, desk):
    evil = sign_in(make_reviewer(first_name="<script>alert(1)</script>"))
    evil.post(LOOKING, {"seen": site.fact.review_id})

    for page in pages_of(site.fact, site.condition):
        assert "<script>alert" not in desk.get(page).content.decode()


def test_a_heartbeat_costs_the_same_for_many_items(site, desk, django_assert_max_num_queries):
    seen = [make_citation().review_id for _ in range(40)]

    with django_assert_max_num_queries(11):
        desk.post(LOOKING, {"seen": seen}, headers={"accept": "application/json"})

"""Lists under names of one's own: saved, found again, removed, and nobody else's business."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial.models import SavedList
from tests.factories import make_reviewer
from tests.integration.desk.conftest import sign_in

QUEUE = reverse("desk:queue")
SAVE = reverse("desk:list-save")


def parse(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def save(client, name="Mine of MS", query="tab=waiting&condition=multiple-sclerosis"):
    return client.post(SAVE, {"name": name, "query": query})


def remove(client, saved):
    return client.post(reverse("desk:list-remove", args=[saved.pk]), {"back": "tab=all&page=3&x=1"})


def saved_links(client):
    return {link.text: link["href"] for link in parse(client.get(QUEUE)).select(".desk-saved a")}


def test_a_list_is_saved_with_its_filters_and_shown_on_the_desk(site, desk, reviewer):
    response = save(desk)

    query = "tab=waiting&condition=multiple-sclerosis"
    assert (response.status_code, response.url) == (302, f"{QUEUE}?{query}")
    assert SavedList.objects.get().user == reviewer
    assert saved_links(desk) == {"Mine of MS": f"?{query}"}
    here = parse(desk.get(response.url)).select_one(".desk-saved a")
    assert here["aria-current"] == "page"


def test_only_names_and_values_that_a_list_knows_are_kept(site, desk):
    hostile = "tab=waiting&condition=no-such&kind=fact&person=%3Cb%3E&page=9&next=https://example.org&x=" + "y" * 3000

    save(desk, query=hostile)

    assert SavedList.objects.get().query == "tab=waiting&kind=fact"


@pytest.mark.parametrize("query", ["", "tab=nonsense", "&&&===", "%00"])
def test_a_list_that_is_none_is_saved_as_the_desk_itself(site, desk, query):
    assert save(desk, query=query).status_code == 302

    assert SavedList.objects.get().query == ""
    assert desk.get(QUEUE + "?" + SavedList.objects.get().query).status_code == 200


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give the list a name."),
        ("   ", "Give the list a name."),
        ("x" * 61, "A name has at most 60 characters; this one has 61."),
        ("a\x00b", "Null characters are not allowed."),
        ("Taken", "You have a list “Taken”. Choose another name."),
    ],
)
def test_a_name_that_will_not_do_is_said_beside_the_field_and_kept(site, desk, reviewer, name, sentence):
    SavedList.objects.create(user=reviewer, name="Taken", query="tab=all")

    response = save(desk, name=name)
    page = parse(response)

    assert response.status_code == 400
    assert page.select_one(".desk-save .error").get_text(" ", strip=True) == f"Error: {sentence}"
    assert page.select_one("#id_name")["value"] == name if name else True
    assert page.select_one(".desk-save")["open"] == ""
    assert page.select_one(".desk-save [name=query]")["value"] == "tab=waiting&condition=multiple-sclerosis"
    assert SavedList.objects.count() == 1


def test_two_people_may_use_the_same_name(site, desk):
    save(desk)

    assert save(sign_in(make_reviewer())).status_code == 302
    assert SavedList.objects.count() == 2


def test_a_saved_list_is_removed_by_its_owner(site, desk):
    save(desk)

    response = remove(desk, SavedList.objects.get())

    assert response.url == f"{QUEUE}?tab=all"
    assert not SavedList.objects.exists()


def test_nobody_sees_or_removes_the_list_of_somebody_else(site, desk):
    save(desk)
    other = sign_in(make_reviewer())

    assert saved_links(other) == {}
    assert remove(other, SavedList.objects.get()).status_code == 404
    assert SavedList.objects.count() == 1


def test_a_list_that_is_gone_is_not_found(site, desk):
    assert desk.post(reverse("desk:list-remove", args=[987654321987654321])).status_code == 404


def test_reading_these_addresses_changes_nothing(site, desk, reviewer):
    saved = SavedList.objects.create(user=reviewer, name="Mine", query="tab=all")

    for address in (SAVE, reverse("desk:list-remove", args=[saved.pk])):
        assert desk.get(address, {"name": "x"}).status_code == 302
    assert SavedList.objects.get() == saved


def test_saving_wants_the_token_of_the_page(site, reviewer):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)

    assert save(client).status_code == 403
    assert not SavedList.objects.exists()


def test_a_hostile_name_is_shown_as_text(site, desk):
    save(desk, name="<script>alert(1)</script>")

    assert "<script>alert" not in desk.get(QUEUE).content.decode()
    assert list(saved_links(desk)) == ["<script>alert(1)</script>"]

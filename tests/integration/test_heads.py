"""What the head of a page tells machines: its languages, and how it looks where its address is shared."""

from collections import defaultdict

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.public_routes import list_public_urls
from tests.rich_content import build_rich_site
from tests.steps import revise

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


def read_head(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html5lib").head


def list_alternates(response: HttpResponse) -> dict[str, str]:
    return {
        link["hreflang"]: link["href"] for link in read_head(response).find_all("link", rel="alternate", type=False)
    }


def read_card(response: HttpResponse) -> dict[str, list[str]]:
    card = defaultdict(list)
    for tag in read_head(response).select("meta[property], meta[name^=twitter]"):
        card[tag.get("property") or tag["name"]].append(tag["content"])
    return card


@pytest.mark.parametrize("path", ["/", "/conditions/stiffness/", "/compare/?with=stiffness&with=rigidity"])
def test_both_languages_of_a_page_name_both_and_each_its_own_address(client: Client, path: str) -> None:
    build_rich_site()

    english, spanish = client.get(path), client.get(f"/es{path}")

    versions = {"en": f"{SITE}{path}", "es": f"{SITE}/es{path}", "x-default": f"{SITE}{path}"}
    assert list_alternates(english) == list_alternates(spanish) == versions
    assert read_head(spanish).find("link", rel="canonical")["href"] == versions["es"]
    assert read_card(english)["og:locale"] == ["en_US"]
    assert read_card(spanish)["og:locale"] == ["es_ES"]
    assert read_card(spanish)["og:locale:alternate"] == ["en_US"]


def test_a_query_that_is_not_the_pages_own_is_in_no_address(client: Client) -> None:
    response = client.get("/about/?utm_source=elsewhere")

    assert list_alternates(response)["es"] == f"{SITE}/es/about/"
    assert read_card(response)["og:url"] == [f"{SITE}/about/"]


def test_a_shared_page_has_its_title_its_description_and_a_picture_that_is_there(client: Client) -> None:
    build_rich_site()

    response = client.get("/compare/stiffness-vs-hardness/")

    card = {name: values[0] for name, values in read_card(response).items()}
    assert card["og:title"] == "Stiffness vs hardness"
    assert card["og:description"] == "They are not the same."
    assert card["og:type"] == "article"
    assert card["og:url"] == f"{SITE}/compare/stiffness-vs-hardness/"
    assert card["og:image:alt"] == "Stiffness vs hardness. Stiffness (ST), Hardness. Sclerosis Compared"
    assert card["twitter:card"] == "summary_large_image"
    assert client.get(card["og:image"].removeprefix(SITE))["Content-Type"] == "image/png"


def test_every_page_that_search_engines_leave_out_has_neither_languages_nor_a_card(client: Client) -> None:
    site = build_rich_site()
    revise(site.comparison, answer="Another answer.")

    left_out = 0
    for url in list_public_urls():
        response = client.get(url)
        if "html" not in response["Content-Type"] or response.status_code in (301, 302):
            continue
        is_left_out = read_head(response).find("meta", attrs={"name": "robots"}) is not None
        left_out += is_left_out
        assert bool(list_alternates(response)) is not is_left_out, url
        assert bool(read_card(response)) is not is_left_out, url
    assert left_out > 5

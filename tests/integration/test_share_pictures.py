"""The pictures for sharing: drawn from editions, kept for ever, gone with the page."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from comparisons.share_pictures import of_comparison, of_faq
from conditions.share_pictures import of_condition
from editorial.cache_headers import PUBLIC
from editorial.sharing import SITE_PICTURE
from tests.rich_content import build_rich_site
from tests.steps import edit, retire, revise

pytestmark = pytest.mark.django_db


def test_a_picture_has_the_size_that_is_announced_and_is_asked_for_again(client: Client) -> None:
    build_rich_site()

    for picture in (of_condition("stiffness"), of_comparison("stiffness-vs-hardness"), SITE_PICTURE):
        response = client.get(picture.path)

        assert Image.open(BytesIO(response.content)).size == (1200, 630)
        assert response["Cache-Control"] == PUBLIC


def test_its_words_come_from_the_edition_and_a_draft_changes_nothing(client: Client) -> None:
    site = build_rich_site()
    before = client.get(of_comparison("stiffness-vs-hardness").path).content
    edit(site.comparison, title="Canary")
    edit(site.stiffness, name="Canary", abbreviation="CY")
    edit(site.faq, question="Canary?")

    comparison = of_comparison("stiffness-vs-hardness")
    assert comparison.title == "Stiffness vs hardness"
    assert [name.name for name in comparison.names] == ["Stiffness (ST)", "Hardness"]
    assert of_condition("stiffness").title == "Stiffness"
    assert of_faq("can-one-have-both").title == "Can one have both?"
    assert client.get(comparison.path).content == before


def test_new_words_have_a_new_address_and_the_former_one_leads_there(client: Client) -> None:
    site = build_rich_site()
    former = of_comparison("stiffness-vs-hardness").path
    revise(site.comparison, title="Stiff or hard?")

    now = of_comparison("stiffness-vs-hardness").path

    assert now != former
    assert client.get(former).headers["Location"] == now


def test_a_page_that_was_withdrawn_or_never_was_has_no_picture(client: Client) -> None:
    site = build_rich_site()
    paths = [of_condition("hardness").path, of_comparison("stiffness-vs-hardness").path]
    retire(site.hardness)

    assert [client.get(path).status_code for path in paths] == [410, 410]
    assert client.get("/share/condition/no-such/0.png").status_code == 404
    assert client.get("/share/citation/sound/0.png").status_code == 404

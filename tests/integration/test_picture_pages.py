"""A picture is public exactly while a public page shows it."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from conditions.models import Condition
from editorial import actions
from editorial.models import Picture
from tests.factories import make_condition, make_picture, make_reviewer, publish
from tests.steps import revise

pytestmark = pytest.mark.django_db


def make_pictured(picture: Picture) -> Condition:
    condition = make_condition(slug="one", picture=picture, picture_alt="A hand", picture_credit="Who made it")
    publish(*condition.definition_citations.all(), condition)
    return condition


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_picture_of_a_public_page_is_served_as_what_it_is(
    client: Client, kind: str, media_type: str, django_assert_num_queries
) -> None:
    picture = make_picture(kind)
    make_pictured(picture)

    with django_assert_num_queries(1):
        response = client.get(f"/pictures/{picture.pk}/")

    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "Cookie" not in response.get("Vary", "")
    assert response.content == bytes(Picture.objects.get(pk=picture.pk).content)


def test_a_browser_that_has_the_picture_is_told_so_only_while_it_is_public(client: Client) -> None:
    picture = make_picture()
    condition = make_pictured(picture)
    etag = client.get(f"/pictures/{picture.pk}/")["ETag"]

    assert client.get(f"/pictures/{picture.pk}/", headers={"if-none-match": etag}).status_code == 304
    actions.retire([condition], by=make_reviewer(), reason="Wrong.")
    assert client.get(f"/pictures/{picture.pk}/", headers={"if-none-match": etag}).status_code == 404


def test_a_picture_of_a_draft_or_of_a_pending_change_is_not_public(client: Client) -> None:
    old, new = make_picture(), make_picture(colour="red")
    condition = make_pictured(old)
    condition.picture = new
    condition.save()

    assert client.get(f"/pictures/{new.pk}/").status_code == 404
    assert client.get(f"/pictures/{old.pk}/").status_code == 200


def test_a_picture_that_was_replaced_is_public_no_more(client: Client) -> None:
    old, new = make_picture(), make_picture(colour="red")
    revise(make_pictured(old), picture=new)

    assert client.get(f"/pictures/{old.pk}/").status_code == 404
    assert client.get(f"/pictures/{new.pk}/").status_code == 200


def test_bytes_that_are_no_picture_are_never_served(client: Client) -> None:
    script = Picture.store(b"<script>alert(1)</script>", media_type="text/html")
    make_pictured(script)

    assert client.get(f"/pictures/{script.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "0" * 63, "Z" * 64])
def test_an_unknown_picture_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/pictures/{name}/").status_code == 404


def test_a_page_shows_its_picture_with_words_and_credit() -> None:
    picture = {"sha256": "a" * 64, "alt": 'A "hand"', "credit": "Who <b>made</b> it"}

    html = render_to_string("_picture.html", {"picture": picture})

    assert f'src="/pictures/{"a" * 64}/"' in html
    assert 'alt="A &quot;hand&quot;"' in html
    assert "<figcaption>Who &lt;b&gt;made&lt;/b&gt; it</figcaption>" in html
    assert render_to_string("_picture.html", {"picture": None}).strip() == ""

"""Uploading a picture in the admin, and who sees it before it is public."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from editorial.models import Picture
from tests.admin_forms import admin_url, change_page, errors_of, filled_form, save
from tests.factories import make_administrator, make_comparison, make_condition, make_editor, make_picture, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_editor())


def upload(colour="teal"):
    content = BytesIO()
    Image.new("RGB", (8, 4), colour).save(content, format="PNG")
    return SimpleUploadedFile("hand.png", content.getvalue(), content_type="image/png")


@pytest.mark.parametrize("make", [make_condition, make_comparison])
def test_an_uploaded_picture_belongs_to_the_item(client, make):
    item = make()

    save(client, item, picture_upload=upload(), picture_alt="A hand", picture_credit="Who made it")

    item.refresh_from_db()
    assert (item.picture, item.picture_alt) == (Picture.objects.get(), "A hand")
    assert item.review.status == "draft"
    url = reverse("admin:editorial_picture_show", args=[item.picture.pk])
    assert f'src="{url}" alt="A hand"' in change_page(client, item).content.decode()


def test_a_picture_without_words_is_refused_and_not_lost(client):
    condition = make_condition()

    refused = save(client, condition, picture_upload=upload())

    assert errors_of(refused) == {"picture_alt": ["Say in words what the picture shows."]}
    client.post(admin_url(condition), filled_form(refused) | {"picture_alt": "A hand", "_save": "1"})
    condition.refresh_from_db()
    assert condition.picture == Picture.objects.get()


def test_a_file_that_is_no_picture_is_refused_beside_its_field(client):
    condition = make_condition()
    file = SimpleUploadedFile("hand.png", b"<svg/>", content_type="image/png")

    response = save(client, condition, picture_upload=file, name="Typed")

    assert list(errors_of(response)) == ["picture_upload"]
    assert "not a whole PNG" in errors_of(response)["picture_upload"][0]
    assert response.context["adminform"].form["name"].value() == "Typed"


def test_a_picture_can_be_taken_off_and_stays_when_nothing_is_said_of_it(client):
    condition = make_condition(picture=make_picture(), picture_alt="A hand")

    save(client, condition, name="Another name")
    condition.refresh_from_db()
    assert condition.picture is not None
    save(client, condition, picture_removed="on")

    condition.refresh_from_db()
    assert condition.picture is None


def test_an_upload_and_a_removal_at_once_are_refused(client):
    condition = make_condition(picture=make_picture(), picture_alt="A hand")

    response = save(client, condition, picture_removed="on", picture_upload=upload("red"))

    assert list(errors_of(response)) == ["picture_removed"]


def test_a_conflict_names_the_pictures_and_keeps_the_uploaded_one(client):
    condition = make_condition(picture_alt="A hand")
    data = filled_form(change_page(client, condition))
    save(client, condition, name="Faster")

    refused = client.post(admin_url(condition), data | {"picture_upload": upload(), "_save": "1"})
    client.post(admin_url(condition), filled_form(refused) | {"_save": "1"})

    assert "New picture" in {change.label for change in refused.context["clashes"]}
    condition.refresh_from_db()
    assert condition.picture == Picture.objects.get()


def test_staff_see_a_picture_before_it_is_public_and_nobody_else_does(client):
    picture = make_picture()
    url = reverse("admin:editorial_picture_show", args=[picture.pk])

    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    client.force_login(make_user())
    assert client.get(url).status_code == 403
    client.logout()
    assert client.get(url).status_code == 302
    assert client.get(f"/pictures/{picture.pk}/").status_code == 404


def test_who_may_only_look_sees_the_picture_and_no_field_to_upload(client):
    condition = make_condition(picture=make_picture(), picture_alt="A hand")
    client.force_login(make_administrator())

    page = change_page(client, condition).content.decode()

    assert 'class="picture-now"' in page
    assert 'type="file"' not in page

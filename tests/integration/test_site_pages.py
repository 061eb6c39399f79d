"""Pages about the site itself, and the pages that say what went wrong."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from sclerosis_site import urls
from tests.factories import make_citation, make_condition, make_reviewer, publish
from tests.reading import find_canonical, find_meta, get_words

PAGES = ["/about/", "/editorial-policy/", "/privacy/", "/accessibility/"]
CANARY = "<script>alert('canary')</script>"


def _refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(CANARY)


def _fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(CANARY)


def _misunderstand(request: HttpRequest) -> HttpResponse:
    raise BadRequest(CANARY)


def _take(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


urlpatterns = [
    path("refuse/", _refuse),
    path("fail/", _fail),
    path("misunderstand/", _misunderstand),
    path("form/", _take),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_pages_about_the_site_need_no_content(client: Client, address: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(1):
        response = client.get(address)

    assert response.status_code == 200
    assert find_canonical(response) == f"http://127.0.0.1:8000{address}"
    assert find_meta(response, "description")
    assert "demonstration" not in get_words(response)


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demonstration", "is_said"), [(True, True), (False, False)])
def test_the_notice_of_demonstration_stands_while_the_content_is_one(
    client: Client, is_demonstration: bool, is_said: bool
) -> None:
    condition = make_condition()
    publish(*condition.definition_citations.all(), condition, reviewer=make_reviewer(is_demonstration=is_demonstration))

    for address in ("/about/", "/editorial-policy/"):
        assert ("No clinician has reviewed it." in get_words(client.get(address))) is is_said


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_without_repeating_the_address(client: Client) -> None:
    make_citation(title="Canary of a draft")

    response = client.get("/no-such-page/%3Cscript%3Ecanary", {"q": CANARY})

    assert response.status_code == 404
    assert "Page not found" in get_words(response)
    assert "anary" not in response.content.decode()
    assert "Read today’s version" not in get_words(response)
    assert find_meta(response, "robots") == "noindex"
    assert find_canonical(response) is None


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/refuse/", 403, "Not allowed"),
        ("/misunderstand/", 400, "This address does not work"),
        ("/fail/", 500, "Something went wrong"),
    ],
)
def test_errors_have_the_look_of_the_site_and_tell_nothing_of_the_inside(
    address: str, status: int, heading: str
) -> None:
    # Without the database: this test may not touch it.
    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == status
    assert heading in get_words(response)
    assert "canary" not in response.content.decode()
    assert b"/static/site.css" in response.content
    assert b"Not medical advice" in response.content
    assert not response.cookies


@override_settings(ROOT_URLCONF=__name__)
def test_a_form_without_its_token_is_refused_with_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/form/", {"name": CANARY})

    assert response.status_code == 403
    assert "load the page again, and send the form once more" in get_words(response)
    assert "canary" not in response.content.decode()


@override_settings(ALLOWED_HOSTS=["www.example.org"])
def test_a_wrong_host_is_refused() -> None:
    response = Client(raise_request_exception=False).get("/about/", headers={"host": "canary.example.com"})

    assert response.status_code == 400
    assert b"canary" not in response.content

"""Which language an answer is in."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.utils import translation

from editorial.languages import LanguageOfPath


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(translation.get_language())


@pytest.mark.parametrize("urlconf", ["sclerosis_site.urls", "tests.unit.editorial.test_languages"])
@pytest.mark.parametrize(
    ("path", "language"), [("/compare/", "en"), ("/es/compare/", "es"), ("/admin/", "en"), ("/especially/", "en")]
)
def test_the_address_alone_decides_whatever_the_browser_prefers(urlconf: str, path: str, language: str) -> None:
    request = RequestFactory(headers={"Accept-Language": "es", "Cookie": "django_language=es"}).get(path)

    with override_settings(ROOT_URLCONF=urlconf), translation.override("en"):
        response = LanguageOfPath(_answer)(request)

    assert response.content.decode() == response["Content-Language"] == language
    assert "Accept-Language" not in response.get("Vary", "")


# A process whose addresses have no language, as that of the staff.
urlpatterns: list[object] = []

"""What public pages tell caches: how long, and of what they are made. Everything else is asked for each time."""

from typing import Any

import pytest
from django.test import Client

from editorial.cache_headers import ASK_FIRST, PUBLIC
from tests.factories import make_condition, make_editor, publish
from tests.rich_content import RichSite, build_rich_site
from tests.steps import retire, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


def test_a_page_names_what_it_shows(client: Client, site: RichSite) -> None:
    keys = {
        path: set(client.get(path)["Surrogate-Key"].split())
        for path in ("/compare/stiffness-vs-hardness/", "/conditions/stiffness/", "/conditions/", "/about/")
    }

    assert {"condition-stiffness", "condition-hardness"} <= keys["/compare/stiffness-vs-hardness/"]
    assert "comparison-stiffness-vs-hardness" in keys["/compare/stiffness-vs-hardness/"]
    assert {"condition-stiffness", "faq", "comparison"} <= keys["/conditions/stiffness/"]
    assert keys["/conditions/"] == {"site", "condition"}
    assert all("site" in named for named in keys.values())


def test_no_draft_is_named(client: Client, site: RichSite) -> None:
    make_condition(slug="never-approved")
    revise(site.faq, slug="renamed-question")
    site.term.slug = "secret-name"
    site.term.save()

    for path in ("/", "/conditions/", "/faqs/renamed-question/", "/glossary/", "/updates/"):
        assert "never-approved" not in client.get(path)["Surrogate-Key"]
        assert "secret-name" not in client.get(path)["Surrogate-Key"]


def test_a_withdrawn_page_names_nothing_and_is_not_kept_for_ever(client: Client, site: RichSite) -> None:
    retire(site.faq)

    answer = client.get("/faqs/can-one-have-both/")

    assert answer.status_code == 410
    assert answer["Cache-Control"] == PUBLIC
    assert "Surrogate-Key" not in answer


@pytest.mark.parametrize("path", ["/no-such-page/", "/conditions/none/", "/conditions", "/compare/?with=a&with=a"])
def test_what_is_no_page_is_asked_for_each_time(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer["Cache-Control"] == ASK_FIRST
    assert "Surrogate-Key" not in answer


def test_only_a_cdn_that_is_purged_may_use_a_page_without_asking(client: Client, site: RichSite, settings: Any) -> None:
    assert "CDN-Cache-Control" not in client.get("/conditions/stiffness/")

    settings.CDN_SECONDS = 600
    answer = client.get("/conditions/stiffness/")

    assert answer["Cache-Control"] == PUBLIC
    assert answer["CDN-Cache-Control"] == "public, max-age=600, stale-if-error=86400"
    assert answer["Surrogate-Control"] == "max-age=600, stale-if-error=86400"
    for path in ("/search/?q=stiffness", "/faqs/?q=both", "/feedback/", "/admin/login/", "/api/v1/conditions"):
        assert "CDN-Cache-Control" not in client.get(path), path


def test_the_staff_gets_nothing_that_may_be_kept(client: Client, site: RichSite) -> None:
    client.force_login(make_editor())

    for path in ("/admin/", "/admin/review/", "/admin/conditions/fact/"):
        assert "public" not in client.get(path)["Cache-Control"], path


def test_publishing_a_page_makes_every_page_that_shows_it_old(client: Client, site: RichSite) -> None:
    new = make_condition(slug="laxity", name="Laxity")
    before = client.get("/conditions/")
    publish(*new.definition_citations.all(), new)

    assert client.get("/conditions/").content != before.content
    assert "condition" in before["Surrogate-Key"].split()

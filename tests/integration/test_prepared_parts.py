"""What is kept ready of an edition makes the same page as the edition itself, and nothing breaks where none is kept."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.models import Fact
from editorial import preparing, registry
from editorial.auditing import AuditBroken, audit
from editorial.models import PreparedPart, ReportOutcome
from tests.rich_content import RichSite, build_rich_site
from tests.steps import current, retire, revise

pytestmark = pytest.mark.django_db
MOST_QUERIES = 3


@pytest.fixture
def site(settings, monkeypatch, django_capture_on_commit_callbacks) -> RichSite:
    """Its editions are prepared as soon as they are published, by who publishes."""
    settings.KEEPS_PARTS = True
    monkeypatch.setattr(preparing, "start_preparing", preparing.prepare_waiting)
    monkeypatch.setattr(preparing, "PAUSE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        return build_rich_site()


def list_pages(site: RichSite) -> list[str]:
    pages = [
        "/conditions/stiffness/",
        f"/compare/{site.comparison.slug}/",
        f"/compare/{site.comparison.slug}/?with=hardness&with=stiffness",
        "/compare/?with=stiffness&with=hardness&with=rigidity",
    ]
    return [*pages, *(f"/es{page}" for page in pages)]


def read(client: Client, pages: list[str]) -> dict[str, bytes]:
    answers = {page: client.get(page) for page in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {page: answer.content for page, answer in answers.items()}


def spoil_parts() -> None:
    """So that a page that uses one cannot be read."""
    PreparedPart.objects.update(made="none")


def test_every_public_edition_of_a_page_with_parts_is_prepared_in_each_language(site):
    expected = {(maker.kind, maker.use) for maker in registry.list_part_makers()}
    kept = PreparedPart.objects.filter(edition__is_current=True)

    assert set(kept.values_list("kind", "use")) == expected
    assert set(kept.values_list("language", flat=True)) == {"en", "es"}
    assert kept.filter(kind="condition", use="comparison").count() == 2 * 3
    assert kept.filter(kind="comparison", use="page").count() == 2


def test_a_page_of_what_is_kept_is_the_page_of_its_editions(client, site):
    kept = read(client, list_pages(site))
    PreparedPart.objects.all().delete()

    assert read(client, list_pages(site)) == kept


def test_what_is_kept_is_used(client, site):
    spoil_parts()

    for page in list_pages(site):
        with pytest.raises(ValueError, match="JSON"):
            client.get(page)


def test_what_other_code_made_is_not_used(client, site, monkeypatch):
    kept = read(client, list_pages(site))
    spoil_parts()
    monkeypatch.setattr(preparing, "_digest_code", lambda: "of other code")

    assert read(client, list_pages(site)) == kept


def test_what_other_code_made_is_made_again_after_migrate(client, site, monkeypatch):
    spoil_parts()
    monkeypatch.setattr(preparing, "_digest_code", lambda: "of other code")

    preparing.prepare_missing(None, using="default", verbosity=0, plan=[])

    assert set(PreparedPart.objects.values_list("recipe", flat=True)) == {"of other code"}
    assert not PreparedPart.objects.filter(made="none").exists()


def test_where_readers_reported_something_the_page_says_so(client, site):
    fact = Fact.objects.filter(condition=site.stiffness, prominence="key").first()
    place = {"kind": "condition", "subject_id": current(site.stiffness).subject_id, "part": fact.key}
    ReportOutcome.objects.create(**place, result="unchanged", readers=3, on=date(2026, 5, 3))

    for page in list_pages(site)[:4]:
        assert "3 readers reported this; checked on 3 May 2026, no change needed." in client.get(page).content.decode()


@pytest.mark.parametrize("execute", [True, False])
def test_a_new_edition_is_on_the_page_whether_it_is_prepared_or_not(
    client, site, execute, django_capture_on_commit_callbacks
):
    fact = Fact.objects.filter(condition=site.stiffness, prominence="key").first()
    with django_capture_on_commit_callbacks(execute=execute):
        revise(fact, text="It says something new.")

    assert "It says something new." in client.get(f"/compare/{site.comparison.slug}/").content.decode()
    newest = PreparedPart.objects.filter(edition=current(site.stiffness))
    assert newest.exists() == execute


def test_what_was_withdrawn_is_gone_though_it_was_kept(client, site):
    retire(site.comparison)

    assert client.get(f"/compare/{site.comparison.slug}/").status_code == 410


def test_a_part_that_cannot_be_made_keeps_nobody_from_publishing(
    client, site, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*asked: Any) -> Any:
        raise ValueError("cannot be made")

    monkeypatch.setattr(preparing, "_make", fail)
    fact = Fact.objects.filter(condition=site.stiffness, prominence="key").first()
    with django_capture_on_commit_callbacks(execute=True):
        revise(fact, text="It says something new.")

    assert "It says something new." in client.get(f"/compare/{site.comparison.slug}/").content.decode()


@pytest.mark.parametrize("state", ["kept", "older than a condition", "not kept"])
def test_a_page_takes_three_queries_at_most(client, site, state):
    if state == "older than a condition":
        revise(Fact.objects.filter(condition=site.stiffness).first(), text="It says something new.")
    if state == "not kept":
        PreparedPart.objects.all().delete()

    for page in list_pages(site):
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        assert len(queries) <= MOST_QUERIES, page


def test_what_is_put_off_is_prepared_by_migrate(site, django_capture_on_commit_callbacks):
    fact = Fact.objects.filter(condition=site.stiffness).first()
    with preparing.putting_off(), django_capture_on_commit_callbacks(execute=True):
        revise(fact, text="It says something new.")
    assert not PreparedPart.objects.filter(edition=current(site.stiffness)).exists()

    preparing.prepare_missing(None, using="default", verbosity=0, plan=[])

    assert PreparedPart.objects.filter(edition=current(site.stiffness)).count() == 4


def test_an_audit_finds_a_part_that_says_something_else_than_its_edition(site):
    audit()
    part = PreparedPart.objects.filter(kind="condition", use="page").first()
    PreparedPart.objects.filter(pk=part.pk).update(made=part.made.replace('"facts":"', '"facts":"Something else. '))

    with pytest.raises(AuditBroken, match="not what it makes"):
        audit()

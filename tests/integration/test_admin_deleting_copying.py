"""What may be deleted, and what a copy is."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils.html import strip_tags
from reversion.models import Revision, Version

from conditions.models import Citation, Condition, Fact, Subtype
from editorial import actions
from editorial.admin import deleting
from editorial.models import Review
from tests.admin_forms import admin_url, change_page
from tests.factories import make_citation, make_comparison, make_condition, make_editor, make_fact, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_editor()
    client.force_login(editor)
    return editor


def text_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_what_was_never_decided_on_is_deleted_with_its_review(client, editor):
    fact = make_fact(make_condition())

    client.post(admin_url(fact, "delete"), {"post": "yes"})

    assert not Fact.objects.exists()
    assert not Review.objects.filter(pk=fact.review_id).exists()


def test_a_condition_that_was_never_decided_on_is_deleted_with_its_subtypes(client, editor):
    condition = make_condition()
    Subtype.objects.create(condition=condition, slug="limited", name="Limited")

    client.post(admin_url(condition, "delete"), {"post": "yes"})

    assert not Condition.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_was_decided_on_is_kept_and_a_sentence_says_why(client, editor, method):
    source = make_citation()
    actions.submit([source], by=editor)

    response = getattr(client, method)(admin_url(source, "delete"), {"post": "yes"}, follow=True)

    assert "belongs to the record and cannot be deleted" in text_of(response)
    assert Citation.objects.filter(pk=source.pk).exists()
    assert 'class="deletelink"' not in change_page(client, source).content.decode()


def test_a_refusal_of_the_database_becomes_a_sentence(client, editor, monkeypatch):
    """Somebody submits it after the page was asked for and before the row is deleted."""
    source = make_citation()
    actions.submit([source], by=editor)
    monkeypatch.setattr(deleting, "is_decided", lambda item: False)

    response = client.post(admin_url(source, "delete"), {"post": "yes"}, follow=True)

    assert "was not deleted: somebody has submitted it or used it" in text_of(response)
    assert Citation.objects.filter(pk=source.pk).exists()


def test_what_others_name_in_a_list_is_not_deleted_under_them(client, editor):
    source = make_citation()
    condition = make_condition(name="One sclerosis", sources=[source])

    response = client.post(admin_url(source, "delete"), {"post": "yes"}, follow=True)

    assert "it is used by Condition “One sclerosis”. Remove it there first." in text_of(response)
    assert list(condition.definition_citations.all()) == [source]


def test_what_others_need_is_not_deleted(client, editor):
    source = make_citation()
    make_fact(make_condition(), sources=[source])

    response = client.post(admin_url(source, "delete"), {"post": "yes"}, follow=True)

    assert response.status_code == 200
    assert Citation.objects.filter(pk=source.pk).exists()


def test_there_are_no_bulk_actions(client, editor):
    make_citation()
    url = reverse("admin:conditions_citation_changelist")

    page = client.get(url)
    client.post(url, {"action": "delete_selected", "_selected_action": [Citation.objects.get().pk], "post": "yes"})

    assert b'name="action"' not in page.content
    assert Citation.objects.count() == 1


def test_a_copy_is_a_draft_with_a_review_of_its_own(client, editor):
    source = make_citation()
    condition, other = make_condition(sources=[source]), make_condition()
    fact = make_fact(condition, key="first-fact", sources=[source], text="It hardens.")
    publish(source, condition, fact)
    before = Revision.objects.count()

    response = client.post(admin_url(fact, "copy"), {"key": "second-fact", "condition": other.pk})

    copy = Fact.objects.get(key="second-fact")
    assert response.url == admin_url(copy)
    assert (copy.text, copy.condition, copy.review.status, copy.review.is_live) == (
        "It hardens.",
        other,
        "draft",
        False,
    )
    assert copy.review_id != fact.review_id
    assert [s.citation for s in copy.sources.all()] == [source]
    assert Revision.objects.count() == before + 1
    assert Version.objects.get_for_object(copy).get().revision.comment == "Copied from first-fact."
    fact.refresh_from_db()
    assert fact.review.status == "approved"


def test_a_copy_of_a_comparison_takes_its_rows_and_lists_along(client, editor):
    comparison = make_comparison(make_condition(), make_condition())
    fact = make_fact(make_condition())
    comparison.sections.create(heading="One", position=0).rests_on.add(fact)

    client.post(admin_url(comparison, "copy"), {"slug": "another-one"})

    copy = type(comparison).objects.get(slug="another-one")
    assert copy.columns.count() == 2
    assert list(copy.sections.get().rests_on.all()) == [fact]
    assert comparison.sections.count() == 1


def test_a_copy_needs_a_key_of_its_own(client, editor):
    source = make_citation(key="known-2020")

    response = client.post(admin_url(source, "copy"), {"key": "known-2020"})

    assert response.context["adminform"].form.errors == {"key": ["Citation with this Key already exists."]}
    assert Citation.objects.count() == 1


def test_asking_for_a_copy_makes_none(client, editor):
    source = make_citation(key="known-2020")

    page = client.get(admin_url(source, "copy"))

    assert page.status_code == 200
    assert Citation.objects.count() == 1


def test_two_adds_at_the_same_moment_end_in_an_error_beside_the_key(client, editor, monkeypatch):
    """The database refuses the second; the second look at the form finds the first."""
    from editorial.admin.item import ReviewedItemAdmin

    real = ReviewedItemAdmin.save_model
    raced = []

    def save_model(self, request, obj, form, change):
        if not raced:
            raced.append(True)
            raise IntegrityError("duplicate key")
        real(self, request, obj, form, change)

    monkeypatch.setattr(ReviewedItemAdmin, "save_model", save_model)
    data = {"key": "new-2020", "title": "A title", "type": "book", "evidence": "other", "integrity": "current"}

    response = client.post(reverse("admin:conditions_citation_add"), data)

    assert response.status_code == 302
    assert Citation.objects.get().key == "new-2020"

"""Saving through the admin: one revision, a state that only the actions change, and nothing lost."""

import pytest
from django.urls import reverse
from reversion.models import Revision, Version

from conditions.models import Citation, Condition, Fact
from editorial.models import Review
from editorial.workflow import Status
from tests.admin_forms import change_page, errors_of, filled_form, save
from tests.factories import make_citation, make_condition, make_editor, make_fact, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_editor(first_name="Edda", last_name="Torial")
    client.force_login(editor)
    return editor


@pytest.fixture
def fact(db):
    source = make_citation(key="known-2020")
    condition = make_condition(slug="one-sclerosis", sources=[source])
    fact = make_fact(condition, key="first-fact", sources=[source], text="It hardens.")
    publish(source, condition, fact)
    return fact


def test_a_save_is_one_revision_with_person_comment_and_children(client, editor, fact):
    before = Revision.objects.count()

    save(client, fact, text="It softens.", change_comment="Corrected the verb.")

    assert Revision.objects.count() == before + 1
    revision = Revision.objects.latest("pk")
    assert (revision.user, revision.comment) == (editor, "Corrected the verb.")
    assert {v.content_type.model for v in revision.version_set.all()} == {"fact", "factcitation"}
    fact.refresh_from_db()
    assert (fact.text, fact.review.status, fact.review.is_live) == ("It softens.", Status.DRAFT, True)


def test_without_a_comment_the_history_names_the_changed_fields(client, editor, fact):
    save(client, fact, text="It softens.")

    assert Revision.objects.latest("pk").comment == "Changed Text."


def test_a_save_that_changes_nothing_keeps_the_status(client, editor, fact):
    save(client, fact, change_comment="Only looked.")

    fact.refresh_from_db()
    assert fact.review.status == Status.APPROVED


def test_a_hand_made_post_of_editorial_state_changes_nothing(client, editor, fact):
    other = make_citation()
    before = Review.objects.values().get(pk=fact.review_id)

    save(client, fact, status="approved", review=other.review_id, review_id=other.review_id, approval="1", digest="x")

    assert Review.objects.values().get(pk=fact.review_id) == before
    assert Fact.objects.get().review_id == fact.review_id


def test_fixed_fields_are_shown_and_never_changed(client, editor, fact):
    other = make_condition()

    save(client, fact, key="another-key", condition=other.pk, text="It softens.")

    fact.refresh_from_db()
    assert (fact.key, fact.condition.slug, fact.text) == ("first-fact", "one-sclerosis", "It softens.")
    source = Citation.objects.get(key="known-2020")
    assert b'name="key"' not in change_page(client, source).content
    assert b'name="key"' in client.get(reverse("admin:conditions_citation_add")).content


def test_save_and_submit_hands_the_item_to_the_reviewers(client, editor, fact):
    response = save(client, fact, "_submit", text="It softens.", change_comment="Better word.")

    assert response.redirect_chain[-1][0] == reverse("admin:conditions_fact_change", args=[fact.pk])
    fact.refresh_from_db()
    assert fact.review.status == Status.IN_REVIEW
    assert fact.review.submitted_by == editor
    assert [str(m) for m in response.context["messages"]] == ["“It softens.” is saved and submitted for review."]
    assert fact.review.decisions.latest("pk").comment == "Better word."


def test_a_refused_submission_keeps_the_save_and_links_to_what_is_wrong(client, editor, fact):
    response = save(client, fact, "_submit", text="It leads to:")

    fact.refresh_from_db()
    assert (fact.text, fact.review.status) == ("It leads to:", Status.DRAFT)
    page = response.content.decode()
    assert "is saved, but it was not submitted." in page
    assert '<a href="#id_text">The text ends in a colon and nothing follows.' in page


def test_submitting_what_is_approved_and_unchanged_is_refused_in_a_sentence(client, editor, fact):
    response = save(client, fact, "_submit")

    assert "is saved, but it was not submitted. “It hardens.” is approved" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_submission_comes_after_the_save_is_committed(client, editor, fact, monkeypatch):
    from django.db import connection

    from editorial import actions

    seen = []
    real = actions.submit

    def submit(items, **kwargs):
        seen.append(connection.in_atomic_block)
        return real(items, **kwargs)

    monkeypatch.setattr(actions, "submit", submit)
    save(client, fact, "_submit", text="It softens.")

    assert seen == [False]


def test_a_new_item_is_a_draft_with_a_review_and_its_rows(client, editor, fact):
    source = Citation.objects.get(key="known-2020")
    url = reverse("admin:conditions_fact_add")
    data = filled_form(client.get(url))
    data |= {"key": "second-fact", "condition": fact.condition_id, "topic": fact.topic_id, "text": "It spreads."}
    data |= {"sources-TOTAL_FORMS": "1", "sources-0-citation": source.pk, "sources-0-locator": "p. 3"}
    data |= {"sources-0-bearing": "supports", "sources-0-position": "", "_save": "1"}

    response = client.post(url, data)

    assert response.status_code == 302, errors_of(response)
    made = Fact.objects.get(key="second-fact")
    assert made.review.status == Status.DRAFT
    assert [(s.citation.key, s.locator, s.position) for s in made.sources.all()] == [("known-2020", "p. 3", 0)]
    assert Version.objects.get_for_object(made).count() == 1


def test_errors_stand_beside_the_field_and_keep_what_was_typed(client, editor, fact):
    response = save(client, fact, text="What I typed.", low="9", high="3", value="")

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {
        "high": ["A range needs a low and a high end, the lower one first."]
    }
    assert "What I typed." in response.content.decode()
    assert Fact.objects.get().text == "It hardens."


def test_a_taken_key_is_an_error_beside_the_key(client, editor, fact):
    url = reverse("admin:conditions_citation_add")
    data = filled_form(client.get(url)) | {"key": "known-2020", "title": "Typed title", "_save": "1"}

    response = client.post(url, data)

    assert errors_of(response) == {"key": ["Citation with this Key already exists."]}
    assert "Typed title" in response.content.decode()


def test_structured_fields_are_typed_in_lines(client, editor):
    condition = make_condition(also_known_as=["Scleroderma"], icd10_detail={"M34.0": "Progressive"})
    source = make_citation(authors=[{"family": "Smith", "given": "A"}, {"literal": "WHO"}])

    codes = "M34.0: Progressive\nM34.1: CREST: all of it"
    save(client, condition, also_known_as="Scleroderma\n\nSSc", icd10_detail=codes)
    assert filled_form(change_page(client, source))["authors"] == "Smith, A\nOrganization: WHO"
    save(client, source, authors="Smith, A\nJones\norganization: NICE")

    condition.refresh_from_db()
    source.refresh_from_db()
    assert condition.also_known_as == ["Scleroderma", "SSc"]
    assert condition.icd10_detail == {"M34.0": "Progressive", "M34.1": "CREST: all of it"}
    assert source.authors == [{"family": "Smith", "given": "A"}, {"family": "Jones"}, {"literal": "NICE"}]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("icd10_detail", "M34.0 Progressive", "Line 1, “M34.0 Progressive”, must hold a code, a colon and a name."),
        ("icd10_detail", "M34.0: a\nM34.0: b", "The code “M34.0” stands twice. Keep one of the lines."),
        ("also_known_as", "x" * 151, "Line 1 has 151 characters; at most 150 are allowed."),
    ],
)
def test_a_bad_line_is_named(client, editor, field, typed, message):
    condition = make_condition()

    response = save(client, condition, **{field: typed})

    assert errors_of(response) == {field: [message]}
    assert Condition.objects.filter(icd10_detail={}, also_known_as=[]).exists()


def test_a_lookup_by_another_name_finds_the_condition(client, editor):
    make_condition(name="Systemic sclerosis", also_known_as=["Scleroderma"])

    page = client.get(reverse("admin:conditions_condition_changelist"), {"q": "scleroderma"}).content.decode()

    assert "Systemic sclerosis" in page

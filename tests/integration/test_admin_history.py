"""The history of an item in the admin, and the way back to an old version."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from reversion.models import Revision, Version

from conditions.models import Subtype
from editorial import actions
from editorial.models import Edition
from tests.admin_forms import admin_url, change_page, save
from tests.factories import (
    make_administrator,
    make_citation,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_editor(first_name="Edda", last_name="Torial")
    client.force_login(editor)
    return editor


@pytest.fixture
def fact(db):
    source = make_citation(key="known-2020")
    condition = make_condition(sources=[source])
    fact = make_fact(condition, key="first-fact", sources=[source], text="It hardens slowly.")
    publish(source, condition)
    return fact


def text_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def oldest_version(item):
    return Version.objects.get_for_object(item).last()


def test_versions_and_decisions_stand_on_one_line_of_time(client, editor, fact):
    save(client, fact, "_submit", text="It hardens fast.", change_comment="The new study.")
    actions.request_changes([fact], by=make_reviewer(first_name="Rex"), comment="Which study?")
    save(client, fact, text="It hardens fast in most.")

    page = client.get(admin_url(fact, "history"))

    assert [entry.title for entry in page.context["entries"]] == [
        "Saved",
        "Changes requested",
        "Submitted for review",
        "First version saved",
    ]
    newest = page.context["entries"][0]
    assert [(c.label, c.old, c.new) for c in newest.changes] == [
        ("Text", "It hardens fast.", "It hardens fast in most.")
    ]
    for words in ("The new study.", "Which study?", "Edda Torial", "Rex", "[added: in most]"):
        assert words in text_of(page)


def test_a_change_in_a_row_is_told_by_the_name_of_the_row(client, editor, fact):
    save(client, fact, text="One.")
    save(client, fact, **{"sources-0-locator": "p. 7"})

    newest = client.get(admin_url(fact, "history")).context["entries"][0]

    assert [(c.label, c.old, c.new) for c in newest.changes] == [("Source known-2020: locator", "", "p. 7")]


def test_a_long_history_comes_in_pages_with_a_constant_number_of_queries(
    client, editor, fact, django_assert_max_num_queries
):
    for number in range(33):
        save(client, fact, text=f"Version {number}.")

    with django_assert_max_num_queries(25):
        first = client.get(admin_url(fact, "history"))
    second = client.get(admin_url(fact, "history"), {"p": 2})

    assert (len(first.context["entries"]), len(second.context["entries"])) == (30, 3)
    assert second.context["entries"][0].changes[0].old == "Version 1."
    assert "Page 2 of 2" in text_of(second)


def test_an_old_version_becomes_the_draft_and_readers_see_no_change(client, editor, fact):
    save(client, fact, text="Old words.")
    publish(fact)
    save(client, fact, text="New words.")
    public = Edition.objects.current().get(kind="condition").digest

    response = client.post(admin_url(fact, "restore", oldest_version(fact).pk), follow=True)

    fact.refresh_from_db()
    assert fact.text == "Old words."
    assert Edition.objects.current().get(kind="condition").digest == public
    assert Revision.objects.latest("pk").user == editor
    assert "What readers see did not change." in text_of(response)


def test_looking_never_restores(client, editor, fact):
    save(client, fact, text="Old words.")
    save(client, fact, text="New words.")
    versions = Version.objects.count()

    assert client.get(admin_url(fact, "restore", oldest_version(fact).pk)).status_code == 405
    client.get(admin_url(fact, "history"))

    fact.refresh_from_db()
    assert (fact.text, Version.objects.count()) == ("New words.", versions)


def test_a_restore_needs_the_token_against_forged_requests(fact):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_editor())

    assert browser.post(admin_url(fact, "restore", 1)).status_code == 403


def test_the_version_of_another_item_is_not_found(client, editor, fact):
    other = make_fact(fact.condition)
    save(client, other, text="Of another.")
    save(client, fact, text="Mine.")

    response = client.post(admin_url(fact, "restore", oldest_version(other).pk))

    fact.refresh_from_db()
    assert response.status_code == 404
    assert fact.text == "Mine."


def test_the_number_of_another_kind_of_item_is_not_found(client, editor, fact):
    source = make_citation()
    save(client, source, title="Of a source.")

    assert client.post(admin_url(fact, "restore", oldest_version(source).pk)).status_code == 404


def test_who_may_only_look_reads_the_history_and_restores_nothing(client, editor, fact):
    save(client, fact, text="Old words.")
    save(client, fact, text="New words.")
    client.force_login(make_administrator())

    page = client.get(admin_url(fact, "history"))

    assert page.status_code == 200
    assert "Restore this version" not in page.content.decode()
    assert client.post(admin_url(fact, "restore", oldest_version(fact).pk)).status_code == 403
    client.force_login(make_user())
    assert client.get(admin_url(fact, "history")).status_code == 403


@pytest.mark.parametrize(("page", "args"), [("recoverlist", []), ("recover", [1]), ("revision", [1, 1])])
def test_the_screens_of_the_versioning_package_are_off(page, args):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:conditions_fact_{page}", args=args)


def test_a_restore_that_others_stand_in_the_way_of_is_refused_in_a_sentence(client, editor, fact):
    condition = fact.condition
    save(client, condition, name="Without subtypes")
    subtype = Subtype.objects.create(condition=condition, slug="limited", name="Limited")
    fact.subtype = subtype
    fact.save()

    response = client.post(admin_url(condition, "restore", oldest_version(condition).pk), follow=True)

    assert "has no “Limited”, and other content belongs to it." in text_of(response)
    assert list(condition.subtypes.all()) == [subtype]


def test_the_page_of_an_item_says_what_a_reviewer_asked_for_until_it_is_submitted_again(client, editor, fact):
    save(client, fact, "_submit", text="It hardens fast.")
    actions.request_changes([fact], by=make_reviewer(), comment="Which study?")

    assert "Which study?" in text_of(change_page(client, fact))
    save(client, fact, "_submit", text="It hardens fast in most.")
    assert "Which study?" not in text_of(change_page(client, fact))


def test_the_page_of_an_item_shows_the_live_text_beside_the_draft(client, editor, fact):
    publish(fact)
    save(client, fact, text="It hardens fast.")

    page = text_of(change_page(client, fact))

    assert "Live, with a pending change" in page
    assert "It hardens slowly." in page
    assert "[removed: slowly][added: fast]" in page
    assert "An editor has the next move" in page


def test_the_page_of_an_item_lists_its_checks_and_where_it_shows(client, editor, fact):
    save(client, fact, text="It leads to:")

    page = change_page(client, fact)

    assert '<a href="#id_text">The text ends in a colon and nothing follows.' in page.content.decode()
    assert f'<a href="{fact.condition.get_absolute_url()}">{fact.condition}</a>' in page.content.decode()


def test_the_page_of_an_item_says_why_it_must_be_checked_again(client, editor, fact):
    from conditions.models import Citation

    publish(fact)
    source = Citation.objects.get(key="known-2020")
    actions.retire([source], by=make_reviewer(), reason="Withdrawn.")

    page = text_of(change_page(client, fact))

    assert "Why it must be checked again" in page
    assert "known-2020" in page

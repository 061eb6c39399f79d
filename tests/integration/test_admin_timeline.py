"""The history of an item with its comments, filtered by sort; two versions side by side."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import timezone

from editorial import actions, commenting
from editorial.models import Decision
from editorial.versions import list_versions
from tests.admin_forms import admin_url
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_term,
    make_user,
    publish,
)
from tests.integration.desk.test_hostile_text import BAD
from tests.steps import approve, digests_now, edit, read_database, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_editor(first_name="Edda")
    client.force_login(editor)
    return editor


@pytest.fixture
def fact(db):
    source = make_citation(key="known-2020")
    condition = make_condition(sources=[source])
    fact = make_fact(condition, key="first-fact", sources=[source], text="It hardens slowly.")
    publish(source, condition)
    return fact


def say(item, body="Is that so?", **values):
    return commenting.add(item.review, **{"by": make_editor(), "body": body, "at": timezone.now(), **values})


def titles(response):
    return [entry.title for entry in response.context["entries"]]


def versions_of(item):
    """The oldest first."""
    return list(list_versions(item).order_by("pk"))


def compare(client, item, old, new):
    return client.get(admin_url(item, "compare"), {"from": getattr(old, "pk", old), "to": getattr(new, "pk", new)})


def shown(response):
    return [(change.label, change.old, change.new) for change in response.context["changes"]]


def test_comments_stand_among_versions_and_decisions(client, editor, fact):
    edit(fact, by=editor, text="It hardens fast.")
    thread = say(fact, "Which study?", field="text", by=make_reviewer(first_name="Rex"))
    submit(fact, by=editor)
    say(fact, "The new one.", thread=thread, by=editor)
    commenting.resolve(thread, by=make_reviewer(first_name="Rita"), at=timezone.now())

    page = client.get(admin_url(fact, "history"))

    assert titles(page) == ["Answer to Rex", "Submitted for review", "Comment on “Text”", "First version saved"]
    words = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "Which study?" in words
    assert "Resolved by Rita" in words


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("versions", ["First version saved"]),
        ("decisions", ["Submitted for review"]),
        ("comments", ["Comment"]),
        ("all", ["Submitted for review", "Comment", "First version saved"]),
    ],
)
def test_the_address_says_what_is_shown(client, editor, fact, show, expected):
    edit(fact, by=editor, text="It hardens fast.")
    say(fact)
    submit(fact, by=editor)

    page = client.get(admin_url(fact, "history"), {"show": show})

    assert titles(page) == expected
    assert (
        BeautifulSoup(page.content, "html.parser").select_one(".timeline-sorts [aria-current]")["href"]
        == f"?show={show}"
    )


def test_an_unknown_sort_is_a_sentence_and_all_is_shown(client, editor, fact):
    say(fact)

    page = client.get(admin_url(fact, "history"), {"show": "<b>nonsense"})

    assert titles(page) == ["Comment"]
    assert "There is no list “&lt;b&gt;nonsense”." in page.content.decode()


def test_a_decision_shows_credentials_schedule_and_what_was_waived(client, editor, fact):
    reviewer = make_reviewer(first_name="Rex", credentials="MD", specialty="Bones")
    submit(fact, by=editor)
    later = timezone.now() + timedelta(days=3)
    actions.approve([fact], by=reviewer, digests=digests_now(fact), publish_at=later)
    actions.unschedule([fact], by=reviewer)
    newest = Decision.objects.latest("pk")
    waived = Decision(waived=[{"code": "x", "field": "text", "message": "It is too long."}])

    page = client.get(admin_url(fact, "history"))

    assert titles(page)[:2] == ["Schedule cancelled", "Approved for later"]
    words = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "Rex, MD, Bones" in words
    assert f"To become public on {later:%-d %B %Y, %H:%M}" in words
    assert "It is too long." in render_to_string("admin/editorial/_decision.html", {"decision": waived})
    assert newest.action == "unschedule"


def test_a_long_history_of_all_sorts_takes_a_constant_number_of_queries(
    client, editor, fact, django_assert_max_num_queries
):
    for number in range(8):
        edit(fact, by=editor, text=f"Version {number}.")
        thread = say(fact, f"Comment {number}")
        say(fact, "An answer.", thread=thread)
        submit(fact, by=editor)
        actions.request_changes([fact], by=make_reviewer(), comment="Again.")

    with django_assert_max_num_queries(18):
        page = client.get(admin_url(fact, "history"))

    assert len(page.context["entries"]) == 30
    assert "?show=all&amp;p=2" in page.content.decode()


def test_any_two_versions_are_compared_field_by_field(client, editor, fact):
    edit(fact, by=editor, text="It hardens slowly.", note="First note.")
    edit(fact, by=editor, text="It hardens.")
    fact.sources.update(locator="p. 7")
    edit(fact, by=editor, text="It hardens fast.", note="Another note.")
    first, _, third = versions_of(fact)

    page = compare(client, fact, first, third)

    assert shown(page) == [
        ("Note for editors and reviewers", "First note.", "Another note."),
        ("Text", "It hardens slowly.", "It hardens fast."),
        ("Source known-2020: locator", "", "p. 7"),
    ]
    assert shown(compare(client, fact, third, first))[1] == ("Text", "It hardens fast.", "It hardens slowly.")


def test_a_version_is_compared_with_what_is_live(client, editor, fact):
    edit(fact, by=editor, text="It hardens slowly.")
    submit(fact, by=editor)
    approve(fact)
    fact.sources.update(locator="p. 7")
    edit(fact, by=editor, text="It hardens fast.")
    approved, draft = versions_of(fact)

    assert shown(compare(client, fact, "live", draft)) == [
        ("Text", "It hardens slowly.", "It hardens fast."),
        ("Source known-2020: where", "", "p. 7"),
    ]
    same = compare(client, fact, approved, "live")
    assert shown(same) == []
    assert "They do not differ." in same.content.decode()


def test_versions_of_every_kind_are_compared_with_what_is_live(client, editor, fact):
    source = make_citation()
    other = make_condition(sources=[source])
    fact.condition.subtypes.create(slug="limited", name="Limited", definition="A form.").citations.add(source)
    comparison = make_comparison(fact.condition, other)
    comparison.sections.create(heading="Hardening", position=0).rests_on.add(fact)
    comparison.points.create(kind="difference", text="They differ.", position=0).citations.add(source)
    faq, term = make_faq(other, sources=[source]), make_term(sources=[source])
    items = [source, fact.condition, other, fact, comparison, faq, term]
    for item in items:
        edit(item, by=editor, note="Saved.")
    publish(*items)

    for item in items:
        newest = versions_of(item)[-1]
        assert "They do not differ." in compare(client, item, newest, "live").content.decode(), item


def test_looking_at_a_version_beside_what_is_live_writes_nothing(client, editor, fact):
    edit(fact, by=editor, text="It hardens slowly.")
    submit(fact, by=editor)
    approve(fact)
    edit(fact, by=editor, text="It hardens fast.")
    before = read_database()

    compare(client, fact, "live", versions_of(fact)[0])
    compare(client, fact, *versions_of(fact))

    assert read_database() == before


def test_a_version_that_names_what_was_deleted_is_a_sentence(client, editor, fact):
    gone = make_citation()
    publish(fact)
    fact.sources.create(citation=gone, position=3)
    edit(fact, by=editor, text="It hardens fast.")
    version = versions_of(fact)[-1]
    fact.sources.filter(citation=gone).delete()
    gone.delete()

    page = compare(client, fact, "live", version)

    assert "names what was deleted since" in page.content.decode()


def test_without_a_choice_what_is_live_and_the_working_copy_are_compared(client, editor, fact):
    publish(fact)
    edit(fact, by=editor, text="It hardens fast.")

    page = client.get(admin_url(fact, "compare"))

    assert (page.context["old"].value, page.context["new"].is_newest) == ("live", True)
    assert [change.label for change in page.context["changes"]] == ["Text"]


def test_nothing_chosen_or_the_same_twice_is_a_sentence(client, editor, fact):
    edit(fact, by=editor, text="It hardens fast.")
    (version,) = versions_of(fact)

    assert "Choose two versions to compare." in client.get(admin_url(fact, "compare")).content.decode()
    assert "the same version twice" in compare(client, fact, version, version).content.decode()


def test_versions_of_another_item_or_kind_and_wrong_numbers_are_not_found(client, editor, fact):
    other, source = make_fact(fact.condition), make_citation()
    edit(other, by=editor, text="Of another.")
    edit(source, by=editor, title="Of a source.")
    edit(fact, by=editor, text="Mine.")
    (mine,) = versions_of(fact)

    for foreign in (versions_of(other)[0].pk, versions_of(source)[0].pk, 987654, "x", "-1", "9" * 40, "live"):
        assert compare(client, fact, foreign, mine).status_code == 404, foreign


def test_restoring_is_offered_beside_the_comparison_to_who_may(client, editor, fact):
    edit(fact, by=editor, text="Old.")
    edit(fact, by=editor, text="New.")
    old, new = versions_of(fact)

    page = BeautifulSoup(compare(client, fact, old, new).content, "html.parser")
    forms = [form["action"] for form in page.select("form[method=post]") if "restore" in form["action"]]
    assert forms == [admin_url(fact, "restore", old.pk)]

    client.force_login(make_user())
    assert compare(client, fact, old, new).status_code == 403


def test_hostile_text_in_versions_and_comments_is_shown_as_text(client, editor, fact):
    edit(fact, by=editor, text=BAD)
    edit(fact, by=editor, text=f"{BAD} <i>more</i>", note=BAD)
    say(fact, BAD, by=make_editor(first_name=BAD[:100]))

    for page in (client.get(admin_url(fact, "history")), compare(client, fact, *versions_of(fact))):
        found = BeautifulSoup(page.content, "html.parser").select_one("#content-main")
        assert found.select("script, img, i, textarea") == []
        assert "<script>alert(1)</script>" in found.text

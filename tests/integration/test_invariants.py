"""The eight invariants of the design, one clear test each, at the page where readers would meet a break.

Random play over all writers and all public addresses stands in `leaks/`, races in `races/`.
"""

from collections.abc import Iterator

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import Error, transaction
from django.test import Client

from conditions.models import Citation, Condition, Fact
from editorial import actions, errors
from editorial.models import Decision, Edition, Review
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_reviewer,
    publish,
)
from tests.public_routes import list_public_urls
from tests.steps import approve, digests_now, edit, retire, review_of, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Citation:
    return make_citation(title="An approved study")


@pytest.fixture
def condition(source: Citation) -> Condition:
    condition = make_condition(sources=[source], slug="hardening", name="Hardening")
    publish(source, condition)
    return condition


@pytest.fixture
def fact(condition: Condition, source: Citation) -> Fact:
    fact = make_fact(condition, sources=[source], text="It hardens slowly.")
    publish(fact)
    return fact


def crawl(client: Client) -> Iterator[str]:
    for url in list_public_urls():
        yield client.get(url).content.decode(errors="replace")


def shows(client: Client, text: str) -> bool:
    """Whether the text stands on any public page at all."""
    return any(text in page for page in crawl(client))


def page(client: Client, condition: Condition) -> str:
    return client.get(f"/conditions/{condition.slug}/").content.decode()


def test_1_nothing_unapproved_is_public_not_even_through_relations(client, condition, source):
    draft = make_citation(title="An unapproved study")
    fact = make_fact(condition, sources=[source, draft], text="It has two sources.", note="A private note")
    publish(fact)
    make_fact(condition, sources=[source], text="It was never reviewed.")

    assert shows(client, "It has two sources.")
    assert not shows(client, "An unapproved study")
    assert not shows(client, "A private note")
    assert not shows(client, "It was never reviewed.")


def test_2_a_pending_edit_changes_nothing_public(client, fact, condition):
    editor = edit(fact, text="It hardens fast.")
    assert "It hardens slowly." in page(client, condition)
    submit(fact, by=editor)
    assert not shows(client, "It hardens fast.")

    approve(fact)

    assert "It hardens fast." in page(client, condition)
    assert "It hardens slowly." not in page(client, condition)


def test_3_nobody_approves_what_they_changed_not_even_a_superuser(fact):
    person = make_reviewer(is_superuser=True)
    edit(fact, by=person, text="I wrote this.")
    submit(fact, by=make_editor())

    with pytest.raises(errors.OwnWorkRefused):
        approve(fact, by=person)
    approval = Decision.objects.filter(review=fact.review_id, action="approve").values().get()
    forged = Decision(**{**approval, "id": None, "actor_id": person.pk, "hash": "x", "previous_hash": "y"})
    with pytest.raises(Error, match="four eyes"), transaction.atomic():
        forged.save(force_insert=True)


def test_4_an_approval_binds_what_was_on_the_screen(fact):
    editor = edit(fact, text="It was read.")
    submit(fact, by=editor)
    seen = digests_now(fact)
    edit(fact, by=editor, text="It was changed afterwards.")
    submit(fact, by=editor)

    with pytest.raises(errors.ContentChanged):
        actions.approve([fact], by=make_reviewer(), digests=seen)

    assert review_of(fact).status == "in_review"


def test_4_a_save_that_changes_nothing_resets_nothing(fact):
    edit(fact)

    assert review_of(fact).status == "approved"


def test_5_a_batch_is_approved_together_or_not_at_all(client, condition, source, fact):
    good = make_fact(condition, sources=[source], text="It is in order.")
    bad = make_fact(condition, sources=[make_citation()], text="Its source is not approved.")
    submit(good, bad)
    decisions, editions = Decision.objects.count(), Edition.objects.count()

    with pytest.raises(errors.IssuesFound):
        approve(good, bad)

    assert (Decision.objects.count(), Edition.objects.count()) == (decisions, editions)
    assert {review_of(good).status, review_of(bad).status} == {"in_review"}
    assert not shows(client, "It is in order.")


@pytest.mark.parametrize("model", [Decision, Edition])
def test_6_history_is_append_only_and_the_audit_proves_it(fact, model, capsys):
    with pytest.raises(Error), transaction.atomic():
        model.objects.update(digest="forged")
    with pytest.raises(Error), transaction.atomic():
        model.objects.all()._raw_delete(using="default")

    call_command("audit")

    assert "all whole" in capsys.readouterr().out


def test_7_approved_stands_on_approved(condition, source):
    lonely = make_fact(make_condition(sources=[source]), sources=[source])
    unsupported = make_fact(condition, sources=[make_citation()])
    comparison = make_comparison(condition, lonely.condition)
    submit(lonely, unsupported, comparison)

    for item, code in [
        (lonely, "condition-unapproved"),
        (unsupported, "citation-unapproved"),
        (comparison, "condition-unapproved"),
    ]:
        with pytest.raises(errors.IssuesFound) as refused:
            approve(item)
        assert code in {issue.code for issue in refused.value.issues[item]}


def test_7_a_retired_source_marks_what_rests_on_it(fact, source):
    retire(source)

    review = review_of(fact)
    assert review.needs_recheck
    assert source.key in review.recheck_reasons[0]


def test_8_writes_outside_the_workflow_never_show(client, fact, condition, tmp_path):
    Fact.objects.filter(pk=fact.pk).update(text="Written around everything.")
    assert not shows(client, "Written around everything.")
    fact.refresh_from_db()
    fact.text = "Written in a shell."
    fact.save()
    fixture = tmp_path / "fact.json"
    fact.text = "Written by a fixture."
    fixture.write_text(serializers.serialize("json", [fact]))
    call_command("loaddata", str(fixture), verbosity=0)
    copy = Fact.objects.get(pk=fact.pk)
    copy.pk, copy.key, copy._state.adding = None, "a-copy", True
    copy.save()
    client.force_login(make_editor())
    client.post(
        f"/admin/conditions/fact/{fact.pk}/change/", {"text": "Posted by hand.", "review": 1, "status": "approved"}
    )
    client.logout()

    for words in ("Written in a shell.", "Written by a fixture.", "Posted by hand."):
        assert not shows(client, words)
    assert "It hardens slowly." in page(client, condition)
    assert Review.objects.get(key="a-copy").status == "draft"

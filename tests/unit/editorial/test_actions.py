"""The walking skeleton: one fact from a saved row to an edition."""

import pytest
import reversion

from editorial import actions, errors
from editorial.models import Edition
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish

pytestmark = pytest.mark.django_db


def current(kind="condition"):
    return Edition.objects.current().get(kind=kind)


def published_condition():
    source = make_citation()
    condition = make_condition(sources=[source])
    publish(source, condition)
    return condition, source


def test_an_approved_fact_is_in_the_new_edition_of_its_condition():
    condition, source = published_condition()
    fact = make_fact(condition, sources=[source], text="It hardens.")

    publish(fact)

    assert [f["text"] for f in current().content["facts"]] == ["It hardens."]
    assert current().number == 2
    assert fact.review.status == "approved"


def test_a_pending_edit_changes_nothing_public():
    condition, source = published_condition()
    fact = make_fact(condition, sources=[source], text="It hardens.")
    publish(fact)
    editor = make_editor()

    with reversion.create_revision():
        reversion.set_user(editor)
        fact.text = "It softens."
        fact.save()

    assert fact.review.status == "draft"
    assert fact.review.approval is not None
    assert [f["text"] for f in current().content["facts"]] == ["It hardens."]
    actions.submit([fact], by=editor)
    editor.groups.add(*make_reviewer().groups.all())
    same_person = type(editor).objects.get(pk=editor.pk)
    digest = fact.review.digest
    with pytest.raises(errors.OwnWorkRefused):
        actions.approve([fact], by=same_person, digests={fact: digest})
    actions.approve([fact], by=make_reviewer(), digests={fact: fact.review.digest})
    assert [f["text"] for f in current().content["facts"]] == ["It softens."]

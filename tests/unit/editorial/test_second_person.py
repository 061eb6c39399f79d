"""A retirement by one person waits for another, whatever happens to the draft meanwhile."""

import pytest

from editorial import actions, errors
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, publish
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def retired_and_edited():
    source = make_citation()
    condition = make_condition(sources=[source])
    fact = make_fact(condition, sources=[source])
    publish(source, condition, fact)
    first = make_reviewer()
    actions.retire([fact], by=first, reason="It may do harm.")
    edit(fact, text="It was written anew.")
    return fact, first


def test_a_second_person_confirms_a_retirement_also_when_the_text_was_edited_since(retired_and_edited):
    fact, _ = retired_and_edited

    actions.confirm([fact], by=make_reviewer())

    assert not review_of(fact).needs_second_person
    assert review_of(fact).status == "draft"
    assert review_of(fact).approval is None


def test_the_person_who_retired_it_still_cannot_confirm_it(retired_and_edited):
    fact, first = retired_and_edited

    with pytest.raises(errors.OwnWorkRefused):
        actions.confirm([fact], by=first)


def test_a_draft_without_a_waiting_retirement_cannot_be_confirmed(retired_and_edited):
    fact, _ = retired_and_edited
    actions.confirm([fact], by=make_reviewer())

    with pytest.raises(errors.TransitionNotAllowed):
        actions.confirm([fact], by=make_reviewer())

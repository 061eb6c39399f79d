"""Slugs: a public address changes by approval only, the old one leads to the new, and no page takes another's."""

import pytest

from editorial import actions, editions, errors
from editorial.models import Edition
from tests.factories import make_condition, make_faq, make_reviewer, publish
from tests.steps import approve, digests_now, edit, retire, revise, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition():
    condition = make_condition(slug="old")
    publish(*condition.definition_citations.all(), condition)
    return condition


def get_current(slug: str) -> Edition:
    return editions.get_current("condition", slug)


def new_condition(slug: str):
    condition = make_condition(slug=slug)
    publish(*condition.definition_citations.all())
    return condition


def test_a_draft_slug_is_no_address(condition) -> None:
    edit(condition, slug="new")

    assert get_current("old").slug == "old"
    with pytest.raises(editions.NotPublished):
        get_current("new")


def test_an_approved_slug_is_the_address_and_all_old_ones_lead_to_it(condition) -> None:
    revise(condition, slug="new")
    revise(condition, slug="newest")

    assert get_current("newest").number == 3
    for former in ("old", "new"):
        with pytest.raises(editions.Moved) as caught:
            get_current(former)
        assert caught.value.slug == "newest"


def test_a_slug_that_another_public_page_still_has_is_refused(condition) -> None:
    edit(condition, slug="new")
    other, reviewer = new_condition("old"), make_reviewer()
    submit(other)

    with pytest.raises(errors.IssuesFound, match="Another public page still has this address"):
        actions.approve([other], by=reviewer, digests=digests_now(other))
    assert get_current("old").subject_id == condition.review_id


def test_a_slug_that_a_page_gave_up_may_be_taken_and_then_leads_to_its_new_owner(condition) -> None:
    revise(condition, slug="new")
    other = new_condition("old")
    submit(other)
    approve(other)

    assert get_current("old").subject_id == other.review_id
    assert get_current("new").subject_id == condition.review_id


def test_a_withdrawn_page_does_not_keep_its_address_from_others(condition) -> None:
    retire(condition)
    edit(condition, slug="moved-away")
    other = new_condition("old")
    submit(other)
    approve(other)

    assert get_current("old").subject_id == other.review_id


def test_the_old_address_of_a_withdrawn_page_says_so(condition) -> None:
    revise(condition, slug="new")
    retire(condition)

    for slug in ("old", "new"):
        with pytest.raises(editions.Withdrawn):
            get_current(slug)


def test_the_same_slug_on_pages_of_different_kinds_is_no_conflict(condition) -> None:
    faq = make_faq(condition, slug="old")
    publish(*faq.citations.all(), faq)

    assert editions.get_current("faq", "old").slug == get_current("old").slug


def test_two_pages_exchange_their_addresses_in_two_steps(condition) -> None:
    other = new_condition("other")
    submit(other)
    approve(other)
    revise(condition, slug="meanwhile")
    revise(other, slug="old")
    revise(condition, slug="other")

    assert get_current("old").subject_id == other.review_id
    assert get_current("other").subject_id == condition.review_id

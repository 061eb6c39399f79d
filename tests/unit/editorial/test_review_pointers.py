"""The database itself refuses a Review that borrows an approval, and an item that takes over another's Review."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from editorial import actions
from editorial.models import Review
from editorial.workflow import Status
from tests.factories import make_citation, make_reviewer, publish
from tests.steps import approve, submit

pytestmark = pytest.mark.django_db


def get_review(item) -> Review:
    return Review.objects.get(pk=item.review_id)


def refuses_update(item, **values) -> bool:
    try:
        with transaction.atomic():
            Review.objects.filter(pk=item.review_id).update(**values)
    except IntegrityError:
        return True
    return False


def test_an_item_cannot_borrow_the_approval_of_another() -> None:
    approved, draft = make_citation(), make_citation()
    publish(approved)

    assert refuses_update(draft, status=Status.APPROVED, approval=get_review(approved).approval)


def test_a_submission_is_no_approval() -> None:
    item = make_citation()
    publish(item)

    assert refuses_update(item, approval=item.review.decisions.get(action="submit"))


def test_a_retired_item_does_not_come_back_by_its_old_approval() -> None:
    item = make_citation()
    publish(item)
    old = get_review(item).approval
    actions.retire([item], by=make_reviewer(), reason="It is wrong.")

    assert refuses_update(item, status=Status.APPROVED, approval=old)


def test_a_retirement_and_a_confirmation_must_be_the_items_own() -> None:
    item, other = make_citation(), make_citation()
    publish(item, other)
    reviewer = make_reviewer()
    actions.confirm([other], by=reviewer)
    actions.retire([other], by=reviewer, reason="It is wrong.")

    retirement = get_review(other).retirement
    confirmation = other.review.decisions.get(action="confirm")
    assert refuses_update(item, retirement=retirement)
    assert refuses_update(item, confirmation=confirmation)


def test_an_approval_for_later_must_be_the_items_own() -> None:
    item, other = make_citation(), make_citation()
    submit(item, other)
    decision = approve(other, publish_at=timezone.now() + timedelta(days=1))[0]

    assert refuses_update(item, scheduled=decision)
    assert refuses_update(other, scheduled=get_review(other).decisions.get(action="submit"))


def test_an_approval_for_later_is_no_approval() -> None:
    item = make_citation()
    submit(item)
    decision = approve(item, publish_at=timezone.now() + timedelta(days=1))[0]

    assert refuses_update(item, status=Status.APPROVED, scheduled=None, approval=decision)


def test_an_item_keeps_its_review() -> None:
    item, free = make_citation(), Review.objects.create(kind="citation", key="free")

    with pytest.raises(Error, match="Cannot update"), transaction.atomic():
        type(item).objects.filter(pk=item.pk).update(review=free)

"""Ways around the review, all refused, each a test.

- ids outside the list, of another model, of nothing: here, and desk/test_decide.py
- changed between page and POST: desk/test_decide.py (the 409 page), tests/unit/editorial/test_refusals.py
- already decided: desk/test_decide.py
- hand-made fields of state: here, test_admin_saving.py, tests/unit/editorial/test_tracking.py (fixtures)
- a reviewer who edits and then approves: here, desk/test_decide.py
- own work by a second role of the same account, or by a superuser: here
- GET requests that change something: here, every address of the staff × every role
- deeds of people without the right: here, every address of the staff that writes
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import actions, errors
from editorial.groups import ADMINISTRATORS, EDITORS, REVIEWERS
from editorial.models import Review, User
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_user, publish
from tests.integration.test_staff_urls import DEEDS, MAKERS, PAGES, ROLES, address, make_items
from tests.steps import digest_now, digests_now, edit, read_database, review_of, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition():
    source = make_citation()
    condition = make_condition(sources=[source])
    publish(source, condition)
    return condition


@pytest.fixture
def waiting(condition):
    """A fact that waits for review."""
    fact = make_fact(condition, sources=list(condition.definition_citations.all()))
    submit(fact)
    return fact


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post_decision(client: Client, item, **values):
    data = {"items": item.review_id, "shown": item.review_id, "action": "approve", "materiality": "clinical"}
    return client.post(reverse("desk:decide"), data | {f"digest-{item.review_id}": digest_now(item)} | values)


@pytest.mark.parametrize("role", ROLES)
def test_no_get_request_changes_anything(role):
    items = make_items()
    addresses = [address(route, items) for route in PAGES]
    client = sign_in(MAKERS[role]()) if role != "anonymous" else Client()
    before = read_database()

    for url in addresses:
        client.get(url)
        client.head(url)

    assert read_database() == before


@pytest.mark.parametrize("role", ["anonymous", "nobody"])
def test_no_deed_of_somebody_without_rights_changes_anything(role):
    items = make_items()
    addresses = [address(route, items) for route in DEEDS]
    review = items["conditions/fact"].review
    client = sign_in(MAKERS[role]()) if role != "anonymous" else Client()
    sent = {"items": review.pk, f"digest-{review.pk}": review.digest, "action": "retire", "comment": "x", "body": "x"}
    before = read_database()

    for url in addresses:
        client.post(url, sent)

    assert read_database() == before


def test_one_person_with_two_roles_cannot_approve_own_work(condition):
    both = make_user(EDITORS, REVIEWERS, ADMINISTRATORS, interests="None.", interests_declared_on=timezone.now().date())
    fact = make_fact(condition, sources=list(condition.definition_citations.all()))
    submit(fact, by=edit(fact, by=both, text="My own words."))
    before = read_database()

    response = post_decision(sign_in(both), fact)

    assert response.status_code == 400
    assert "another person must" in response.text
    assert read_database() == before


def test_a_superuser_cannot_approve_own_work_not_even_for_later(waiting, superuser):
    superuser.interests, superuser.interests_declared_on = "None.", timezone.now().date()
    superuser.save()
    edit(waiting, by=superuser, text="My own words.")
    submit(waiting)

    assert post_decision(sign_in(superuser), waiting).status_code == 400
    with pytest.raises(errors.OwnWorkRefused):
        actions.approve(
            [waiting], by=superuser, digests=digests_now(waiting), publish_at=timezone.now() + timedelta(days=1)
        )
    assert review_of(waiting).scheduled is None


def test_a_reviewer_who_edits_after_approving_for_later_makes_nothing_public(waiting):
    reviewer, later = make_reviewer(), timezone.now() + timedelta(hours=1)
    actions.approve([waiting], by=reviewer, digests=digests_now(waiting), publish_at=later)
    edit(waiting, by=reviewer, text="My own words.")

    outcome = actions.publish_due(at=later)

    assert outcome.published == []
    assert not review_of(waiting).is_live


def test_fields_of_state_in_a_decision_are_read_by_nobody(waiting):
    editor = make_editor()
    before = read_database()

    response = post_decision(
        sign_in(editor), waiting, status="approved", approval=1, scheduled=1, needs_second_person="", reviewer=editor.pk
    )

    assert response.status_code == 403
    assert read_database() == before


def test_the_digest_of_another_item_approves_nothing(waiting, condition):
    other = make_fact(condition, sources=list(condition.definition_citations.all()), text="Another.")
    submit(other)

    response = post_decision(sign_in(make_reviewer()), waiting, **{f"digest-{waiting.review_id}": digest_now(other)})

    assert response.status_code == 409
    assert not review_of(waiting).is_live


def test_ids_that_are_no_numbers_of_reviews_decide_nothing(waiting):
    client = sign_in(make_reviewer())
    before = read_database()

    for odd in ("0", "-1", "1e3", "１", "9" * 30, f"{waiting.review_id}.0", f"{waiting.review_id} OR 1=1", "\x00"):
        assert post_decision(client, waiting, items=odd).status_code in (400, 409)

    assert read_database() == before


def test_no_request_writes_a_review_that_has_no_item(condition):
    """A Review whose item was deleted is nothing that one could decide on."""
    orphan = Review.objects.create(kind="fact", key="orphan")

    response = sign_in(make_reviewer()).post(
        reverse("desk:decide"), {"items": orphan.pk, f"digest-{orphan.pk}": "", "action": "approve"}
    )

    assert response.status_code == 400
    assert Review.objects.get(pk=orphan.pk).status == "draft"

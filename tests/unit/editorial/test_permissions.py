"""Who may do what: the three groups, the superuser, and those who have left."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from conditions.models import Citation, Fact
from editorial import actions, errors, permissions
from editorial.groups import ADMINISTRATORS, EDITORS, REVIEWERS
from editorial.models import User
from editorial.workflow import Action
from tests.factories import make_citation, make_editor, make_reviewer, make_user, publish
from tests.steps import approve, digest_now, digests_now, edit, first_version, read_database, submit

pytestmark = pytest.mark.django_db

EDITING = {Action.EDIT, Action.SUBMIT, Action.RESTORE}
DECIDING = {Action.APPROVE, Action.REQUEST_CHANGES, Action.CONFIRM, Action.RETIRE}
DECIDING |= {Action.SCHEDULE, Action.UNSCHEDULE, Action.WAIVE}


@pytest.mark.parametrize(
    ("group", "allowed"),
    [(EDITORS, EDITING), (REVIEWERS, EDITING | DECIDING), (ADMINISTRATORS, set()), ("", set())],
)
@pytest.mark.parametrize("action", list(Action))
def test_each_group_may_do_its_part_and_no_more(group: str, allowed: set[Action], action: Action) -> None:
    assert permissions.can(make_user(group), action, Citation) == (action in allowed)


@pytest.mark.parametrize("action", list(Action))
def test_a_superuser_may_do_everything_that_needs_a_right(superuser: User, action: Action) -> None:
    assert permissions.can(superuser, action, Fact)


@pytest.mark.parametrize("values", [{"is_active": False}, {"is_staff": False}])
@pytest.mark.parametrize("action", list(Action))
def test_who_has_left_or_is_no_staff_may_do_nothing(action: Action, values: dict[str, bool]) -> None:
    user = make_reviewer()
    User.objects.filter(pk=user.pk).update(**values)

    assert not permissions.can(User.objects.get(pk=user.pk), action, Citation)


def test_nobody_is_nobody() -> None:
    assert not permissions.can(AnonymousUser(), Action.APPROVE, Citation)


NEVER = datetime(9999, 1, 1, tzinfo=UTC)
ON_WHAT_WAITS = ("approve", "request_changes", "schedule", "unschedule", "waive")


@pytest.mark.parametrize("act", [*ON_WHAT_WAITS, "submit", "retire", "confirm", "restore"])
def test_an_act_without_the_right_is_refused_with_a_sentence_and_changes_nothing(act: str) -> None:
    item, stranger = make_citation(), make_user("")
    publish(item)
    if act in ON_WHAT_WAITS:
        item = make_citation()
        submit(item)
        if act == "unschedule":
            approve(item, publish_at=timezone.now() + timedelta(days=1))
    edit(item, note="A version to restore.")
    perform = {
        "submit": lambda: actions.submit([item], by=stranger),
        "approve": lambda: actions.approve([item], by=stranger, digests=digests_now(item)),
        "request_changes": lambda: actions.request_changes([item], by=stranger, comment="More."),
        "retire": lambda: actions.retire([item], by=stranger, reason="Wrong."),
        "confirm": lambda: actions.confirm([item], by=stranger),
        "schedule": lambda: actions.approve([item], by=stranger, digests=digests_now(item), publish_at=NEVER),
        "unschedule": lambda: actions.unschedule([item], by=stranger),
        "waive": lambda: actions.waive(item, codes=["x"], reason="So.", by=stranger, digest=digest_now(item)),
        "restore": lambda: actions.restore(item, version=first_version(item), by=stranger),
    }[act]
    before = read_database()

    with pytest.raises(errors.NotPermitted, match=f"You do not have the right to .* “{item}”"):
        perform()
    assert read_database() == before


def test_an_editor_may_not_approve() -> None:
    item = make_citation()
    submit(item)

    with pytest.raises(errors.NotPermitted):
        actions.approve([item], by=make_editor(), digests=digests_now(item))

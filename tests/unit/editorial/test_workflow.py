"""The table of moves, and that the actions obey it to the letter."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from editorial import actions, errors, guards
from editorial.checks import Issue, Severity
from editorial.models import Decision, ReviewedItem
from editorial.workflow import MOVES, OWNERS, Action, Role, Status, can_move, mermaid
from tests.factories import make_citation, make_editor, make_reviewer, publish
from tests.steps import approve, digest_now, digests_now, edit, read_database, retire, review_of, submit

NEVER_PUBLIC = [Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED]
STANDS = [
    *((status, False) for status in NEVER_PUBLIC),
    *((status, True) for status in [*NEVER_PUBLIC, Status.APPROVED]),
    (Status.RETIRED, False),
]
ACTS = [action for action in Action if action != Action.EDIT]


def test_every_status_is_reached_and_owned_and_every_action_has_its_move() -> None:
    assert set(OWNERS) == set(Status)
    assert set(OWNERS.values()) == set(Role)
    assert set(MOVES) == set(Action)
    assert {move.target for move in MOVES.values()} - {None} == set(Status)


def test_every_move_starts_somewhere_and_only_reviewers_wait_for_an_approval() -> None:
    assert all(move.sources for move in MOVES.values())
    assert MOVES[Action.APPROVE].sources == {Status.IN_REVIEW}
    assert OWNERS[Status.IN_REVIEW] == Role.REVIEWER


def test_the_diagram_shows_every_move_once() -> None:
    arrows = [line for line in mermaid().splitlines() if "-->" in line and "[*]" not in line]

    assert len(arrows) == len(set(arrows)) == sum(len(move.sources) for move in MOVES.values())


def bring_to(status: Status, *, is_public: bool) -> ReviewedItem:
    item = make_citation()
    if is_public:
        publish(item)
        if status == Status.APPROVED:
            return item
        edit(item, title="A new title")
    if status == Status.RETIRED:
        publish(item)
        retire(item)
    elif status != Status.DRAFT:
        submit(item)
    if status == Status.CHANGES_REQUESTED:
        actions.request_changes([item], by=make_reviewer(), comment="Name the journal.")
    return item


BLOCKING = Issue("odd", Severity.ERROR, "It is odd.", is_waivable=True)


def act(action: Action, item: ReviewedItem) -> Any:
    editor, reviewer, later = make_editor(), make_reviewer(), timezone.now() + timedelta(days=1)
    if action == Action.RESTORE:
        edit(item, note="So that there is a version.")
    if action == Action.UNSCHEDULE and review_of(item).status == Status.IN_REVIEW:
        approve(item, publish_at=later)
    return {
        Action.SUBMIT: lambda: actions.submit([item], by=editor),
        Action.APPROVE: lambda: actions.approve([item], by=reviewer, digests=digests_now(item)),
        Action.REQUEST_CHANGES: lambda: actions.request_changes([item], by=reviewer, comment="More."),
        Action.RETIRE: lambda: actions.retire([item], by=reviewer, reason="Wrong."),
        Action.CONFIRM: lambda: actions.confirm([item], by=reviewer),
        Action.SCHEDULE: lambda: actions.approve([item], by=reviewer, digests=digests_now(item), publish_at=later),
        Action.UNSCHEDULE: lambda: actions.unschedule([item], by=reviewer),
        Action.WAIVE: lambda: actions.waive(item, codes=["odd"], reason="So.", by=reviewer, digest=digest_now(item)),
        Action.RESTORE: lambda: actions.restore(item, version=latest(item), by=editor),
    }[action]


def latest(item: ReviewedItem) -> Any:
    from editorial.versions import list_versions

    return list_versions(item)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "is_public"), STANDS)
@pytest.mark.parametrize("action", ACTS)
def test_an_action_does_what_the_table_allows_and_refuses_all_else(
    action: Action, status: Status, is_public: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = bring_to(status, is_public=is_public)
    if action == Action.WAIVE:  # There must be something to waive.
        monkeypatch.setattr(guards, "find_issues", lambda items: {item: [BLOCKING] for item in items})
    perform = act(action, item)
    assert (review_of(item).status, review_of(item).is_live) == (status, is_public)
    before = read_database()

    if can_move(action, status=status, has_approval=is_public):
        perform()
        target = MOVES[action].target
        # A restored version that is what is public already is no change.
        unchanged = action == Action.RESTORE and status != Status.RETIRED
        assert review_of(item).status == (status if target is None or unchanged else target)
        assert Decision.objects.order_by("pk").last().action == action
    else:
        with pytest.raises(errors.TransitionNotAllowed, match=str(item)):
            perform()
        assert read_database() == before

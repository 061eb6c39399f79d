"""Who is looking at an item: said by the person, seen by others, over after a while or a decision."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from editorial import actions, errors, presence
from editorial.models import Presence, Review, User
from tests.factories import make_citation, make_editor, make_reviewer, publish
from tests.steps import digests_now, edit, review_of, submit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 42, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def others(review: Review, *, but: User | None = None, at: datetime = NOON) -> list[str]:
    return [row.sentence for row in presence.list_others([review], but=but, at=at).get(review.pk, [])]


@pytest.fixture
def review() -> Review:
    return review_of(make_citation())


@pytest.fixture
def rita() -> User:
    return make_reviewer(first_name="Rita", last_name="Reviewer")


def test_others_read_who_is_looking_since_when_and_the_person_does_not(review: Review, rita: User) -> None:
    presence.note([review], by=rita, at=NOON)

    assert others(review) == ["Rita Reviewer has been looking at this since 12:42 (UTC)."]
    assert others(review, but=rita) == []


def test_a_sign_of_life_keeps_the_time_since_when(review: Review, rita: User) -> None:
    presence.note([review], by=rita, at=NOON)
    presence.note([review], by=rita, at=NOON + 14 * MINUTE)

    assert "since 12:42" in others(review, at=NOON + 28 * MINUTE)[0]


def test_it_is_over_fifteen_minutes_after_the_last_sign(review: Review, rita: User) -> None:
    presence.note([review], by=rita, at=NOON)

    assert others(review, at=NOON + 15 * MINUTE - timedelta(seconds=1)) != []
    assert others(review, at=NOON + 15 * MINUTE) == []


def test_who_comes_back_later_begins_anew(review: Review, rita: User) -> None:
    presence.note([review], by=rita, at=NOON)
    presence.note([review], by=rita, at=NOON + 60 * MINUTE)

    assert others(review, at=NOON + 61 * MINUTE) == ["Rita Reviewer has been looking at this since 13:42 (UTC)."]
    assert Presence.objects.count() == 1


def test_who_leaves_is_not_shown_and_another_stays(review: Review, rita: User) -> None:
    second = make_reviewer(first_name="Ben")
    presence.note([review], by=rita, at=NOON)
    presence.note([review], by=second, at=NOON)

    presence.leave([review], by=rita)

    assert others(review) == ["Ben has been looking at this since 12:42 (UTC)."]


def test_who_came_first_is_named_first(review: Review, rita: User) -> None:
    presence.note([review], by=make_reviewer(first_name="Ben"), at=NOON + MINUTE)
    presence.note([review], by=rita, at=NOON)

    assert [sentence.split()[0] for sentence in others(review, at=NOON + MINUTE)] == ["Rita", "Ben"]


def test_many_items_are_noted_and_read_in_as_many_queries_as_one(rita: User, django_assert_max_num_queries) -> None:
    reviews = [review_of(make_citation()) for _ in range(30)]

    with django_assert_max_num_queries(5):
        presence.note(reviews, by=rita, at=NOON)
    with django_assert_max_num_queries(1):
        found = presence.list_others(reviews, at=NOON)
        assert [rows[0].user.display_name for rows in found.values()] == ["Rita Reviewer"] * 30


def test_a_person_is_at_an_item_once(review: Review, rita: User) -> None:
    presence.note([review], by=rita, at=NOON)

    with pytest.raises(IntegrityError):
        Presence.objects.create(review=review, user=rita, since=NOON, seen_at=NOON)


def test_each_decision_ends_the_presence_of_who_decided_and_of_nobody_else(rita: User) -> None:
    second, now = make_reviewer(), datetime.now(tz=UTC)
    sent_back, approved, confirmed, retired, later = items = [make_citation() for _ in range(5)]
    publish(confirmed, retired)
    submit(sent_back, approved, later)
    reviews = [review_of(item) for item in items]
    for person in (rita, second):
        presence.note(reviews, by=person, at=now)

    actions.request_changes([sent_back], by=rita, comment="Mend it.")
    actions.approve([approved], by=rita, digests=digests_now(approved))
    actions.approve([later], by=rita, digests=digests_now(later), publish_at=now + timedelta(days=1))
    actions.confirm([confirmed], by=rita)
    actions.retire([retired], by=rita, reason="It is wrong.")

    assert not Presence.objects.filter(user=rita).exists()
    assert Presence.objects.filter(user=second).count() == len(items)


def test_a_refused_decision_and_an_edit_leave_it_as_it_is(rita: User) -> None:
    item, now = make_citation(), datetime.now(tz=UTC)
    edit(item, by=rita, title="Her own words")
    submit(item)
    presence.note([review_of(item)], by=rita, at=now)

    with pytest.raises(errors.OwnWorkRefused):
        actions.approve([item], by=rita, digests=digests_now(item))
    edit(item, by=make_editor(), title="Other words")

    assert others(review_of(item), at=now) != []

"""A page shows the date of its oldest medical review; a confirmation makes a new one, mended wording does not."""

from datetime import UTC, date, datetime

import pytest

from conditions.models import Citation, Condition, Fact
from editorial import actions
from editorial.models import Edition, User
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_topic
from tests.steps import current, digests_now, edit, review_of

pytestmark = pytest.mark.django_db
JANUARY, MARCH, JUNE = (datetime(2025, month, 15, 12, tzinfo=UTC) for month in (1, 3, 6))


def publish_at(at: datetime, *items: Citation | Condition | Fact, materiality: str = "clinical") -> None:
    actions.submit(items, by=make_editor(), at=at)
    actions.approve(items, by=make_reviewer(), digests=digests_now(*items), at=at, materiality=materiality)


@pytest.fixture
def fact() -> Fact:
    source = make_citation()
    condition = make_condition(sources=[source])
    fact = make_fact(condition, sources=[source], topic=make_topic(review_months=12), text="Legs feel heavy.")
    publish_at(JANUARY, source, condition, fact)
    return fact


def dates(fact: Fact) -> tuple[date | None, date | None]:
    edition = current(fact.condition)
    return edition.last_reviewed_on, edition.review_due_on


def test_a_page_is_dated_by_its_oldest_review_and_its_earliest_due_date(fact: Fact) -> None:
    other = make_fact(fact.condition, sources=[make_citation()], topic=make_topic("onset", review_months=3))
    publish_at(MARCH, *Citation.objects.filter(review__approval=None), other)

    assert dates(fact) == (date(2025, 1, 15), date(2025, 6, 15))


def test_a_change_of_wording_keeps_the_reviewed_date_and_the_due_date(fact: Fact) -> None:
    edit(fact, text="Legs feel leaden.")
    publish_at(JUNE, fact, materiality="editorial")

    assert [f["reviewed_on"] for f in current(fact.condition).content["facts"]] == ["2025-01-15"]
    assert dates(fact) == (date(2025, 1, 15), date(2026, 1, 15))
    assert current(fact.condition).published_at == JUNE


def test_a_clinical_approval_dates_the_fact_anew(fact: Fact) -> None:
    edit(fact, text="Changed.")
    publish_at(JUNE, fact)

    assert [f["reviewed_on"] for f in current(fact.condition).content["facts"]] == ["2025-06-15"]
    assert review_of(fact).review_by == date(2026, 6, 15)


def test_a_confirmation_dates_the_fact_anew_and_changes_no_word(fact: Fact) -> None:
    before = current(fact.condition).content["facts"][0]
    actions.confirm([fact, fact.condition], by=make_reviewer(), at=JUNE)

    after = current(fact.condition)
    assert after.content["facts"] == [{**before, "reviewed_on": "2025-06-15"}]
    assert dates(fact) == (date(2025, 6, 15), date(2026, 6, 15))
    assert after.change_note == "Reviewed, no change to the text."


def test_a_change_of_wording_after_a_confirmation_keeps_the_date_of_the_confirmation(fact: Fact) -> None:
    actions.confirm([fact], by=make_reviewer(), at=MARCH)
    edit(fact, text="Legs feel leaden.")
    publish_at(JUNE, fact, materiality="editorial")

    assert [f["reviewed_on"] for f in current(fact.condition).content["facts"]] == ["2025-03-15"]


def test_a_checked_reference_is_no_medical_review_of_the_page(fact: Fact) -> None:
    source = Citation.objects.get()
    edit(source, title="Corrected title")
    publish_at(JUNE, source)

    assert current(fact.condition).content["references"][source.key]["title"] == "Corrected title"
    assert dates(fact)[0] == date(2025, 1, 15)


def test_each_edition_keeps_the_dates_that_it_had(fact: Fact) -> None:
    actions.confirm([fact, fact.condition], by=make_reviewer(), at=JUNE)

    line = Edition.objects.filter(subject_id=fact.condition.review_id).order_by("number")
    assert [edition.last_reviewed_on for edition in line] == [date(2025, 1, 15), date(2025, 6, 15)]


def test_the_topic_says_how_long_a_review_lasts(fact: Fact) -> None:
    half_a_year = make_fact(fact.condition, sources=[make_citation()], topic=make_topic("course", review_months=6))
    publish_at(MARCH, *Citation.objects.filter(review__approval=None), half_a_year)

    assert review_of(half_a_year).review_by == date(2025, 9, 15)
    assert review_of(half_a_year).approval.review_by == date(2025, 9, 15)


def test_a_review_at_the_end_of_a_month_is_due_at_the_end_of_a_shorter_one(fact: Fact) -> None:
    item = make_fact(fact.condition, sources=[make_citation()], topic=make_topic("course", review_months=6))
    publish_at(datetime(2025, 8, 31, 12, tzinfo=UTC), *Citation.objects.filter(review__approval=None), item)

    assert review_of(item).review_by == date(2026, 2, 28)


def test_a_confirmation_is_a_signed_act_that_begins_a_new_cycle(fact: Fact) -> None:
    approval = review_of(fact).approval
    signer = make_reviewer(first_name="Rita", last_name="Reviewer", credentials="MD", interests="None to declare.")
    User.objects.filter(pk=signer.pk).update(interests_declared_on=date(2025, 2, 1))
    signer.refresh_from_db()
    actions.assign([fact], by=signer, reviewer=signer, due_on=date(2025, 7, 1))

    [signed] = actions.confirm([fact], by=signer, comment="Read against its sources.", at=JUNE)

    assert (signed.action, signed.actor, signed.actor_name) == ("confirm", signer, "Rita Reviewer")
    assert (signed.actor_credentials, signed.actor_interests) == ("MD", "None to declare.")
    assert signed.actor_interests_declared_on == date(2025, 2, 1)
    assert (signed.at, signed.comment, signed.digest) == (JUNE, "Read against its sources.", approval.digest)
    assert (signed.reviewed_on, signed.review_by) == (date(2025, 6, 15), date(2026, 6, 15))
    review = review_of(fact)
    assert (review.approval, review.confirmation) == (approval, signed)
    assert (review.review_by, review.due_on) == (date(2026, 6, 15), None)


def test_mended_wording_of_one_fact_touches_no_date_of_another_nor_of_its_condition(fact: Fact) -> None:
    other = make_fact(fact.condition, sources=[make_citation()], text="Arms feel light.")
    publish_at(MARCH, *Citation.objects.filter(review__approval=None), other)
    before = {item: review_of(item).review_by for item in (fact, other, fact.condition)}
    edit(other, text="The arms feel light.")
    publish_at(JUNE, other, materiality="editorial")

    dated = {row["text"]: row["reviewed_on"] for row in current(fact.condition).content["facts"]}
    assert dated == {"Legs feel heavy.": "2025-01-15", "The arms feel light.": "2025-03-15"}
    assert {item: review_of(item).review_by for item in before} == before


def test_words_are_as_old_as_their_last_change_and_no_review_makes_them_newer(fact: Fact) -> None:
    actions.confirm([fact], by=make_reviewer(), at=MARCH)
    confirmed = current(fact.condition)
    assert (confirmed.published_at, confirmed.content_changed_at) == (MARCH, JANUARY)
    assert confirmed.change_note == "Reviewed, no change to the text."

    actions.submit([fact], by=edit(fact, text="Legs feel very heavy."), at=JUNE)
    actions.approve([fact], by=make_reviewer(), digests=digests_now(fact), at=JUNE)

    assert current(fact.condition).content_changed_at == JUNE


def test_an_edition_says_whether_a_medical_review_stands_behind_what_is_new(fact: Fact) -> None:
    assert current(fact.condition).materiality == "clinical"

    actions.submit([fact], by=edit(fact, text="The legs feel heavy indeed."), at=MARCH)
    actions.approve([fact], by=make_reviewer(), digests=digests_now(fact), at=MARCH, materiality="editorial")
    assert current(fact.condition).materiality == "editorial"

    actions.retire([fact], by=make_reviewer(), reason="Wrong.", at=JUNE)
    assert current(fact.condition).materiality == ""

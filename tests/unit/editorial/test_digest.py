"""What the digest covers: all that an approval binds, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comparisons.models import FAQ, Comparison, Point, Section
from conditions.models import Citation, Condition, Fact, Measure, Subtype
from editorial.models import Edition, Picture, ReviewedItem
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_faq, make_topic, publish
from tests.steps import digest_now, edit, review_of

pytestmark = pytest.mark.django_db

PICTURE = {"picture_alt": "A nerve", "picture_credit": "Us"}
EDITORS_ONLY = {"note", "avoid"}
OTHER_VALUES: dict[str, Any] = {
    "type": "book",
    "evidence": "trial",
    "integrity": "corrected",
    "issued": "2021-02",
    "authors": [{"family": "Doe", "given": "J"}],
    "icd10_detail": {"G35.1": "Relapsing"},
    "also_known_as": ["Another name"],
    "url": "https://example.org/other",
    "accessed": date(2024, 5, 6),
    "evidence_searched_on": date(2024, 5, 6),
    "kind": "item",
    "prominence": "main",
    "certainty": "low",
    "rule": "all_of",
    "bound": "about",
    "sex": "women",
    "counted_from": "onset",
    "statistic": "median",
    "slug": "another-slug",
}


def change(item: ReviewedItem, name: str) -> None:
    field = item._meta.get_field(name)
    value: Any = OTHER_VALUES.get(name)
    if value is None:
        value = not getattr(item, name) if field.get_internal_type() == "BooleanField" else "Another"
    if field.get_internal_type() in ("DecimalField", "PositiveSmallIntegerField"):
        value = 7
    edit(item, **{name: value})


def whole_fact() -> Fact:
    measure = Measure.objects.create(slug="m", name="M", unit="years", plausible_low=0, plausible_high=99)
    values = dict.fromkeys(("interval_low", "interval_high", "comparator_value", "value"), Decimal(5))
    return make_fact(make_condition(), measure=measure, unit="years", rule_count=2, **values)


MAKERS: dict[str, Callable[[], ReviewedItem]] = {
    "citation": make_citation,
    "condition": lambda: make_condition(picture=Picture.store(b"p", media_type="image/png"), **PICTURE),
    "fact": whole_fact,
    "comparison": lambda: make_comparison(
        make_condition(), make_condition(), picture=Picture.store(b"p", media_type="image/png"), **PICTURE
    ),
    "faq": lambda: make_faq(make_condition()),
}
FIXED = {("citation", "key"), ("fact", "key"), ("fact", "low"), ("fact", "high"), ("fact", "interval_low")}


def list_own_fields() -> list[tuple[str, str]]:
    models = (Citation, Condition, Fact, Comparison, FAQ)
    return [
        (model._meta.model_name, field.name)
        for model in models
        for field in model._meta.concrete_fields
        if not field.is_relation and not field.primary_key and (model._meta.model_name, field.name) not in FIXED
    ]


@pytest.mark.parametrize(("kind", "field"), list_own_fields())
def test_the_digest_covers_every_field_but_those_for_editors_only(kind: str, field: str) -> None:
    item = MAKERS[kind]()
    before = digest_now(item)

    change(item, field)

    assert (digest_now(item) == before) == (field in EDITORS_ONLY)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_save_that_changes_nothing_resets_nothing(kind: str) -> None:
    item = MAKERS[kind]()
    publish(*Citation.objects.all())
    if kind not in ("citation", "condition"):
        publish(*Condition.objects.all())
    if not review_of(item).is_live:
        publish(item)
    before, editions = review_of(item), Edition.objects.count()

    edit(type(item).objects.get(pk=item.pk))
    type(item).objects.get(pk=item.pk).save()

    after = review_of(item)
    assert (after.status, after.digest, after.approval_id) == ("approved", before.digest, before.approval_id)
    assert Edition.objects.count() == editions


def test_numbers_that_are_equal_have_one_digest() -> None:
    fact = whole_fact()
    before = digest_now(fact)

    edit(fact, value=Decimal("5.000"))

    assert digest_now(fact) == before


@pytest.mark.parametrize("values", [{"quote": "Q"}, {"locator": "p. 3"}, {"bearing": "contradicts"}])
def test_the_digest_covers_quote_locator_and_bearing_of_each_source(values: dict[str, str]) -> None:
    fact = make_fact(make_condition())
    before = digest_now(fact)

    source = fact.sources.get()
    for name, value in values.items():
        setattr(source, name, value)
    source.save()

    assert digest_now(fact) != before


def test_the_digest_covers_the_order_of_sources() -> None:
    fact = make_fact(make_condition(), sources=[make_citation(), make_citation()])
    before = digest_now(fact)

    first = fact.sources.order_by("position").first()
    first.position = 9
    first.save()

    assert digest_now(fact) != before


def test_the_digest_covers_the_definitions_that_a_fact_rests_on() -> None:
    fact = whole_fact()
    digests = {digest_now(fact)}
    for definition in (fact.topic, fact.measure):
        definition.name = "Another name"
        definition.save()
        digests.add(digest_now(fact))

    assert len(digests) == 3


def test_the_digest_covers_subtypes_and_their_sources() -> None:
    condition = make_condition()
    digests = {digest_now(condition)}
    subtype = Subtype.objects.create(condition=condition, slug="s", name="S")
    digests.add(digest_now(condition))
    subtype.citations.add(make_citation())
    digests.add(digest_now(condition))
    subtype.delete()

    assert len(digests) == 3
    assert digest_now(condition) in digests


def test_the_digest_covers_sections_points_and_what_they_rest_on() -> None:
    condition = make_condition()
    item, fact = make_comparison(condition, make_condition()), make_fact(condition)
    digests = {digest_now(item)}
    section = Section.objects.create(comparison=item, heading="H", topic=make_topic())
    digests.add(digest_now(item))
    section.rests_on.add(fact)
    digests.add(digest_now(item))
    point = Point.objects.create(comparison=item, kind="difference", text="T")
    digests.add(digest_now(item))
    point.citations.add(make_citation())
    digests.add(digest_now(item))
    item.columns.all()[0].delete()
    digests.add(digest_now(item))

    assert len(digests) == 6


def test_a_note_is_saved_without_a_new_review() -> None:
    item = make_citation()
    publish(item)

    edit(item, note="For colleagues.")

    assert review_of(item).status == "approved"


def test_an_edit_taken_back_leaves_the_item_approved() -> None:
    item = make_citation(title="First")
    publish(item)
    edit(item, title="Second")
    assert review_of(item).status == "draft"

    edit(item, title="First")

    assert review_of(item).status == "approved"

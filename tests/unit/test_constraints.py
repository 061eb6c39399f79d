"""Each rule that must hold is a constraint of the database too, and each constraint is broken here once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from comparisons.models import ComparedCondition, Point, Report, Section, Sending
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Topic
from editorial.models import (
    Comment,
    Consultation,
    Contribution,
    Decision,
    Edition,
    Picture,
    PreparedPart,
    Presence,
    ReportOutcome,
    Review,
    SavedList,
    SearchWord,
)
from tests.factories import make_citation, make_comparison, make_condition, make_editor, make_fact, make_topic, publish
from tests.steps import approve, submit

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def update(item: Model, **values: Any) -> None:
    type(item)._base_manager.filter(pk=item.pk).update(**values)


def fact() -> Fact:
    return make_fact(make_condition())


def published() -> Citation:
    item = make_citation()
    publish(item)
    return item


def review(item: Any = None) -> Review:
    return Review.objects.get(pk=(item or make_citation()).review_id)


def picture() -> Picture:
    return Picture.store(b"p", media_type="image/png")


def twice(model: type[Model], **values: Any) -> None:
    for _ in range(2):
        model._base_manager.create(**values)


def add_edition(**values: Any) -> None:
    fields = {
        "kind": "citation",
        "slug": "s",
        "subject_id": 1,
        "number": 1,
        "content": {},
        "digest": "",
        "manifest": {},
    }
    dates = {"published_at": NOW, "content_changed_at": NOW}
    Edition.objects.create(**{**fields, **dates, **values})


def add_part(**values: Any) -> None:
    edition = Edition.objects.first() or add_edition() or Edition.objects.get()
    PreparedPart.objects.create(edition=edition, kind="citation", subject_id=1, use="page", language="en", **values)


def add_decision(**values: Any) -> None:
    fields = {"review": review(), "actor": make_editor(), "actor_name": "A", "digest": "", "at": NOW}
    Decision.objects.create(**{**fields, "previous_hash": "p", "hash": "h", **values})


def scheduled() -> Review:
    item = make_citation()
    submit(item)
    approve(item, publish_at=timezone.now() + timedelta(days=1))
    return review(item)


def comment(**values: Any) -> Comment:
    return Comment.objects.create(**{"review": review(), "author": make_editor(), "body": "B", "at": NOW, **values})


def report(**values: Any) -> Report:
    return Report.objects.create(**{"page": "/about/", "text": "T", "received_at": NOW, **values})


def outcome(**values: Any) -> ReportOutcome:
    fields = {"kind": "faq", "subject_id": 1, "result": "unchanged", "readers": 1, "on": NOW.date()}
    return ReportOutcome.objects.create(**{**fields, **values})


def answered() -> dict[str, Any]:
    return {"answered_by": make_editor(), "answered_at": NOW}


def resolution() -> dict[str, Any]:
    return {"resolved_at": NOW, "resolved_by": make_editor()}


def consultation(**values: Any) -> Consultation:
    fields = {"review": review(), "asked_by": make_editor(), "asked_at": NOW, "expires_at": NOW}
    return Consultation.objects.create(**{**fields, **values})


def measure(**values: Any) -> Measure:
    fields = {"slug": "m", "name": "M", "unit": "u", "plausible_low": 0, "plausible_high": 1}
    return Measure.objects.create(**{**fields, **values})


def part_twice(model: type[Model], **values: Any) -> None:
    twice(model, comparison=make_comparison(make_condition()), **values)


BREAKERS: dict[str, Callable[[], object]] = {
    "editorial_review_kind_key": lambda: twice(Review, kind="fact", key="k"),
    "editorial_review_status_known": lambda: update(review(), status="published"),
    "editorial_review_approved_has_approval": lambda: update(review(), status="approved"),
    "editorial_review_retired_has_no_approval": lambda: update(review(published()), status="retired"),
    "editorial_review_submission_paired": lambda: update(review(), status="in_review"),
    "editorial_review_scheduled_waits": lambda: update(scheduled(), status="draft"),
    "editorial_comment_resolved_paired": lambda: comment(resolved_at=NOW),
    "editorial_comment_thread_is_resolved": lambda: [
        comment(thread=first, review=first.review, **resolution()) for first in [comment()]
    ],
    "editorial_consultation_answer_is_whole": lambda: consultation(answered_at=NOW, opinion="agree", name="Ann"),
    "editorial_consultation_revoked_paired": lambda: consultation(revoked_at=NOW),
    "editorial_presence_once": lambda: twice(Presence, review=review(), user=make_editor(), since=NOW, seen_at=NOW),
    "editorial_savedlist_name": lambda: twice(SavedList, user=make_editor(), name="N", query=""),
    "editorial_contribution_one_open": lambda: twice(Contribution, review=review(), user=make_editor(), at=NOW),
    "editorial_decision_approval_is_whole": lambda: add_decision(action="approve", materiality="clinical"),
    "editorial_decision_schedule_is_whole": lambda: add_decision(
        action="schedule", materiality="clinical", content={}, reviewed_on=NOW.date()
    ),
    "editorial_decision_action_known": lambda: add_decision(action="edit"),
    "editorial_edition_number": lambda: [add_edition(is_current=flag, slug=str(flag)) for flag in (True, False)],
    "editorial_edition_one_current": lambda: [add_edition(number=n, slug=str(n)) for n in (1, 2)],
    "editorial_edition_current_slug": lambda: [add_edition(subject_id=n) for n in (1, 2)],
    "conditions_citation_type_known": lambda: make_citation(type="blog"),
    "conditions_citation_evidence_known": lambda: make_citation(evidence="rumour"),
    "conditions_citation_integrity_known": lambda: make_citation(integrity="fine"),
    "conditions_citation_issued_is_date": lambda: make_citation(issued="May 2020"),
    "conditions_citation_not_superseded_by_itself": lambda: (c := make_citation()) and update(c, superseded_by=c),
    "conditions_condition_not_its_own_parent": lambda: (c := make_condition()) and update(c, parent=c),
    "conditions_condition_picture_in_words": lambda: make_condition(picture=picture()),
    "conditions_subtype_slug": lambda: twice(Subtype, condition=make_condition(), slug="s", name="S"),
    "conditions_topic_review_months": lambda: make_topic(review_months=0),
    "conditions_measure_bounds_in_order": lambda: measure(plausible_low=2),
    "conditions_measure_display_known": lambda: measure(display="pie"),
    "conditions_fact_not_its_own_parent": lambda: (f := fact()) and update(f, parent=f),
    "conditions_fact_range_in_order": lambda: update(fact(), low=Decimal(2), high=Decimal(1)),
    "conditions_fact_value_or_range": lambda: update(fact(), value=Decimal(1), low=Decimal(1), high=Decimal(2)),
    "conditions_fact_interval_in_order": lambda: update(fact(), interval_low=Decimal(2), interval_high=Decimal(1)),
    "conditions_fact_rule_has_count": lambda: update(fact(), rule="at_least", rule_count=0),
    "conditions_fact_kind_known": lambda: update(fact(), kind="guess"),
    "conditions_fact_prominence_known": lambda: update(fact(), prominence="huge"),
    "conditions_fact_certainty_known": lambda: update(fact(), certainty="sure"),
    "conditions_factcitation_once": lambda: twice(FactCitation, fact=fact(), citation=make_citation()),
    "conditions_factcitation_bearing_known": lambda: (fact(), update(FactCitation.objects.get(), bearing="refutes")),
    "comparisons_comparison_picture_in_words": lambda: make_comparison(picture=picture()),
    "comparisons_comparedcondition_once": lambda: part_twice(ComparedCondition, condition=make_condition()),
    "comparisons_section_position": lambda: part_twice(Section, heading="H", position=1),
    "comparisons_section_topic_once": lambda: [
        Section.objects.create(comparison=comparison, heading="H", topic=make_topic(), position=n)
        for comparison in [make_comparison()]
        for n in (1, 2)
    ],
    "comparisons_section_verdict_known": lambda: Section.objects.create(
        comparison=make_comparison(), heading="H", verdict="maybe"
    ),
    "comparisons_point_position": lambda: part_twice(Point, kind="similarity", text="T", position=1),
    "comparisons_point_kind_known": lambda: Point.objects.create(comparison=make_comparison(), kind="joke", text="T"),
    "comparisons_report_status_known": lambda: report(status="lost", answer="A", **answered()),
    "comparisons_report_channel_known": lambda: report(channel="pigeon"),
    "comparisons_report_answered_paired": lambda: report(answered_at=NOW),
    "comparisons_report_closed_says_why": lambda: report(status="unchanged", **answered()),
    "comparisons_report_is_about_something": lambda: report(page=""),
    "comparisons_report_says_something": lambda: report(text=""),
    "comparisons_report_page_is_ours": lambda: report(page="//elsewhere.example/"),
    "comparisons_report_reason_known": lambda: report(reason="whim"),
    "comparisons_sending_has_sender": lambda: Sending.objects.create(sender="", at=NOW),
    "editorial_reportoutcome_correction_has_approval": lambda: outcome(result="corrected"),
    "editorial_reportoutcome_says_what_it_takes_back": lambda: outcome(result="taken_back"),
    "editorial_reportoutcome_of_somebody": lambda: outcome(readers=0),
    "editorial_preparedpart_one_each": lambda: [add_part(recipe=recipe) for recipe in ("old", "new")],
    "editorial_searchword_used": lambda: SearchWord.objects.create(word="unused", uses=0),
}


def list_constraints() -> list[str]:
    models = [
        model
        for label in ("editorial", "conditions", "comparisons")
        for model in apps.get_app_config(label).get_models()
    ]
    return [constraint.name for model in models for constraint in model._meta.constraints]


def test_every_named_constraint_is_broken_here() -> None:
    assert sorted(BREAKERS) == sorted(list_constraints())


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses_what_breaks(name: str) -> None:
    def break_it() -> None:
        BREAKERS[name]()
        connection.check_constraints()  # For those that wait for the end of the transaction.

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        break_it()

    assert refused.value.__cause__.diag.constraint_name == name


def test_slugs_and_keys_are_unique() -> None:
    for model, field in ((Condition, "slug"), (Citation, "key"), (Fact, "key"), (Topic, "slug"), (Measure, "slug")):
        assert model._meta.get_field(field).unique

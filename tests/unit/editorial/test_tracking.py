"""Whatever writes to an item, its Review learns of it; and no fixture writes editorial state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reversion
from django.core import serializers
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.db.models import Model
from django.test import TestCase

from conditions.markdown import plain, render
from conditions.models import Citation, Condition, Fact, FactCitation, Measure, Subtype, Term
from editorial import errors
from editorial.models import Decision, Edition, Review, ReviewedItem
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_topic, publish
from tests.steps import approve, current, edit, read_database, review_of, submit, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact() -> Fact:
    condition = make_condition(slug="hardening")
    fact = make_fact(condition, key="fact", text="Approved.")
    publish(*Citation.objects.all(), condition, fact)
    return fact


def load(path: Path, *rows: Model, **options: Any) -> None:
    file = path / "fixture.json"
    file.write_text(serializers.serialize("json", rows, **options))
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("loaddata", str(file), verbosity=0)


def stands(item: ReviewedItem) -> tuple[str, bool]:
    return review_of(item).status, review_of(item).is_live


PENDING = ("draft", True)


def test_a_plain_save_is_noticed(fact: Fact) -> None:
    fact.text = "Saved."
    fact.save()

    assert stands(fact) == PENDING


def test_a_fixture_is_noticed_and_shows_nothing(fact: Fact, tmp_path: Path) -> None:
    fact.text = "Loaded."
    load(tmp_path, fact)

    assert (Fact.objects.get().text, stands(fact)) == ("Loaded.", PENDING)
    assert texts_of(fact.condition) == ["Approved."]


def test_a_fixture_of_child_rows_alone_is_noticed(fact: Fact, tmp_path: Path) -> None:
    source = fact.sources.get()
    source.locator = "p. 9"
    load(tmp_path, source)

    assert stands(fact) == PENDING


def test_a_fixture_of_configuration_is_noticed(fact: Fact, tmp_path: Path) -> None:
    topic = fact.topic
    topic.name = "Another name"
    load(tmp_path, topic)

    assert stands(fact) == PENDING
    assert current(fact.condition).content["facts"][0]["topic"]["name"] == "Symptoms"


def test_a_fixture_that_changes_nothing_resets_nothing(fact: Fact, tmp_path: Path) -> None:
    load(tmp_path, fact.condition, fact.topic, fact, fact.sources.get())

    assert stands(fact) == ("approved", True)


def test_a_fixture_that_gives_a_row_another_slug_keeps_its_review(fact: Fact, tmp_path: Path) -> None:
    condition = fact.condition
    condition.slug = "renamed"
    load(tmp_path, condition)

    renamed = Condition.objects.get()
    assert (renamed.slug, renamed.review_id) == ("renamed", condition.review_id)
    assert (review_of(renamed).key, stands(renamed)) == ("renamed", PENDING)


def test_a_fixture_cannot_give_a_new_item_the_review_of_an_approved_one(fact: Fact, tmp_path: Path) -> None:
    approved = review_of(fact.sources.get().citation)
    thief = Fact(pk=fact.pk + 1000, key="thief", condition=fact.condition, topic=fact.topic, text="T", review=approved)
    load(tmp_path, thief)

    assert stands(Fact.objects.get(key="thief")) == ("draft", False)
    assert review_of(fact.sources.get().citation).key == approved.key


@pytest.mark.parametrize("find", [Review.objects.first, Decision.objects.first, Edition.objects.first])
def test_a_fixture_of_editorial_state_is_refused(fact: Fact, tmp_path: Path, find: Callable[[], Model]) -> None:
    row = find()
    before = read_database()

    with pytest.raises(DeserializationError, match="are written by the editorial actions only"):
        load(tmp_path, row)
    assert read_database() == before


def test_a_copy_starts_as_a_draft_of_its_own(fact: Fact) -> None:
    for number, state in enumerate((True, False)):
        copy = Fact.objects.get(key="fact")
        copy.pk, copy.key, copy._state.adding = None, f"copy-{number}", state
        copy.save()
        assert stands(copy) == ("draft", False)

    assert texts_of(fact.condition) == ["Approved."]


def test_a_relation_set_from_the_other_side_is_noticed(fact: Fact) -> None:
    other = make_citation()
    other.defined_conditions.add(fact.condition)

    assert stands(fact.condition) == PENDING


@pytest.mark.parametrize("is_in_revision", [False, True])
def test_a_new_name_of_a_topic_or_measure_makes_drafts_and_changes_nothing_public(
    fact: Fact, is_in_revision: bool
) -> None:
    measure = Measure.objects.create(slug="m", name="M", unit="years", plausible_low=0, plausible_high=9)
    edit(fact, measure=measure, value=3, unit="years")
    submit(fact)
    approve(fact)
    before = current(fact.condition)
    for definition in (fact.topic, measure):
        if is_in_revision:
            edit(definition, name="Another name")
        else:
            definition.name = "Another name"
            definition.save()

        assert stands(fact) == PENDING
        assert current(fact.condition) == before
        submit(fact)
        approve(fact)
        before = current(fact.condition)

    shown = before.content["facts"][0]
    assert (shown["topic"]["name"], shown["quantity"]["measure"]["name"]) == ("Another name", "Another name")


def test_a_deleted_child_row_is_noticed_in_and_outside_a_revision(fact: Fact) -> None:
    fact.sources.create(citation=make_citation())
    publish(*Citation.objects.filter(review__approval=None), fact)
    person = make_editor()
    with reversion.create_revision():
        reversion.set_user(person)
        fact.sources.last().delete()

    assert stands(fact) == PENDING
    assert review_of(fact).contributions.filter(user=person, settled_by=None).exists()


def test_an_approved_page_and_an_approved_fact_show_nothing_of_a_draft_source_until_that_is_approved(
    fact: Fact,
) -> None:
    draft = make_citation(key="pending-source", title="A pending study")
    FactCitation.objects.create(fact=fact, citation=draft, quote="A private passage", locator="p. 77")
    publish(fact)

    assert not [e for e in Edition.objects.all() if "pending" in str(e.content) or "p. 77" in str(e.content)]
    publish(draft)
    shown = current(fact.condition).content
    assert shown["references"]["pending-source"]["title"] == "A pending study"
    assert [s["locator"] for s in shown["facts"][0]["sources"]] == ["", "p. 77"]
    assert "A private passage" not in str(shown)


def test_a_source_approved_later_appears_in_every_edition_that_cites_it(fact: Fact) -> None:
    sound, later = Citation.objects.first(), make_citation(key="later")
    term = Term.objects.create(slug="t", preferred="T", definition="Words.")
    term.citations.set([later, sound])
    FactCitation.objects.create(fact=fact, citation=later)
    publish(fact, term)
    before = {e.pk for e in Edition.objects.current()}

    publish(later)

    changed = Edition.objects.current().exclude(pk__in=before)
    assert {e.kind for e in changed} == {"condition", "glossary", "citation"}
    assert all("later" in e.content["references"] for e in changed)


def test_a_fact_names_a_subtype_only_while_the_condition_has_it_approved(fact: Fact) -> None:
    condition = fact.condition
    edit(fact, subtype=Subtype.objects.create(condition=condition, slug="mild", name="Mild", definition="D"))
    publish(condition, fact)
    assert current(condition).content["facts"][0]["subtype"] == "mild"

    subtype = Subtype.objects.get()
    subtype.slug, subtype.definition = "unapproved-slug", "Unapproved words."
    subtype.save()
    edit(Fact.objects.get(), text="Again.")
    submit(fact)
    with pytest.raises(errors.IssuesFound, match="The subtype “Mild” is not approved"):
        approve(fact)

    assert "napproved" not in str([e.content for e in Edition.objects.all()])
    submit(condition)
    approve(condition, fact)
    assert current(condition).content["facts"][0]["subtype"] == "unapproved-slug"


def test_a_fact_loses_its_subtype_on_the_page_when_the_condition_is_approved_under_another_slug(fact: Fact) -> None:
    condition = fact.condition
    edit(fact, subtype=Subtype.objects.create(condition=condition, slug="mild", name="Mild", definition="D"))
    publish(condition, fact)
    Subtype.objects.update(slug="slight")
    condition.refresh_from_db()
    condition.save()
    publish(condition)

    assert current(condition).content["facts"][0]["subtype"] == ""


def test_a_malformed_word_to_avoid_stops_no_check(fact: Fact) -> None:
    Term.objects.create(slug="t", preferred="T", definition="D", avoid=[{"reason": "no text"}, "no entry"])
    Term.objects.create(slug="u", preferred="U", definition="D", avoid={"text": "no list"})

    edit(fact, text="Changed.")
    submit(fact)

    assert review_of(fact).status == "in_review"


def test_plain_text_has_no_marks_of_html() -> None:
    assert plain("R&D, p < 0.05, *much* [@key].") == "R&D, p < 0.05, much."


def test_reserved_characters_in_a_text_do_no_harm() -> None:
    assert render("\ue0007\ue001 cited [@a].", lambda keys: f"<sup>{keys}</sup>") == "<p>7 cited.<sup>['a']</sup></p>\n"


def test_a_topic_of_no_fact_is_renamed_without_ado() -> None:
    edit(make_topic("lonely"), name="Renamed")

    assert make_topic("lonely").name == "Renamed"

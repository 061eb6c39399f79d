"""Four eyes over contributors: who changed any part of an item since its last approval does not approve it."""

from collections.abc import Callable

import pytest
import reversion
from django.contrib.auth.models import Group
from reversion.models import Version

from conditions.models import Citation, Condition, Fact
from editorial import actions, errors
from editorial.groups import EDITORS
from editorial.models import Contribution, User
from editorial.versions import list_versions
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_topic, publish
from tests.steps import approve, digests_now, edit, review_of, revise, submit

pytestmark = pytest.mark.django_db


def refuses(item: Citation | Condition | Fact, person: User) -> bool:
    with pytest.raises(errors.OwnWorkRefused, match="another person must review it"):
        actions.approve([item], by=person, digests=digests_now(item))
    return review_of(item).status == "in_review"


@pytest.fixture
def fact() -> Fact:
    condition = make_condition()
    fact = make_fact(condition)
    publish(*Citation.objects.all(), condition, fact)
    return fact


def test_the_submitter_does_not_approve() -> None:
    item, person = make_citation(), make_reviewer()
    submit(item, by=person)

    assert refuses(item, person)


def test_a_reviewer_who_edits_and_lets_another_submit_does_not_approve() -> None:
    item = make_citation()
    person = edit(item, by=make_reviewer(), title="My title")
    submit(item)

    assert refuses(item, person)
    approve(item)


def test_who_changed_the_first_of_many_drafts_does_not_approve_the_last() -> None:
    item = make_citation()
    person = edit(item, by=make_reviewer(), title="My title")
    edit(item, title="Another's title")
    edit(item, title="A third one's title")
    submit(item)

    assert refuses(item, person)


def test_a_superuser_is_not_exempt(superuser: User) -> None:
    item = make_citation()
    edit(item, by=superuser, title="My title")
    submit(item)

    assert refuses(item, superuser)


def change_a_quote(fact: Fact) -> None:
    source = fact.sources.get()
    source.quote = "The passage."
    source.save()


def change_a_locator(fact: Fact) -> None:
    source = fact.sources.get()
    source.locator = "p. 7"
    source.save()


def add_a_source(fact: Fact) -> None:
    fact.sources.create(citation=make_citation(), position=7)


def remove_a_source(fact: Fact) -> None:
    fact.sources.create(citation=make_citation(), position=7)
    fact.sources.order_by("position").first().delete()


@pytest.mark.parametrize("change", [change_a_quote, change_a_locator, add_a_source, remove_a_source])
def test_who_changed_only_a_child_row_does_not_approve(fact: Fact, change: Callable[[Fact], None]) -> None:
    person = make_reviewer()
    with reversion.create_revision():
        reversion.set_user(person)
        change(fact)
    publish(*Citation.objects.filter(review__status="draft"))
    submit(fact)

    assert refuses(fact, person)


@pytest.mark.parametrize("is_reverse", [False, True])
def test_who_changed_only_a_relation_does_not_approve(fact: Fact, is_reverse: bool) -> None:
    person, condition, other = make_reviewer(), fact.condition, make_citation()
    publish(other)
    with reversion.create_revision():
        reversion.set_user(person)
        if is_reverse:
            other.defined_conditions.add(condition)
        else:
            condition.definition_citations.add(other)
    submit(condition)

    assert refuses(condition, person)


def test_who_changed_a_definition_that_the_item_includes_does_not_approve_it(fact: Fact) -> None:
    person = make_reviewer()
    topic = make_topic()
    with reversion.create_revision():
        reversion.set_user(person)
        topic.name = "Signs"
        topic.save()
    submit(fact)

    assert refuses(fact, person)


def test_who_restored_a_version_does_not_approve_it(fact: Fact) -> None:
    edit(fact, text="Second text.")
    version = list_versions(fact)[0]
    edit(fact, text="Third text.")
    person = make_reviewer()
    actions.restore(fact, version=version, by=person)
    submit(fact)

    assert refuses(fact, person)


def test_who_restored_a_retired_item_unchanged_does_not_approve_it_either(fact: Fact) -> None:
    edit(fact, note="For a version.")
    actions.retire([fact], by=make_reviewer(), reason="Wrong.")
    person = make_reviewer()
    actions.restore(fact, version=list_versions(fact)[0], by=person)
    submit(fact)

    assert refuses(fact, person)


def test_a_save_that_changes_nothing_makes_nobody_a_contributor() -> None:
    item = make_citation()
    person = edit(item, by=make_reviewer(), note="Only a note.")
    submit(item)

    approve(item, by=person)


def test_contributions_are_settled_by_the_approval_and_the_next_round_starts_anew() -> None:
    item = make_citation()
    person = edit(item, by=make_reviewer(), title="My title")
    submit(item)
    approve(item)
    assert not Contribution.objects.filter(review=item.review_id, settled_by=None).exists()

    edit(item, title="Another's title")
    submit(item)
    approve(item, by=person)


def test_contributions_outlast_a_request_for_changes_and_a_second_submission() -> None:
    item = make_citation()
    person = edit(item, by=make_reviewer(), title="My title")
    submit(item)
    actions.request_changes([item], by=make_reviewer(), comment="More.")
    edit(item, title="Another's title")
    submit(item)

    assert refuses(item, person)


def test_one_own_item_refuses_a_batch_that_is_otherwise_free() -> None:
    mine, theirs, person = make_citation(), make_citation(), make_reviewer()
    submit(mine, by=person)
    submit(theirs)

    with pytest.raises(errors.OwnWorkRefused) as caught:
        approve(mine, theirs, by=person)
    assert caught.value.items == [mine]
    assert not review_of(theirs).is_live


def test_a_revision_of_many_items_makes_its_person_a_contributor_of_those_that_changed() -> None:
    changed, same, person = make_citation(), make_citation(), make_reviewer()
    with reversion.create_revision():
        reversion.set_user(person)
        for item in (changed, same):
            item.title += " II" if item is changed else ""
            item.save()
    submit(changed, same)

    assert refuses(changed, person)
    approve(same, by=person)


def test_an_editor_who_becomes_a_reviewer_meanwhile_is_still_a_contributor() -> None:
    item, person = make_citation(), make_editor()
    edit(item, by=person, title="My title")
    person.groups.set(Group.objects.exclude(name=EDITORS))
    submit(item)

    assert refuses(item, User.objects.get(pk=person.pk))


def test_every_save_in_a_revision_is_a_version_with_its_person() -> None:
    item = make_citation()
    person = edit(item, title="My title")
    version = Version.objects.get_for_object(item).get()

    assert version.revision.user == person
    assert version.field_dict["title"] == "My title"


def test_a_second_person_revises_after_the_first_was_approved() -> None:
    item = make_citation()
    publish(item)
    revise(item, title="Second")
    revise(item, title="Third")

    assert review_of(item).status == "approved"

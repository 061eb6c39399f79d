"""An old version becomes a new draft of that one item; what is public stays as it is."""

import pytest
import reversion
from reversion.models import Version

from conditions.models import Citation, Condition, Fact, FactCitation, Subtype
from editorial import actions, errors
from editorial.versions import list_versions
from tests.factories import make_citation, make_condition, make_editor, make_fact, publish
from tests.steps import current, digest_now, edit, first_version, read_database, retire, review_of, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact() -> Fact:
    """With a version of two sources, then one of a single other source, which is public."""
    condition = make_condition()
    fact = make_fact(condition, sources=[make_citation(), make_citation()])
    FactCitation.objects.update(position=0)
    edit(fact, text="First.")
    with reversion.create_revision():
        reversion.set_user(make_editor())
        fact.sources.all().delete()
        fact.sources.create(citation=make_citation(), quote="Q")
        fact.text = "Second."
        fact.save()
    publish(*Citation.objects.all(), condition, fact)
    return fact


def test_text_and_child_rows_come_back_as_a_draft_and_nothing_public_changes(fact: Fact) -> None:
    before = current(fact.condition)
    actions.restore(fact, version=first_version(fact), by=make_editor())

    fact = Fact.objects.get()
    assert (fact.text, fact.sources.count(), fact.sources.filter(quote="Q").count()) == ("First.", 2, 0)
    assert review_of(fact).status == "draft"
    assert review_of(fact).is_live
    assert current(fact.condition) == before
    assert texts_of(fact.condition) == ["Second."]


def test_a_restored_version_has_the_digest_that_it_had(fact: Fact) -> None:
    edit(fact, text="Third.")
    then = digest_now(fact)
    edit(fact, text="Fourth.")
    fact.sources.create(citation=make_citation())

    actions.restore(fact, version=list_versions(fact)[1], by=make_editor())

    assert digest_now(fact) == then


def test_restoring_is_a_revision_of_its_own_by_that_person(fact: Fact) -> None:
    person = make_editor()
    actions.restore(fact, version=first_version(fact), by=person)

    newest = list_versions(fact)[0]
    assert newest.revision.user == person
    assert newest.revision.comment.startswith("Restored the version of")


def test_a_version_of_another_item_is_refused(fact: Fact) -> None:
    other, editor = make_fact(fact.condition), make_editor()
    edit(other, text="Other.")
    before = read_database()

    with pytest.raises(errors.TransitionNotAllowed, match="That version does not belong to"):
        actions.restore(fact, version=first_version(other), by=editor)
    assert read_database() == before


def test_a_version_of_another_model_with_the_same_id_is_refused(fact: Fact) -> None:
    condition, editor = make_condition(pk=fact.pk + 1000), make_editor()
    namesake = make_fact(fact.condition, pk=condition.pk)
    edit(namesake, text="Namesake.")
    edit(condition, name="Namesake")

    with pytest.raises(errors.TransitionNotAllowed, match="does not belong"):
        actions.restore(namesake, version=first_version(condition), by=editor)


def test_only_this_item_of_a_revision_of_many_comes_back(fact: Fact) -> None:
    other = make_fact(fact.condition, text="Other, old.")
    with reversion.create_revision():
        for item, text in ((fact, "Old."), (other, "Other, old.")):
            item.text = text
            item.save()
    version = list_versions(fact)[0]
    for item in (fact, other):
        edit(item, text="New.")

    actions.restore(fact, version=version, by=make_editor())

    assert (Fact.objects.get(pk=fact.pk).text, Fact.objects.get(pk=other.pk).text) == ("Old.", "New.")


def test_what_was_deleted_since_is_named_and_nothing_is_half_restored(fact: Fact) -> None:
    gone, editor = make_citation(), make_editor()
    with reversion.create_revision():
        fact.sources.create(citation=gone)
        fact.text = "With another source."
        fact.save()
    version = list_versions(fact)[0]
    fact.sources.get(citation=gone).delete()
    gone.delete()
    before = read_database()

    with pytest.raises(errors.TransitionNotAllowed, match="names something that was deleted since"):
        actions.restore(fact, version=version, by=editor)
    assert read_database() == before


def test_a_retired_item_becomes_a_draft_and_stays_out_of_the_public_pages(fact: Fact) -> None:
    retire(fact)
    actions.restore(fact, version=first_version(fact), by=make_editor())

    assert review_of(fact).status == "draft"
    assert not review_of(fact).is_live
    assert texts_of(fact.condition) == []


def test_the_note_comes_back_and_the_review_does_not(fact: Fact) -> None:
    edit(fact, note="An old note.")
    version = list_versions(fact)[0]
    edit(fact, note="")
    before = review_of(fact)

    actions.restore(fact, version=version, by=make_editor())

    assert Fact.objects.get().note == "An old note."
    assert (review_of(fact).status, review_of(fact).approval_id) == (before.status, before.approval_id)


@pytest.fixture
def condition() -> Condition:
    condition = make_condition(slug="old-slug")
    Subtype.objects.create(condition=condition, slug="mild", name="Mild", definition="Old words.")
    edit(condition, name="Old name")
    return condition


def test_a_subtype_that_facts_belong_to_is_restored_in_place(condition: Condition) -> None:
    subtype = condition.subtypes.get()
    fact = make_fact(condition, subtype=subtype)
    version = list_versions(condition)[0]
    subtype.definition = "New words."
    subtype.save()

    actions.restore(condition, version=version, by=make_editor())

    assert condition.subtypes.get().definition == "Old words."
    assert Fact.objects.get(pk=fact.pk).subtype == subtype


def test_a_version_without_a_subtype_that_facts_belong_to_is_refused_with_a_sentence(condition: Condition) -> None:
    version, editor = list_versions(condition)[0], make_editor()
    make_fact(condition, subtype=Subtype.objects.create(condition=condition, slug="severe", name="Severe"))
    before = read_database()

    with pytest.raises(errors.TransitionNotAllowed, match="has no “Severe”, and other content belongs to it"):
        actions.restore(condition, version=version, by=editor)
    assert read_database() == before


def test_an_address_that_another_item_took_since_is_refused_with_a_sentence(condition: Condition) -> None:
    version, editor = list_versions(condition)[0], make_editor()
    edit(condition, slug="new-slug")
    make_condition(slug="old-slug")
    before = read_database()

    with pytest.raises(errors.TransitionNotAllowed, match="its address or a part of it is taken"):
        actions.restore(condition, version=version, by=editor)
    assert read_database() == before


def test_versions_are_listed_newest_first_and_of_this_item_alone(fact: Fact) -> None:
    edit(fact, text="Third.")

    assert [v.field_dict["text"] for v in list_versions(fact)] == ["Third.", "Second.", "First."]
    assert {v.object_id for v in list_versions(fact)} == {str(fact.pk)}
    assert Version.objects.count() > 3

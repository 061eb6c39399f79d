"""Old editions through the real workflow: what may be read of them, and what withdrawing hides for good."""

from datetime import UTC, datetime, timedelta

import pytest

from conditions.masking import mask_withdrawn
from conditions.models import Citation, Fact, Term
from editorial import actions, editions
from editorial.models import Edition, ReviewedItem
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_faq, make_reviewer, publish

pytestmark = pytest.mark.django_db


def read_old(kind: str, slug: str, number: int) -> dict:
    """The edition's content as a page may show it."""
    current, old = editions.get_numbered(kind, slug, number)
    return mask_withdrawn(old.content, current.content, editions.find_withdrawn_sources(old.content["references"]))


def retire(item: ReviewedItem) -> None:
    actions.retire([item], by=make_reviewer(), reason="Wrong.")


def publish_again(item: ReviewedItem, **values: str) -> None:
    """A changed text of the item, through the workflow."""
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    item.refresh_from_db()
    publish(item)


def make_published() -> tuple[Fact, Citation]:
    """A condition "stiffness", whose edition 2 has one fact."""
    source = make_citation(key="kept")
    condition = make_condition(slug="stiffness", sources=[source])
    publish(source, condition)
    bad = make_citation(key="bad", title="Canary of the source")
    fact = make_fact(condition, sources=[source, bad], key="stiff", text="Canary of the fact.")
    publish(bad, fact)
    return fact, bad


def test_a_retired_fact_is_gone_from_editions_of_before() -> None:
    fact, _ = make_published()
    retire(fact)

    old = read_old("condition", "stiffness", 2)

    assert old["masked"] == ["fact:stiff"]
    assert "Canary of the fact" not in str(old)


def test_the_words_of_a_fact_that_was_retired_changed_and_approved_again_stay_hidden() -> None:
    fact, _ = make_published()
    retire(fact)
    publish_again(fact, text="The new words.")

    assert "Canary of the fact" not in str(read_old("condition", "stiffness", 2))
    assert "The new words." in str(editions.get_current("condition", "stiffness").content)
    # And once more: later editions show the new words, the first ones stay hidden.
    publish_again(fact, text="The newest words.")
    assert "The new words." in str(read_old("condition", "stiffness", 4))
    assert "Canary of the fact" not in str(read_old("condition", "stiffness", 2))


def test_a_retired_source_is_gone_from_old_editions_of_pages_that_no_longer_cite_it() -> None:
    fact, bad = make_published()
    fact.sources.filter(citation=bad).delete()
    publish_again(fact, text="Without the bad source.")
    retire(bad)

    old = read_old("condition", "stiffness", 2)

    assert "Canary of the source" not in str(old)
    assert [source["key"] for source in old["facts"][0]["sources"]] == ["kept"]


def test_the_record_of_a_source_that_was_retired_and_approved_again_stays_hidden() -> None:
    _, bad = make_published()
    retire(bad)
    publish_again(bad, title="The mended record")

    assert "Canary of the source" not in str(read_old("condition", "stiffness", 2))
    assert "The mended record" in str(editions.get_current("condition", "stiffness").content)
    with pytest.raises(editions.Withdrawn):
        read_old("citation", "bad", 1)


def test_a_retired_term_stays_hidden_though_its_slug_had_changed() -> None:
    source = make_citation()
    other, term = (Term.objects.create(slug=slug, preferred=slug, definition=f"Canary {slug}.") for slug in "ab")
    for item in (other, term):
        item.citations.add(source)
    publish(source, other, term)
    publish_again(term, slug="c")
    retire(term)

    assert "Canary b" not in str(read_old("glossary", "glossary", 1))
    assert read_old("glossary", "glossary", 1)["masked"] == [f"term:{term.review_id}"]


def test_a_pending_slug_is_not_in_the_content_of_a_page_with_a_retired_term() -> None:
    source = make_citation()
    other, term = (Term.objects.create(slug=slug, preferred=slug, definition=f"The {slug}.") for slug in "ab")
    for item in (other, term):
        item.citations.add(source)
    publish(source, other, term)
    term.slug = "unapproved-slug"
    term.save()
    retire(term)

    assert "unapproved-slug" not in str(editions.get_current("glossary", "glossary").content)


def test_editions_of_before_a_withdrawal_are_not_read_and_the_refusal_says_when_it_was() -> None:
    faq = make_faq(slug="why")
    publish(*faq.citations.all(), faq)
    actions.retire([faq], by=make_reviewer(), reason="Wrong.", at=datetime(2031, 5, 4, tzinfo=UTC))
    publish_again(faq, answer="The new answer.")

    for number in (1, 2):
        with pytest.raises(editions.Withdrawn, match="withdrawn on 4 May 2031"):
            editions.get_numbered("faq", "why", number)
    assert editions.get_numbered("faq", "why", 3)[1].content["answer"] == "The new answer."


def test_an_old_edition_is_read_in_one_query(django_assert_num_queries) -> None:
    make_published()

    for number in (1, 2):
        with django_assert_num_queries(1):
            current, old = editions.get_numbered("condition", "stiffness", number)
        assert (current.number, old.number) == (2, number)


def test_an_old_edition_of_what_was_never_public_was_withdrawn_or_moved_is_refused() -> None:
    fact, _ = make_published()
    condition = fact.condition
    with pytest.raises(editions.NotPublished):
        editions.get_numbered("condition", "stiffness", 3)
    with pytest.raises(editions.NotPublished):
        editions.get_numbered("condition", "no-such", 1)
    publish_again(condition, slug="new-slug")
    with pytest.raises(editions.Moved, match="new-slug"):
        editions.get_numbered("condition", "stiffness", 1)
    assert editions.get_numbered("condition", "new-slug", 1)[1].slug == "stiffness"
    retire(condition)
    with pytest.raises(editions.Withdrawn):
        editions.get_numbered("condition", "new-slug", 1)


def test_a_day_shows_the_edition_that_was_public_at_its_end(django_assert_num_queries) -> None:
    start = datetime(2030, 1, 1, 12, tzinfo=UTC)
    faq = make_faq(slug="when", answer="First.")
    editor, reviewer = make_editor(), make_reviewer(interests_declared_on=start.date())
    items = [*faq.citations.all(), faq]
    for days, answer in ((0, "First."), (10, "Second.")):
        faq.answer = answer
        faq.save()
        faq.refresh_from_db()
        changed = items if days == 0 else [faq]
        actions.submit(changed, by=editor)
        digests = {item: type(item).objects.get(pk=item.pk).review.digest for item in changed}
        actions.approve(changed, by=reviewer, digests=digests, at=start + timedelta(days=days))

    for days, answer in ((0, "First."), (9, "First."), (10, "Second."), (99, "Second.")):
        with django_assert_num_queries(1):
            current, edition = editions.get_as_of("faq", "when", (start + timedelta(days=days)).date())
        assert current.content["answer"] == "Second."
        assert edition.content["answer"] == answer
        assert editions.as_of(current, (start + timedelta(days=days)).date()) == edition
    with pytest.raises(editions.NotYetPublished, match="first published on 1 January 2030"):
        editions.get_as_of("faq", "when", (start - timedelta(days=1)).date())
    assert Edition.objects.filter(kind="faq").count() == 2

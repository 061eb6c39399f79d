"""The writer of comments: what it takes, what it refuses and in which words, and what nobody can change afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from editorial import commenting, notices
from editorial.errors import CommentRefused, NotPermitted
from editorial.models import Comment
from editorial.threads import load_threads
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, make_user, publish
from tests.steps import edit, review_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)


@pytest.fixture
def review(db):
    source = make_citation()
    return make_fact(make_condition(sources=[source]), sources=[source]).review


def say(review, body="Is that so?", *, by=None, **values):
    return commenting.add(review, by=by or make_editor(), body=body, **{"at": NOW, **values})


def test_a_comment_keeps_who_when_what_and_about_which_field(review, editor):
    comment = say(review, "  First.\r\nSecond. \r\n", by=editor, field="text")

    kept = Comment.objects.get()
    assert kept == comment
    assert (kept.author, kept.at, kept.body, kept.field) == (editor, NOW, "First.\nSecond.", "text")


def test_a_comment_may_be_about_every_field_and_the_rows_of_an_item(review):
    fields = commenting.list_fields("fact")

    assert fields["short"] == "Short form for the table"
    assert fields["sources"] == "Sources"
    assert {"id", "review", "citations"} & set(fields) == set()
    assert commenting.list_fields("comparison")["columns"] == "Conditions"
    for field in fields:
        say(review, field=field)


@pytest.mark.parametrize("body", ["", " \n\t ", "x" * (commenting.MAX_LENGTH + 1), "a\0b"])
def test_what_is_empty_too_long_or_cannot_be_kept_is_refused(review, body):
    with pytest.raises(CommentRefused) as refusal:
        say(review, body)

    assert refusal.value.field == "body"
    assert str(refusal.value).endswith(".")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("field", ["id", "review", "no-such-field", "status"])
def test_a_field_that_the_item_does_not_have_is_refused(review, field):
    with pytest.raises(CommentRefused) as refusal:
        say(review, field=field)

    assert refusal.value.field == "field"
    assert field in str(refusal.value)


def test_answers_stand_in_their_thread_in_order(review):
    first = say(review, "First.", field="text")
    say(review, "Third.", thread=first, at=NOW + timedelta(minutes=2))
    say(review, "Second.", thread=first, at=NOW + timedelta(minutes=1))

    (thread,) = load_threads([review])[review.pk]

    assert [thread.first.body, *(answer.body for answer in thread.answers)] == ["First.", "Second.", "Third."]
    assert thread.label == "Text"


def test_an_answer_to_another_items_thread_or_to_an_answer_is_refused(review):
    other = make_citation().review
    foreign, own = say(other), say(review)
    answer = say(review, thread=own)

    for thread in (foreign, answer):
        with pytest.raises(CommentRefused, match="not one of this item"):
            say(review, thread=thread)
    with pytest.raises(CommentRefused, match="Leave the field out"):
        say(review, thread=own, field="text")


def test_a_thread_is_resolved_and_opened_again(review, reviewer):
    thread = say(review)

    commenting.resolve(thread, by=reviewer, at=NOW)
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at) == (reviewer, NOW)
    assert not Comment.objects.open().exists()

    commenting.reopen(thread, by=make_editor())
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.resolved_at) == (None, None)
    assert list(Comment.objects.open()) == [thread]


def test_resolving_twice_opening_what_is_open_and_resolving_an_answer_are_refused(review):
    reviewer = make_reviewer(first_name="Rex")
    thread = say(review)
    answer = say(review, thread=thread)

    with pytest.raises(CommentRefused, match="open already"):
        commenting.reopen(thread, by=reviewer)
    with pytest.raises(CommentRefused, match="whole thread"):
        commenting.resolve(answer, by=reviewer, at=NOW)
    commenting.resolve(thread, by=reviewer, at=NOW)
    with pytest.raises(CommentRefused, match="Rex has resolved"):
        commenting.resolve(thread, by=make_editor(), at=NOW)


def test_an_answer_opens_a_resolved_thread_again(review, reviewer):
    thread = say(review)
    commenting.resolve(thread, by=reviewer, at=NOW)

    say(review, thread=thread)

    thread.refresh_from_db()
    assert not thread.is_resolved


@pytest.mark.parametrize("text", ["Ask @rex.", "@rex, look", "(@rex)", "@REX?", "a\n@rex", "@rex.-", "@rex @rex"])
def test_a_username_is_found_whatever_stands_around_it(text):
    rex = make_reviewer(username="rex")

    assert commenting.find_mentions(text) == [rex]


@pytest.mark.parametrize("text", ["rex", "a@rex.org", "[@rex-2020] says so", "5 @ noon", "@", "[@a; @b]"[:4]])
def test_an_address_a_source_or_a_lone_sign_names_nobody(text):
    assert commenting.find_mentions(text) == []


def test_a_name_with_marks_in_it_is_found_before_the_shorter_one():
    make_reviewer(username="rex")
    whole = make_reviewer(username="rex.roe@site")

    assert commenting.find_mentions("Ask @rex.roe@site.") == [whole]


def test_names_that_differ_in_case_only_are_told_apart():
    lower, upper = make_reviewer(username="rex"), make_reviewer(username="Rex")

    assert commenting.find_mentions("@Rex") == [upper]
    assert commenting.find_mentions("@rex") == [lower]
    with pytest.raises(CommentRefused):
        commenting.find_mentions("@REX")


def test_only_active_staff_who_may_see_reviews_can_be_named(review):
    make_user(username="norights")
    make_reviewer(username="gone", is_active=False)
    outside = make_reviewer(username="outside")
    outside.is_staff = False
    outside.save()

    with pytest.raises(CommentRefused) as refusal:
        say(review, "@norights @gone @outside @nobody.")

    for name in ("“@norights”", "“@gone”", "“@outside”", "“@nobody”"):
        assert name in str(refusal.value)
    assert not Comment.objects.exists()


def test_who_is_named_is_kept_and_told_but_not_the_author(review, monkeypatch):
    editor, rex = make_editor(username="edna"), make_reviewer(username="rex")
    told = []
    monkeypatch.setattr(notices, "tell_mentioned", lambda comment, users: told.append((comment, list(users))))

    comment = say(review, "@rex and @edna, look.", by=editor)

    assert set(comment.mentioned.all()) == {editor, rex}
    assert told == [(comment, [rex])]


def test_who_may_not_see_the_item_may_not_comment_resolve_or_open(review):
    thread = say(review)
    stranger = make_user()

    for deed in (
        lambda: say(review, by=stranger),
        lambda: commenting.resolve(thread, by=stranger, at=NOW),
        lambda: commenting.reopen(thread, by=stranger),
    ):
        with pytest.raises(NotPermitted, match="You do not have the right"):
            deed()


def test_comments_are_carried_along_while_the_item_changes(review):
    fact = review.fact
    say(review)

    publish(fact.condition, *(source.citation for source in fact.sources.all()), fact)
    edit(fact, text="Another text.")

    assert Comment.objects.get().review == review_of(fact)


def refuses(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


def test_the_database_lets_nobody_change_the_words_author_or_place_of_a_comment(review):
    comment, other = say(review), make_citation().review
    rows = Comment.objects.filter(pk=comment.pk)

    assert refuses(lambda: rows.update(body="Other words."))
    assert refuses(lambda: rows.update(author=make_editor()))
    assert refuses(lambda: rows.update(review=other))
    assert refuses(lambda: rows.update(at=NOW + timedelta(days=1)))
    assert not refuses(lambda: rows.update(resolved_at=NOW, resolved_by=make_editor()))


def test_the_database_knows_no_answer_to_another_items_thread(review):
    thread = say(make_citation().review)
    values = {"review": review, "author": make_editor(), "body": "x", "at": NOW}

    assert refuses(lambda: Comment.objects.create(thread=thread, **values))


def test_comments_on_what_was_decided_are_never_deleted(review):
    comment = say(review)
    assert not refuses(lambda: Comment.objects.filter(pk=say(make_citation().review).pk).delete())

    publish(review.fact.condition, *(source.citation for source in review.fact.sources.all()), review.fact)

    assert refuses(lambda: Comment.objects.filter(pk=comment.pk).delete())


def test_threads_of_many_items_take_one_query(review, django_assert_num_queries):
    reviews = [review, *(make_citation().review for _ in range(3))]
    for one in reviews:
        thread = say(one)
        say(one, thread=thread)

    with django_assert_num_queries(1):
        found = load_threads(reviews)
        for threads in found.values():
            assert threads[0].first.author.display_name
            assert len(threads[0].answers) == 1

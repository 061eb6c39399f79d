"""Who is told of what, by mail; and that a mail says nothing of what is not public."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from conditions.models import Fact
from editorial import actions, errors, notices
from editorial.models import Comment
from editorial.workflow import Action
from tests.factories import make_editor, make_fact, make_reviewer, make_user
from tests.integration.mail.conftest import last_text, make_drafts, queued
from tests.steps import digests_now, edit, review_of

pytestmark = pytest.mark.django_db

BAD = "<script>alert(1)</script> {{ 7|add:7 }} {% now 'Y' %} SECRETWORD http://evil.example\r\nBcc: x@evil.example"


def test_a_submission_tells_those_who_may_decide_once_each_for_the_whole_batch(edna, rae):
    make_reviewer(email="ron@example.org")
    make_editor(email="another-editor@example.org")

    actions.submit(make_drafts(3), by=edna)

    subject = "5 items wait for review"
    assert queued() == {("rae@example.org", subject): 1, ("ron@example.org", subject): 1}
    text = last_text("rae@example.org")
    assert "Edna Editor submitted 5 items for review." in text
    assert text.count("http://127.0.0.1:8000/admin/review/") == 5 + 1 + 1  # Each, all together, and the desk.


def test_a_submission_tells_only_the_assigned_reviewer_where_there_is_one(edna, rae):
    make_reviewer(email="ron@example.org")
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.assign(items, by=make_reviewer(), reviewer=rae)
    Email.objects.all().delete()
    actions.request_changes(items, by=rae, comment="Mend it.")
    Email.objects.all().delete()

    actions.submit(items, by=edna)

    assert queued() == {("rae@example.org", "3 items wait for review"): 1}


def test_who_may_not_decide_on_a_kind_is_not_told_of_it(edna):
    looker = make_user(email="looker@example.org")
    names = ["decide_item", "view_fact"]
    looker.user_permissions.set(Permission.objects.filter(codename__in=names))
    source, condition, fact = make_drafts()

    actions.submit([source, condition], by=edna)
    assert queued() == {}
    actions.submit([fact], by=edna)

    assert queued() == {("looker@example.org", "1 item waits for review"): 1}


def test_sent_back_and_approved_tell_who_submitted(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.request_changes(items[:1], by=rae, comment="SECRETWORD")

    assert "Rae Reviewer sent back 1 item that you submitted." in last_text("edna@example.org")
    actions.submit(items[:1], by=edna)
    actions.approve(items, by=rae, digests=digests_now(*items))

    assert "3 items that you submitted are public now, approved by Rae Reviewer." in last_text("edna@example.org")
    assert "SECRETWORD" not in "".join(Email.objects.values_list("message", flat=True))


def test_decisions_of_one_page_are_told_by_what_was_decided(edna, rae):
    source, condition, fact = make_drafts()
    actions.submit([source, condition, fact], by=edna)
    Email.objects.all().delete()
    shown = digests_now(source, condition, fact)
    choices = [
        actions.Choice(fact, Action.REQUEST_CHANGES, shown[fact], comment="Mend it."),
        actions.Choice(source, Action.APPROVE, shown[source]),
        actions.Choice(condition, Action.APPROVE, shown[condition]),
    ]

    actions.decide(choices, by=rae)

    assert queued() == {
        ("edna@example.org", "1 item sent back to you"): 1,
        ("edna@example.org", "2 items approved"): 1,
    }


def test_nobody_is_told_of_an_own_act(rae):
    items = make_drafts()

    actions.submit(items, by=rae)
    actions.request_changes(items, by=rae, comment="I saw a mistake.")
    actions.submit(items, by=rae)
    actions.assign(items, by=make_reviewer(), reviewer=None)
    reviewer = make_reviewer(email="ron@example.org")
    Email.objects.all().delete()
    actions.assign(items, by=reviewer, reviewer=reviewer)

    assert queued() == {}


def test_only_active_staff_with_an_address_that_is_one_get_mail(edna):
    make_reviewer(email="left@example.org", is_active=False)
    no_staff = make_reviewer(email="outside@example.org")
    no_staff.is_staff = False
    no_staff.save()
    make_reviewer(email="")
    make_reviewer(email="x@example.org\nBcc: y@example.org")
    make_reviewer(email="no address")
    make_reviewer(email="one@example.org, two@example.org")

    actions.submit(make_drafts(), by=edna)

    assert queued() == {}


def test_an_approval_for_later_tells_when_and_its_end_tells_both(edna, rae):
    items, later = make_drafts(), timezone.now() + timedelta(days=3)
    actions.submit(items, by=edna)

    actions.approve(items, by=rae, digests=digests_now(*items), publish_at=later)
    assert f"to become public on {later.day} {later:%b %Y, %H:%M} (UTC)" in last_text("edna@example.org")
    ron = make_reviewer(first_name="Ron", email="ron@example.org")
    actions.request_changes(items, by=ron, comment="Wait.")

    assert queued()["rae@example.org", "3 items will not become public as approved"] == 1
    assert "because of something that Ron did" in last_text("rae@example.org")
    assert queued()["edna@example.org", "3 items sent back to you"] == 1
    assert queued()["ron@example.org", "3 items will not become public as approved"] == 0


def test_who_ends_an_own_schedule_is_not_told_of_it(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.approve(items, by=rae, digests=digests_now(*items), publish_at=timezone.now() + timedelta(days=3))
    Email.objects.all().delete()

    actions.request_changes(items, by=rae, comment="I was wrong.")

    assert queued() == {("edna@example.org", "3 items sent back to you"): 1}


def test_an_edit_tells_the_approver_that_the_schedule_is_dropped(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.approve(items, by=rae, digests=digests_now(*items), publish_at=timezone.now() + timedelta(days=3))

    edit(Fact.objects.get(), by=edna, text="Other words.")

    assert "because of something that Edna Editor did" in last_text("rae@example.org")


def test_what_was_approved_for_later_tells_its_submitter_when_it_is_public(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    later = timezone.now() + timedelta(days=3)
    actions.approve(items, by=rae, digests=digests_now(*items), publish_at=later)
    Email.objects.all().delete()

    actions.publish_due(at=later)

    assert queued() == {("edna@example.org", "3 items approved"): 1}


def test_what_is_refused_when_its_time_comes_tells_the_approver(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    later = timezone.now() + timedelta(days=3)
    actions.approve(items, by=rae, digests=digests_now(*items), publish_at=later)
    Email.objects.all().delete()
    Fact.objects.update(text="Around the workflow.")

    actions.publish_due(at=later)

    assert queued()["rae@example.org", "1 item will not become public as approved"] == 1
    assert "a check refused it" in last_text("rae@example.org")


def test_an_assigned_reviewer_is_told_by_when(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)

    actions.assign(items, by=make_reviewer(first_name="Lee"), reviewer=rae, due_on=date(2031, 5, 4))

    assert "Lee asks you to review 3 items by 4 May 2031." in last_text("rae@example.org")


def test_who_is_mentioned_is_told_but_not_what_was_said_nor_the_author(edna, rae):
    fact = make_drafts()[2]
    comment = Comment.objects.create(review=review_of(fact), author=edna, body=BAD, at=timezone.now())

    notices.tell_mentioned(comment, [edna, rae])

    assert queued() == {("rae@example.org", "You are mentioned in a comment"): 1}
    assert f"/admin/review/{fact.review_id}/" in last_text("rae@example.org")
    assert "SECRETWORD" not in last_text("rae@example.org")


def test_a_mail_holds_nothing_of_the_items_nor_markup_of_a_name(rae):
    editor = make_editor(first_name=BAD[:100], last_name="Roe", email="bad@example.org")
    source, condition, _ = make_drafts()
    fact = make_fact(condition, sources=[source], text=BAD, label=BAD[:100], key="secretword-key", note=BAD)
    fact.sources.update(quote=BAD, locator=BAD)
    items = [source, condition, fact]

    actions.submit(items, by=editor, comment=BAD)
    actions.request_changes(items, by=rae, comment=BAD)
    actions.submit(items, by=editor, comment=BAD)
    actions.approve(items, by=rae, digests=digests_now(*items), comment=BAD)

    sent = list(Email.objects.all())
    assert len(sent) == 4
    for email in sent:
        text = f"{email.subject}\n{email.message}"
        words = text.lower().split()
        assert not {"<", ">", "{", "}", "%", "\r"} & set(text)
        assert all(word.startswith("http://127.0.0.1:8000/admin/") for word in words if "://" in word)
        assert "evil.example" not in text
        assert "secretword-key" not in text
        assert condition.slug not in text
        assert "\n" not in email.subject
        message = email.email_message().message()
        assert message["To"] in ("rae@example.org", "bad@example.org")
        assert message["Bcc"] is None


def test_a_name_in_a_mail_keeps_what_names_have():
    assert notices.plain_name("Dr. Anne-Marie O’Neill J.R. Ångström") == "Dr. Anne-Marie O’Neill J. R. Ångström"
    assert notices.plain_name("<>\n{}") == "A colleague"
    assert notices.plain_name("see evil.example/x") == "see evil. example x"


def test_a_long_batch_names_twenty_and_counts_the_rest(edna, rae):
    actions.submit(make_drafts(30), by=edna)

    text = last_text("rae@example.org")
    assert text.count("Fact, review") == 18
    assert "And 12 more." in text


def test_every_mail_says_how_to_stop_it(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    actions.approve(items, by=rae, digests=digests_now(*items))

    for text in Email.objects.values_list("message", flat=True):
        assert "To get no mails from the review desk, ask an administrator" in text


def test_links_lead_to_the_address_of_the_staff(edna, rae, settings):
    settings.STAFF_URL = "https://staff.example.org"

    actions.submit(make_drafts(), by=edna)

    assert "https://staff.example.org/admin/review/batch/?items=" in last_text("rae@example.org")
    assert "127.0.0.1" not in last_text("rae@example.org")


def test_a_refused_decision_tells_nobody(edna, rae):
    items = make_drafts()
    actions.submit(items, by=edna)
    Email.objects.all().delete()
    digests = digests_now(*items)

    with pytest.raises(errors.ContentChanged):
        actions.approve(items, by=rae, digests={**digests, items[2]: "another"})
    choices = [actions.Choice(item, Action.APPROVE, digests[item]) for item in items[:2]]
    with pytest.raises(errors.Refused):
        actions.decide([*choices, actions.Choice(items[2], Action.APPROVE, "another")], by=rae)
    with transaction.atomic():
        actions.approve(items, by=rae, digests=digests)
        assert queued() != {}
        transaction.set_rollback(True)

    assert queued() == {}


def test_mail_costs_an_approval_of_twenty_one_look_and_one_insert(edna, rae):
    counts = []
    for address in ("", "edna@example.org"):
        edna.email = address
        edna.save()
        items = make_drafts(20)
        actions.submit(items, by=edna)
        digests = digests_now(*items)
        rae.has_perm("conditions.view_fact")
        with CaptureQueriesContext(connection) as captured:
            actions.approve(items, by=rae, digests=digests)
        counts.append(len(captured))
        assert sum("post_office" in query["sql"] for query in captured) == (1 if address else 0)

    assert counts[1] == counts[0] + 1


def test_a_submission_to_many_reviewers_costs_one_look_and_one_insert(edna):
    counts = []
    edna.has_perm("conditions.view_fact")  # A request asks for the rights once.
    for _ in range(2):
        for _ in range(5):
            make_reviewer(email=f"r{make_user().pk}@example.org")
        items = make_drafts(5)
        with CaptureQueriesContext(connection) as captured:
            actions.submit(items, by=edna)
        counts.append(len(captured))

    assert counts[0] == counts[1]

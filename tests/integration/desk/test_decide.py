"""Deciding: one request, one action, all of it or nothing; each refusal a sentence."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial import actions
from editorial.models import Decision, Edition
from tests.factories import make_citation, make_fact, make_reviewer
from tests.integration.desk.conftest import decide, edit, form_of, fresh, sign_in, submit_change


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def public_texts():
    content = Edition.objects.current().get(kind="condition").content
    return [fact["text"] for fact in content["facts"]]


@pytest.fixture
def change(site):
    return submit_change(site.fact, by=site.editor, text="Many walked.")


@pytest.fixture
def several(site):
    facts = [make_fact(site.condition, sources=[site.source], text=f"Fact {n}.") for n in range(3)]
    actions.submit(facts, by=site.editor)
    return facts


def test_an_approval_publishes_and_leads_back_to_the_queue_with_its_filters(change, desk):
    response = desk.post(reverse("desk:decide"), form_of(change, back="tab=waiting&kind=fact"), follow=True)

    assert response.redirect_chain == [("/admin/review/?tab=waiting&kind=fact", 302)]
    message = parse(response).select_one(".messagelist .success")
    assert message.text.startswith("Approved: “Many walked.”.")
    assert message.a["href"] == "/conditions/multiple-sclerosis/"
    assert public_texts() == ["Many walked."]


def test_an_approval_keeps_comment_and_materiality(site, desk, reviewer):
    change = submit_change(site.fact, by=site.editor, text="About 1,250 people strolled.")

    decide(desk, change, comment="Good.", materiality="editorial")

    decision = fresh(change).review.approval
    assert (decision.comment, decision.materiality, decision.actor) == ("Good.", "editorial", reviewer)


def test_a_batch_is_approved_together_and_makes_one_edition(several, desk):
    number = Edition.objects.current().get(kind="condition").number

    decide(desk, *several)

    assert {fresh(fact).review.status for fact in several} == {"approved"}
    assert Edition.objects.current().get(kind="condition").number == number + 1


def test_changes_are_requested_with_a_comment(change, desk):
    decide(desk, change, action="request_changes", comment="How many?")

    assert fresh(change).review.status == "changes_requested"
    assert Decision.objects.last().comment == "How many?"
    assert public_texts() == ["About 1,250 people walked."]


def test_a_missing_comment_is_asked_for_beside_its_field_and_the_choice_is_kept(several, desk):
    data = form_of(*several, action="request_changes", items=[several[0].review_id, several[2].review_id])

    response = desk.post(reverse("desk:decide"), data)

    page = parse(response)
    assert response.status_code == 400
    assert page.select_one(".error-summary a[href='#id_comment']").text.startswith("Comment: Say in the comment")
    assert page.select_one(".desk-notice a[href='#decision']")
    assert "You had chosen: Request changes." in page.text
    ticked = [box["value"] for box in page.select("input[name=items][checked]")]
    assert ticked == [str(several[0].review_id), str(several[2].review_id)]
    assert len(page.select("input[type=checkbox][name=items]")) == 3
    assert fresh(several[0]).review.status == "in_review"


def test_retiring_takes_it_out_and_a_second_person_confirms(site, desk):
    decide(desk, site.fact, action="retire", comment="It is wrong.")

    assert public_texts() == []
    assert fresh(site.fact).review.needs_second_person
    refused = decide(desk, site.fact, action="confirm")
    assert refused.status_code == 400
    assert "You retired “About 1,250 people walked.” yourself" in refused.text
    decide(sign_in(make_reviewer()), site.fact, action="confirm")
    assert not fresh(site.fact).review.needs_second_person


def test_retiring_needs_a_reason(site, desk):
    response = decide(desk, site.fact, action="retire")

    assert response.status_code == 400
    assert "Give the reason in the comment" in response.text
    assert public_texts() == ["About 1,250 people walked."]


def test_confirming_gives_a_new_date_of_review(site, desk):
    decide(desk, site.fact, action="confirm")

    assert fresh(site.fact).review.confirmation is not None


def test_two_people_one_item_the_second_is_told_what_it_has_become(site, desk):
    """The reviewer has the page open; the editor changes the item and submits it again."""
    change = submit_change(site.fact, by=site.editor, text="About 1,250 people strolled.")
    data = form_of(change, comment="Looks right.", materiality="editorial")
    submit_change(fresh(change), by=site.editor, text="About 1,250 people wandered.")

    response = desk.post(reverse("desk:decide"), data)

    page = parse(response)
    assert response.status_code == 409
    assert "It has changed since it was shown to you." in page.select_one(".desk-refusals").text
    assert "wandered" in page.select_one(".desk-rows").text
    assert page.select_one("textarea[name=comment]").text.strip() == "Looks right."
    assert page.select_one("input[name=materiality][checked]")["value"] == "editorial"
    assert "You had chosen: Approve." in page.text
    assert public_texts() == ["About 1,250 people walked."]
    assert page.select_one("input[name^=digest-]")["value"] == fresh(change).review.digest


def test_the_page_of_a_refusal_can_be_sent_again(site, change, desk):
    stale = form_of(change)
    submit_change(fresh(change), by=site.editor, text="Nobody walked.")
    page = parse(desk.post(reverse("desk:decide"), stale))
    hidden = {field["name"]: field["value"] for field in page.select(".desk-review input[type=hidden]")}

    desk.post(reverse("desk:decide"), {**hidden, "action": "approve", "materiality": "clinical"})

    assert public_texts() == ["Nobody walked."]


def test_an_item_that_is_being_edited_again_is_a_conflict_too(site, change, desk):
    data = form_of(change)
    edit(fresh(change), by=site.editor, text="Hm.")

    response = desk.post(reverse("desk:decide"), data)

    assert response.status_code == 409
    assert fresh(change).review.status == "draft"
    assert public_texts() == ["About 1,250 people walked."]


@pytest.mark.parametrize(("action", "comment"), [("request_changes", "Why?"), ("confirm", "")])
def test_other_decisions_are_about_what_was_shown_too(site, desk, action, comment):
    if action == "request_changes":
        submit_change(site.fact, by=site.editor, text="One.")
    data = form_of(site.fact, action=action, comment=comment)
    changed = submit_change(fresh(site.fact), by=site.editor, text="Two.")
    if action == "confirm":
        reviewer = make_reviewer()
        actions.approve([changed], by=reviewer, digests={changed: fresh(changed).review.digest})
    before = Decision.objects.count()

    response = desk.post(reverse("desk:decide"), data)

    assert response.status_code == 409
    assert Decision.objects.count() == before


def test_an_emergency_is_not_held_up_by_a_new_draft(site, desk):
    data = form_of(site.fact, action="retire", comment="Dangerous.")
    edit(fresh(site.fact), by=site.editor, text="A draft.")

    desk.post(reverse("desk:decide"), data)

    assert public_texts() == []


def test_a_digest_that_was_made_up_or_left_out_approves_nothing(change, desk):
    for digest in ("", "0" * 64):
        response = decide(desk, change, **{f"digest-{change.review_id}": digest})

        assert response.status_code == 409
    assert public_texts() == ["About 1,250 people walked."]


def test_one_stale_item_stops_the_whole_batch_and_is_named(site, several, desk):
    data = form_of(*several)
    submit_change(fresh(several[1]), by=site.editor, text="Changed.")

    response = desk.post(reverse("desk:decide"), data)

    refused = [entry.a["href"] for entry in parse(response).select(".desk-refusals li")]
    assert response.status_code == 409
    assert refused == [f"#item-{several[1].review_id}"]
    assert {fresh(fact).review.status for fact in several} == {"in_review"}


def test_own_work_is_refused_with_a_sentence(site, several):
    author = make_reviewer()
    mine = submit_change(site.fact, by=author, text="Mine.")

    client = sign_in(author)
    page = client.get(reverse("desk:item", args=[mine.review_id]))
    response = decide(client, mine, *several)

    assert "another person must approve it" in page.text
    assert response.status_code == 400
    assert "You changed “Mine.” since it was last approved" in response.text
    assert {fresh(fact).review.status for fact in several} == {"in_review"}


def test_a_reviewer_who_edits_and_then_approves_is_refused(site, change, desk, reviewer):
    edited = edit(fresh(change), by=reviewer, text="My words.")
    actions.submit([edited], by=site.editor)

    assert decide(desk, edited).status_code == 400
    assert public_texts() == ["About 1,250 people walked."]


def test_what_is_missing_is_named_item_by_item(site, several, desk):
    fact = make_fact(site.condition, sources=[make_citation(key="draft-source")])
    actions.submit([fact], by=site.editor)

    response = decide(desk, fact, *several)

    assert response.status_code == 400
    assert "Approve one of “draft-source” first" in parse(response).select_one(".desk-refusals").text
    assert {fresh(item).review.status for item in (fact, *several)} == {"in_review"}


def test_deciding_twice_is_refused_with_a_sentence(change, desk):
    data = form_of(change)
    desk.post(reverse("desk:decide"), data)

    response = desk.post(reverse("desk:decide"), data)

    assert response.status_code == 400
    assert "is approved; to approve it, it must be in review" in response.text


def test_a_draft_cannot_be_approved_by_a_request_made_by_hand(site, desk):
    fact = make_fact(site.condition, sources=[site.source])

    response = decide(desk, fact, status="approved")

    assert response.status_code == 400
    assert fresh(fact).review.status == "draft"


def test_ids_that_are_not_there_are_a_sentence_and_nothing_is_decided(change, desk):
    data = form_of(change)
    data["items"] = [*data["items"], 987654, "x"]

    response = desk.post(reverse("desk:decide"), data)

    assert response.status_code == 400
    assert "There is no item “987654”" in response.text
    assert fresh(change).review.status == "in_review"


def test_only_ids_that_are_not_there_are_a_sentence(desk, db):
    response = desk.post(reverse("desk:decide"), {"items": ["987654"], "action": "approve"})

    assert response.status_code == 400
    assert "There is no item “987654”" in response.text


def test_the_id_of_a_fact_is_not_taken_for_that_of_a_review(change, desk):
    """Ids on the desk are those of Reviews; the same number of another table names something else."""
    assert change.pk != change.review_id

    response = desk.post(reverse("desk:decide"), {**form_of(change), "items": [change.pk], "shown": [change.pk]})

    assert response.status_code in (400, 409)
    assert fresh(change).review.status == "in_review"


def test_nothing_ticked_is_a_sentence_and_the_page_stays(several, desk):
    response = desk.post(reverse("desk:decide"), form_of(*several, items=[]))

    assert response.status_code == 400
    assert "No item is chosen. Tick at least one." in response.text
    assert len(parse(response).select("article")) == 3


@pytest.mark.parametrize("action", ["", "submit", "edit", "destroy"])
def test_an_unknown_action_is_a_sentence(change, desk, action):
    response = decide(desk, change, action=action)

    assert response.status_code == 400
    assert "Choose what to do" in response.text


def test_an_unknown_materiality_is_refused_beside_its_field(change, desk):
    response = decide(desk, change, materiality="trivial")

    assert response.status_code == 400
    assert parse(response).select_one(".error-summary a[href='#id_materiality_0']")
    assert fresh(change).review.status == "in_review"


def test_an_editor_cannot_decide(change, editor):
    response = decide(sign_in(editor), change)

    assert response.status_code == 403
    assert "You do not have the right to approve" in response.text
    assert fresh(change).review.status == "in_review"


def test_reading_the_address_of_decisions_changes_nothing(change, desk):
    before = Decision.objects.count()

    response = desk.get(reverse("desk:decide"), form_of(change), follow=True)

    assert "Nothing was decided." in response.text
    assert Decision.objects.count() == before


def test_a_request_from_another_site_is_refused(change, reviewer):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)

    assert client.post(reverse("desk:decide"), form_of(change)).status_code == 403
    assert fresh(change).review.status == "in_review"

"""A decision for each item or for all of them, on one page and in one act."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial import actions
from editorial.models import Decision, Edition
from tests.factories import make_fact, make_reviewer, publish
from tests.integration.desk.conftest import edit, form_of, fresh, sign_in, submit_change


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def batch_page(client, *items):
    return parse(client.get(reverse("desk:batch"), {"items": [item.review_id for item in items]}))


def own(item, action, comment="", **values):
    """What the item's own fields send."""
    prefix = f"own-{item.review_id}"
    extra = {f"{prefix}-{name}": value for name, value in values.items()}
    return {f"{prefix}-action": action, f"{prefix}-comment": comment, **extra}


def post(client, *items, action="", **values):
    return client.post(reverse("desk:decide"), form_of(*items, action=action, **values))


@pytest.fixture
def several(site):
    """Four that wait: all new."""
    facts = [make_fact(site.condition, sources=[site.source], text=f"Fact {n}.") for n in range(4)]
    actions.submit(facts, by=site.editor)
    return facts


def statuses(*items):
    return [fresh(item).review.status for item in items]


def public_texts():
    return {fact["text"] for fact in Edition.objects.current().get(kind="condition").content["facts"]}


def test_each_item_offers_what_its_state_and_the_persons_rights_allow(site, several, desk, reviewer):
    mine = submit_change(several[3], by=reviewer, text="Mine.")

    page = batch_page(desk, site.fact, several[0], mine)

    offered = {
        item.pk: [box["value"] for box in page.select(f"#own-{item.review_id} input[name$=-action]")]
        for item in (site.fact, several[0], mine)
    }
    assert offered == {
        site.fact.pk: ["", "confirm", "retire"],
        several[0].pk: ["", "approve", "request_changes"],
        mine.pk: ["", "request_changes"],
    }
    assert [box["value"] for box in page.select("[name$=-action][checked]")] == ["", "", ""]


def test_who_may_only_read_gets_no_fields(several, editor):
    assert batch_page(sign_in(editor), *several).select("[name^=own-]") == []


def test_one_item_alone_has_the_simple_buttons(several, desk):
    page = parse(desk.get(reverse("desk:item", args=[several[0].review_id])))

    assert page.select("[name^=own-]") == []
    assert [b["value"] for b in page.select(".desk-choices button")] == ["approve", "request_changes"]


def test_own_decisions_and_the_one_for_all_are_one_act(site, several, desk):
    first, second, third, fourth = several
    values = own(first, "request_changes", "Which ones?") | own(site.fact, "retire", "Wrong.")

    response = post(desk, site.fact, *several, action="approve", comment="Fine.", **values)

    assert response.status_code == 302
    assert statuses(site.fact, *several) == ["retired", "changes_requested", "approved", "approved", "approved"]
    said = {d.review_id: d.comment for d in Decision.objects.filter(action__in=["retire", "request_changes"])}
    assert said == {site.fact.review_id: "Wrong.", first.review_id: "Which ones?"}
    assert {fresh(f).review.approval.comment for f in (second, third, fourth)} == {"Fine."}
    messages = [m.text for m in parse(desk.get(reverse("desk:queue"))).select(".messagelist .success")]
    assert any(m.startswith("Approved: 3 items.") for m in messages)
    assert any(m.startswith("Sent back with your comment: “Fact 0.”.") for m in messages)


def test_only_the_own_decisions_are_carried_out_when_that_is_asked_for(several, desk):
    values = own(several[0], "approve") | own(several[1], "request_changes", "Which?")

    post(desk, *several, action="own", **values)

    assert statuses(*several) == ["approved", "changes_requested", "in_review", "in_review"]


def test_an_own_decision_counts_for_an_item_that_is_not_ticked(several, desk):
    post(desk, *several, action="approve", items=[several[1].review_id], **own(several[0], "request_changes", "Why?"))

    assert statuses(*several) == ["changes_requested", "approved", "in_review", "in_review"]


def test_asking_for_own_decisions_where_there_are_none_is_a_sentence(several, desk):
    response = post(desk, *several, action="own")

    assert response.status_code == 400
    assert "No item has a decision of its own yet." in response.text


def test_enter_in_a_field_decides_nothing_also_with_own_decisions(several, desk):
    response = post(desk, *several, action="", **own(several[0], "approve"))

    assert response.status_code == 400
    assert "Choose what to do" in response.text
    assert set(statuses(*several)) == {"in_review"}
    chosen = parse(response).select_one(f"#own-{several[0].review_id} input[checked]")
    assert chosen["value"] == "approve"


@pytest.mark.parametrize("action", ["request_changes", "retire"])
def test_an_own_decision_without_the_words_that_it_needs_is_a_sentence_beside_its_field(site, several, desk, action):
    response = post(desk, site.fact, *several, action="approve", comment="Kept.", **own(several[0], action))

    page = parse(response)
    assert response.status_code == 400
    field = page.select_one(f"#own-{several[0].review_id}-comment")
    assert page.find(id=field["aria-describedby"]).text.startswith("Error: ")
    assert page.select_one(f".desk-refusals a[href='#{field['id']}']")
    assert page.select_one("textarea[name=comment]").text.strip() == "Kept."
    assert set(statuses(*several)) == {"in_review"}


@pytest.mark.parametrize("action", ["edit", "submit", "publish", "approve'--"])
def test_an_own_decision_that_the_desk_does_not_know_is_a_sentence(several, desk, action):
    response = post(desk, *several, action="approve", **own(several[0], action))

    assert response.status_code == 400
    assert "Select a valid choice" in response.text
    assert set(statuses(*several)) == {"in_review"}


def test_what_is_refused_is_named_and_all_else_stays_as_it_was_chosen(site, several, desk, reviewer):
    """One item is the person's own work, one was changed meanwhile; the others are good."""
    first, second, third, fourth = several
    submit_change(first, by=reviewer, text="Mine.")
    data = form_of(*several, action="approve", comment="For all.", items=[f.review_id for f in several[:3]])
    data |= own(third, "request_changes", "Which?") | own(fourth, "approve", "Good.")
    submit_change(fresh(second), by=site.editor, text="Changed.")

    response = desk.post(reverse("desk:decide"), data)

    page = parse(response)
    assert response.status_code == 409
    refused = {entry.a["href"]: entry.text for entry in page.select(".desk-refusals li")}
    assert set(refused) == {f"#item-{first.review_id}", f"#item-{second.review_id}"}
    assert "Leave it to another reviewer" in refused[f"#item-{first.review_id}"]
    assert "It has changed since it was shown to you." in refused[f"#item-{second.review_id}"]
    assert page.select_one("textarea[name=comment]").text.strip() == "For all."
    assert page.select_one(f"#own-{third.review_id} [name$=-action][checked]")["value"] == "request_changes"
    assert page.select_one(f"#own-{third.review_id}-comment").text == "Which?"
    assert page.select_one(f"#own-{fourth.review_id}-comment").text == "Good."
    ticked = [int(box["value"]) for box in page.select("input[name=items][checked]")]
    assert ticked == [f.review_id for f in several[:3]]
    assert set(statuses(*several)) == {"in_review"}


def test_a_choice_that_the_page_did_not_offer_is_refused_by_the_rules(site, several, editor):
    """Made by hand: an editor decides, a reviewer approves what is public already."""
    refused = post(sign_in(editor), *several, action="own", **own(several[0], "approve"))
    assert refused.status_code == 403
    refused = post(sign_in(make_reviewer()), site.fact, *several, action="own", **own(site.fact, "approve"))
    assert refused.status_code == 400
    assert "to approve it, it must be in review" in refused.text
    assert set(statuses(*several)) == {"in_review"}


def test_an_own_decision_on_an_item_that_was_not_on_the_page_is_not_made(several, desk):
    other = several[3]

    post(desk, *several[:3], action="approve", **own(other, "approve"))

    assert statuses(*several) == ["approved", "approved", "approved", "in_review"]


def test_an_item_that_stands_on_the_page_twice_is_decided_once(several, desk):
    ids = [several[0].review_id, several[0].review_id]

    post(desk, *several, action="approve", items=ids, shown=ids)

    assert Decision.objects.filter(review=several[0].review_id, action="approve").count() == 1


@pytest.fixture
def changes(site):
    """Three public facts with a change; the author says of the first that it is wording only."""
    facts = [make_fact(site.condition, sources=[site.source], text=f"Old {n}.") for n in range(3)]
    publish(*facts)
    for number, (fact, said) in enumerate(zip(facts, ("editorial", "clinical", ""), strict=True)):
        changed = edit(fact, by=site.editor, text=f"Old {number}. So they say.")
        actions.submit([changed], by=site.editor, materiality=said)
    return facts


def marked(page, item):
    chosen = page.select_one(f"#own-{item.review_id} [name$=-materiality][checked]")
    return chosen and chosen["value"]


def test_the_authors_proposal_is_shown_and_is_what_is_marked_first(changes, several, desk):
    page = batch_page(desk, *changes, several[0])

    assert [marked(page, fact) for fact in (*changes, several[0])] == ["editorial", "clinical", "clinical", None]
    proposals = [part.p.text for part in page.select(".desk-materiality")]
    assert proposals == [
        "The author says: wording only.",
        "The author says: medical content.",
        "The author has not said.",
    ]
    single = parse(desk.get(reverse("desk:item", args=[changes[0].review_id])))
    assert single.select_one("input[name=materiality][checked]")["value"] == "editorial"


def materialities(*items):
    return [fresh(item).review.approval.materiality for item in items]


def test_the_decision_for_all_takes_what_is_marked_in_each_item(changes, desk):
    marks = {
        f"own-{fact.review_id}-materiality": value
        for fact, value in zip(changes, ("editorial", "clinical", ""), strict=True)
    }

    post(desk, *changes, action="approve", materiality="", **marks)

    assert materialities(*changes) == ["editorial", "clinical", "clinical"]


def test_the_decision_for_all_may_say_it_for_all(changes, desk):
    marks = own(changes[0], "approve", materiality="clinical")

    post(desk, *changes, action="approve", materiality="editorial", **marks)

    assert materialities(*changes) == ["clinical", "editorial", "editorial"]


def test_what_is_clinical_by_rule_offers_no_choice_and_says_why(changes, desk, monkeypatch):
    for module in ("editorial.desk.parts.materiality", "editorial.guards"):
        monkeypatch.setattr(f"{module}.find_clinical_reasons", lambda *args, **_: ["The number 0 was changed."])

    page = batch_page(desk, *changes)
    single = parse(desk.get(reverse("desk:item", args=[changes[0].review_id])))
    refused = post(desk, *changes, action="approve", materiality="editorial")

    for shown in (page, single):
        assert "The number 0 was changed." in shown.select_one(".desk-materiality").text
        assert shown.select("input[value=editorial]") == []
    assert refused.status_code == 400
    assert "cannot be approved as a change of wording only: The number 0 was changed." in refused.text
    post(desk, *changes, action="approve", materiality="clinical")
    assert set(materialities(*changes)) == {"clinical"}


def test_hostile_choices_and_comments_are_shown_as_text(several, desk):
    bad = "</textarea><script>alert(1)</script>"
    data = own(several[0], bad, bad, materiality=bad) | {"comment": bad, "publish_at": bad, "when": bad}

    response = post(desk, *several, action="approve", **data)

    page = parse(response)
    assert response.status_code == 400
    assert page.select("#content script") == []
    assert page.select_one(f"#own-{several[0].review_id}-comment").text == bad


def mixed(site, *, retired):
    """Twenty items with decisions of four kinds, and what the page would send of them."""
    public = [make_fact(site.condition, sources=[site.source], text=f"Public {n}.") for n in range(8)]
    publish(*public)
    waiting = [make_fact(site.condition, sources=[site.source], text=f"New {n}.") for n in range(12)]
    actions.submit(waiting, by=site.editor)
    for fact in public[:4]:
        submit_change(fact, by=site.editor, text=f"{fact.text} So they say.")
    values = {}
    for fact in public[:4]:
        values |= own(fact, "approve", "Better.", materiality="editorial")
    for fact in public[4:]:
        values |= own(fact, "retire" if retired else "confirm", "Checked.")
    for fact in waiting[:4]:
        values |= own(fact, "request_changes", "Which?")
    return [*public, *waiting], values


@pytest.mark.parametrize(("retired", "most"), [(False, 62), (True, 66)])
def test_twenty_mixed_decisions_take_a_fixed_number_of_queries(
    site, desk, django_assert_max_num_queries, retired, most
):
    items, values = mixed(site, retired=retired)
    data = form_of(*items, action="approve", **values)
    number = Edition.objects.current().get(kind="condition").number

    with django_assert_max_num_queries(most):
        response = desk.post(reverse("desk:decide"), data)

    assert response.status_code == 302
    assert set(statuses(*items[:4], *items[12:])) == {"approved"}
    assert set(statuses(*items[8:12])) == {"changes_requested"}
    assert Edition.objects.current().get(kind="condition").number == number + 1

"""Many items on one page."""

from datetime import timedelta

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from editorial import actions
from editorial.models import Comment, Edition, Presence
from tests.factories import make_fact, make_reviewer, publish
from tests.integration.desk.conftest import edit, submit_change
from tests.steps import digest_now


def batch(client, *items, **query):
    ids = [getattr(item, "review_id", item) for item in items]
    return client.get(reverse("desk:batch"), {"items": ids, **query})


def test_each_item_has_its_difference_sources_and_digest(site, desk):
    other = make_fact(site.condition, sources=[site.source], text="A new one.")
    actions.submit([other], by=site.editor)
    fact = submit_change(site.fact, by=site.editor, text="About 1,350 people walked.")

    page = BeautifulSoup(batch(desk, fact, other).content, "html.parser")

    assert [article["id"] for article in page.select("article")] == [f"item-{i.review_id}" for i in (fact, other)]
    assert all(article.select_one(".desk-sources") for article in page.select("article"))
    assert len(page.select("input[name^=digest-]")) == 2
    assert [box["value"] for box in page.select("input[name=items][checked]")] == [
        str(fact.review_id),
        str(other.review_id),
    ]


def test_an_item_that_is_not_there_is_named_and_the_others_are_shown(site, desk):
    response = batch(desk, site.fact, 987654, "x<b>")

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert "There is no item “987654”." in page.text
    assert "There is no item “x<b>”." in page.text
    assert len(page.select("article")) == 1


def test_only_items_that_are_not_there_are_refused_with_a_sentence(desk):
    response = batch(desk, 987654, "9" * 40, "-1", "١")

    assert response.status_code == 400
    assert "There is no item “987654”" in response.text


def test_nothing_ticked_leads_back_to_the_queue_with_a_sentence(desk):
    response = desk.get(reverse("desk:batch"), {"back": "tab=all&kind=fact"}, follow=True)

    assert response.redirect_chain == [("/admin/review/?tab=all&kind=fact", 302)]
    assert "Tick the items that you want to review together." in response.text


def test_more_than_a_page_can_hold_is_refused_with_a_sentence(site, desk):
    response = batch(desk, *range(1, 202))

    assert response.status_code == 400
    assert "At most 200" in response.text


def test_where_the_person_came_from_leads_to_the_queue_and_nowhere_else(site, desk):
    page = BeautifulSoup(batch(desk, site.fact, back="tab=due&next=//evil.example&x=1").content, "html.parser")

    assert page.select_one("input[name=back]")["value"] == "tab=due"
    assert page.select_one(".breadcrumbs a[href*=review]")["href"] == "/admin/review/?tab=due"


def test_twenty_changed_facts_take_at_most_fifteen_queries_and_half_a_megabyte(
    site, desk, django_assert_max_num_queries
):
    facts = [make_fact(site.condition, sources=[site.source], text=f"Some {n} walk.") for n in range(20)]
    actions.submit(facts, by=site.editor)

    with django_assert_max_num_queries(15):
        response = batch(desk, *facts)

    assert response.content.count(b"<article") == 20
    assert len(response.content) < 500_000


def test_twenty_items_with_all_that_can_lie_beside_them_stay_within_the_same_bounds(
    site, desk, reviewer, django_assert_max_num_queries
):
    """Changes to what is public, a waived check, an approval for later, a comment, somebody who is looking."""
    facts = [make_fact(site.condition, sources=[site.source], text=f"Some {n} walk.") for n in range(20)]
    publish(*facts)
    now, other = timezone.now(), make_reviewer()
    for fact in facts:
        edit(fact, by=site.editor, text=f"{fact.text[:-1]} in these ways:")
        actions.waive(fact, codes=["dangling-colon"], reason="Why.", by=other, digest=digest_now(fact))
        Comment.objects.create(review_id=fact.review_id, author=site.editor, body="Is that so?", at=now)
        Presence.objects.create(review_id=fact.review_id, user=other, since=now, seen_at=now)
    actions.submit(facts, by=site.editor, materiality="editorial")
    digests = {fact: digest_now(fact) for fact in facts}
    actions.approve(facts, by=other, digests=digests, publish_at=now + timedelta(days=3))

    with django_assert_max_num_queries(15):
        response = batch(desk, *facts)

    assert response.content.count(b"Waived by") >= 20
    assert response.content.count(b"Approved for later") >= 20
    assert len(response.content) < 500_000


def test_two_hundred_items_are_shown_and_decided_on_one_page(site, desk):
    facts = [make_fact(site.condition, sources=[site.source], text=f"Some {n} walk.") for n in range(200)]
    actions.submit(facts, by=site.editor)
    page = BeautifulSoup(batch(desk, *facts).content, "html.parser")
    data = {}
    for field in page.select(".desk-review input:not([type=radio]), .desk-review input[checked]"):
        data.setdefault(field["name"], []).append(field.get("value", ""))
    data |= {field["name"]: field.text for field in page.select(".desk-review textarea")}

    response = desk.post(reverse("desk:decide"), {**data, "action": "approve"})

    assert len(page.select("article")) == 200
    assert response.status_code == 302
    assert len(Edition.objects.current().get(kind="condition").content["facts"]) == 201

"""A preview changes nothing, is kept nowhere, and is shown to those who may see the items."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    make_reviewer,
    make_user,
)
from tests.integration.desk.conftest import fresh, sign_in, submit_change
from tests.integration.desk.previews import CHANGED, page_of, parse, see
from tests.public_routes import list_public_urls
from tests.steps import read_database


@pytest.mark.parametrize("query", [{}, {"show": "before"}, {"action": "retire"}])
def test_a_preview_changes_no_row_and_no_public_page(pending, desk, query):
    rows, pages = read_database(), read_site()

    for page in (pending.condition, pending.comparison):
        assert see(desk, pending.fact, page=page_of(page), **query).status_code == 200

    assert read_database() == rows
    assert read_site() == pages


def read_site():
    return {url: (answer.status_code, answer.content) for url in list_public_urls() for answer in [Client().get(url)]}


def test_a_preview_of_own_work_is_shown_and_lets_nobody_approve_it(pending, desk):
    client = sign_in(pending.editor)

    assert CHANGED in see(client, pending.fact, page=page_of(pending.condition)).text
    assert fresh(pending.fact).review.status == "in_review"


def test_a_preview_sends_no_mail_and_leaves_nothing_for_after_the_commit(
    pending, desk, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        see(desk, pending.fact, page=page_of(pending.condition))

    assert callbacks == []
    assert mailoutbox == []


def test_an_approved_item_is_not_approved_again(pending, desk):
    page = parse(see(desk, pending.other, page=page_of(pending.other)))

    assert "No words change on this page." in page.select_one(".preview-list").text


def test_the_database_still_refuses_own_work_after_a_preview(pending, desk):
    """The rule is set aside within the preview alone."""
    from django.db import IntegrityError, transaction

    from editorial.models import Decision

    editor = pending.editor
    see(sign_in(editor), pending.fact, page=page_of(pending.condition))
    approval = Decision.objects.filter(action="approve").first()
    values = {f.attname: getattr(approval, f.attname) for f in Decision._meta.concrete_fields if f.name != "id"}
    own = {**values, "review_id": pending.fact.review_id, "actor_id": editor.pk, "hash": "x", "previous_hash": "y"}

    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Decision.objects.create(**own)


# Who may see it, and what is refused


@pytest.mark.parametrize("query", [{}, {"show": "nonsense"}, {"items": "987654"}])
def test_no_cache_and_no_search_engine_keeps_it_not_even_a_refusal(pending, desk, query):
    response = see(desk, *([] if "items" in query else [pending.fact]), page=page_of(pending.condition), **query)

    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    if response.status_code == 200:
        assert [meta["content"] for meta in parse(response).select("meta[name=robots]")] == ["noindex"]


def test_who_may_not_see_the_item_may_not_see_it_in_a_preview(pending):
    from django.contrib.auth.models import Permission

    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_review", "view_condition"]))

    response = see(sign_in(user), pending.fact, page=page_of(pending.condition))

    assert response.status_code == 403
    assert "You do not have the right to see every fact." in response.text
    assert CHANGED not in response.text


@pytest.mark.parametrize(
    "page",
    ["", "condition", "condition:", "condition:x", "condition:999999", "fact:1", "condition:1'--", "<b>:1", "a" * 5000],
)
def test_a_page_that_these_items_do_not_change_is_refused_with_a_sentence(pending, desk, page):
    response = see(desk, pending.fact, page=page)

    assert response.status_code == 404
    assert "These items do not change that page." in response.text


@pytest.mark.parametrize("item", ["", "x", "-1", "1' OR 1=1", "9" * 30, "١", "<script>", "\0"])
def test_an_item_that_is_none_is_refused_with_a_sentence(pending, desk, item):
    response = see(desk, item, page=page_of(pending.condition))

    assert response.status_code == 404
    assert "There is no item" in response.text
    assert "<script>" not in parse(response).select_one("#content").decode_contents()


@pytest.mark.parametrize("query", [{"show": "both"}, {"action": "publish"}, {"show": "<b>", "action": ""}])
def test_another_side_or_act_is_refused_with_a_sentence(pending, desk, query):
    response = see(desk, pending.fact, page=page_of(pending.condition), **query)

    assert response.status_code == 400
    assert "Choose one of these." in response.text


def test_nothing_is_previewed_by_sending_a_form(pending, desk):
    assert desk.post(reverse("desk:preview"), {"items": pending.fact.review_id}).status_code == 405


def test_hostile_words_stay_words(pending, desk):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    fact = submit_change(fresh(pending.fact), by=pending.editor, text=evil, label=evil[:100])

    page = parse(see(desk, fact, page=page_of(pending.condition)))

    assert page.select("script:not([src], [type='application/ld+json']), img[src=x]") == []
    assert "<script>alert(1)</script>" in page.select_one(".preview-list").text


def test_the_page_of_a_condition_takes_few_queries(pending, desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        see(desk, pending.fact, page=page_of(pending.condition))


def test_an_address_that_another_page_has_is_refused_with_a_sentence(pending, desk, reviewer, monkeypatch):
    from django.db import IntegrityError

    def collide(*args, **kwargs):
        raise IntegrityError("editorial_edition_current_slug")

    monkeypatch.setattr("editorial.publishing.publish", collide)

    response = see(desk, pending.fact, page=page_of(pending.condition))

    assert response.status_code == 409
    assert "two pages would have the same address" in response.text


def test_reviewers_see_what_they_would_put_their_name_to(pending):
    reviewer = make_reviewer(first_name="Rita", last_name="Roe")

    page = parse(see(sign_in(reviewer), pending.fact, page=page_of(pending.condition)))

    assert "Rita Roe" in page.select_one(".about-page").text

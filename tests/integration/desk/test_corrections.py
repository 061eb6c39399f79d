"""The sign that an approval corrects an error that readers have seen, on the desk."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from editorial import actions
from editorial.models import Decision, Edition
from tests.factories import make_fact
from tests.integration.desk.conftest import decide, fresh, submit_change

pytestmark = pytest.mark.django_db


def offered(client, *items) -> list[str]:
    page = client.get(reverse("desk:batch"), {"items": [item.review_id for item in items]})
    boxes = BeautifulSoup(page.content, "html.parser").select("input[name=correction]")
    return [box["value"] for box in boxes]


def test_only_what_readers_have_seen_offers_it(site, desk):
    changed = submit_change(site.fact, by=site.editor, text="About 1,520 people walked.")
    new = make_fact(site.condition, sources=[site.source])
    actions.submit([new], by=site.editor)

    assert offered(desk, changed, new) == [str(changed.review_id)]


def test_nobody_is_offered_it_for_what_they_may_not_approve(site, desk, reviewer):
    mine = submit_change(site.fact, by=reviewer, text="About 1,520 people walked.")

    assert offered(desk, mine) == []


def test_what_is_ticked_is_signed_and_the_rest_is_not(site, desk):
    changed = submit_change(site.fact, by=site.editor, text="About 1,520 people walked.")
    new = make_fact(site.condition, sources=[site.source])
    actions.submit([new], by=site.editor)

    decide(desk, changed, new, correction=[changed.review_id])

    signed = Decision.objects.filter(action="approve", is_correction=True)
    assert [decision.review_id for decision in signed] == [changed.review_id]
    assert Edition.objects.current().get(kind="condition").corrects == ["fact:ms-walk"]


def test_sending_back_corrects_nothing(site, desk):
    changed = submit_change(site.fact, by=site.editor, text="About 1,520 people walked.")

    decide(desk, changed, action="request_changes", comment="Which study?", correction=[changed.review_id])

    assert fresh(changed).review.status == "changes_requested"
    assert not Decision.objects.filter(is_correction=True).exists()


def test_a_refused_decision_keeps_the_tick(site, desk):
    changed = submit_change(site.fact, by=site.editor, text="About 1,520 people walked.")

    page = decide(desk, changed, action="retire", correction=[changed.review_id])

    assert page.status_code == 400
    assert BeautifulSoup(page.content, "html.parser").select_one("input[name=correction]").has_attr("checked")


def test_a_correction_of_wording_only_is_refused_with_the_reason(site, desk):
    changed = submit_change(site.fact, by=site.editor, text="About 1,250 people walked far.")

    page = decide(desk, changed, materiality="editorial", correction=[changed.review_id])

    assert page.status_code == 400
    assert "cannot be a correction and a change of wording only" in page.content.decode()

"""Who should review, and until when: on the item, from the batch, from the queue."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import actions
from editorial.models import User
from tests.factories import make_administrator, make_reviewer
from tests.integration.desk.conftest import sign_in, submit_change
from tests.steps import read_database, review_of

ASSIGN = reverse("desk:assign")
DUE = date(2040, 5, 1)


@pytest.fixture
def rita(db) -> User:
    return make_reviewer(first_name="Rita", last_name="Reviewer")


def assign(client: Client, *items, **values):
    ids = [item.review_id for item in items]
    return client.post(ASSIGN, {"items": ids, "shown": ids, "due_on": "", **values})


def parse(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser").select_one("#content")


def test_an_item_is_assigned_on_its_page_until_a_day_and_shown_there(site, desk, rita):
    page = reverse("desk:item", args=[site.fact.review_id])
    form = parse(desk.get(page)).select_one("#assign form")
    data = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}

    response = desk.post(form["action"], {**data, "reviewer": rita.pk, "due_on": "2040-05-01"}, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert (review_of(site.fact).reviewer, review_of(site.fact).due_on) == (rita, DUE)
    assert "Assigned to Rita Reviewer, until 1 May 2040: " in response.content.decode()
    assert "Assigned to Rita Reviewer until 1 May 2040" in parse(response).select_one(".desk-item-head").text


def test_it_is_shown_in_the_queue_and_in_the_admin(site, desk, rita):
    fact = submit_change(site.fact, by=site.editor, text="Other words.")
    assign(desk, fact, reviewer=rita.pk, due_on="2040-05-01")

    cells = parse(desk.get(reverse("desk:queue") + "?tab=waiting")).select("tbody td")
    assert any(cell.get_text(" ", strip=True) == "Rita Reviewer Due 1 May 2040" for cell in cells)
    panel = desk.get(reverse("admin:conditions_fact_change", args=[fact.pk]))
    assert "Rita Reviewer, until 1 May 2040" in parse(panel).select_one(".item-facts").text


def test_ticked_rows_of_the_queue_are_assigned_together_and_lead_back_to_it(site, desk, rita):
    queue = BeautifulSoup(desk.get(reverse("desk:queue") + "?tab=all").content, "html.parser")
    assert queue.find("button", string="Assign selected…")["formaction"] == ASSIGN
    asked = {"items": [site.fact.review_id, site.condition.review_id], "back": "tab=all"}
    page = parse(desk.get(ASSIGN, asked))
    assert len(page.select("input[name=items][checked]")) == 2

    response = assign(desk, site.fact, site.condition, reviewer=rita.pk, back="tab=all")

    assert response.url == reverse("desk:queue") + "?tab=all"
    assert {review_of(site.fact).reviewer, review_of(site.condition).reviewer} == {rita}


def test_from_a_batch_one_comes_back_to_all_of_it(site, desk, rita):
    batch = {"items": [site.fact.review_id, site.condition.review_id]}
    link = parse(desk.get(reverse("desk:batch"), batch)).find("a", string="Assign these items to a reviewer")
    assert parse(desk.get(link["href"])).select_one("input[name=from]")["value"] == "review"
    data = {"items": site.fact.review_id, "shown": batch["items"], "from": "review", "reviewer": rita.pk}

    response = desk.post(ASSIGN, data)

    assert response.url.startswith(f"{reverse('desk:batch')}?items={site.fact.review_id}&items=")
    assert review_of(site.condition).reviewer is None


def test_assigned_to_nobody_anybody_may_take_it(site, desk, rita):
    assign(desk, site.fact, reviewer=rita.pk, due_on="2040-05-01")

    response = assign(desk, site.fact, reviewer=rita.pk, due_on="2020-01-01", nobody="1")

    assert response.status_code == 302
    assert (review_of(site.fact).reviewer, review_of(site.fact).due_on) == (None, None)


def test_only_those_who_may_decide_can_be_chosen(site, desk, rita):
    make_reviewer(first_name="Lea", is_active=False)
    User.objects.filter(pk=make_reviewer(first_name="Pat").pk).update(is_staff=False)
    make_administrator(first_name="Ada")
    options = parse(desk.get(ASSIGN, {"items": site.fact.review_id})).select("#assign_reviewer option")

    names = [option.text for option in options]

    assert "Rita Reviewer" in names
    assert not {"Lea", "Pat", "Ada", "Edna Editor"} & set(names)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"reviewer": ""}, "assign_reviewer", "Choose the person who should review."),
        ({"reviewer": "999999"}, "assign_reviewer", "This person may not decide here, or has left."),
        ({"due_on": "2020-01-31"}, "assign_due_on", "31 January 2020 has passed. Choose today or a day to come."),
        ({"due_on": "soon"}, "assign_due_on", "This is no date."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(site, desk, rita, values, field, sentence):
    before = read_database()
    sent = {"reviewer": rita.pk, "due_on": "2040-05-01", **values}

    response = assign(desk, site.fact, **sent)

    page = parse(response)
    assert response.status_code == 400
    assert sentence in page.select_one(f"#{field}_error").text
    if "due_on" in values:
        assert page.select_one("#assign_due_on")["value"] == values["due_on"]
        assert page.select_one("#assign_reviewer option[selected]").text == "Rita Reviewer"
    assert read_database() == before


def test_today_is_not_in_the_past(site, desk, rita):
    today = timezone.now().date()
    assert assign(desk, site.fact, reviewer=rita.pk, due_on=today.isoformat()).status_code == 302
    yesterday = today - timedelta(days=1)
    assert assign(desk, site.fact, reviewer=rita.pk, due_on=yesterday.isoformat()).status_code == 400


def test_own_work_is_refused_by_name_and_nothing_of_the_choice_is_assigned_or_lost(site, desk, rita):
    own = submit_change(site.fact, by=rita, text="Rita’s own words.")
    before = read_database()

    response = assign(desk, own, site.condition, reviewer=rita.pk, due_on="2040-05-01")

    page = parse(response)
    assert response.status_code == 400
    assert (
        "Rita Reviewer changed “Rita’s own words.” since it was last approved" in page.select_one(".error-summary").text
    )
    assert len(page.select(".desk-alert")) == 1
    assert len(page.select("input[name=items][checked]")) == 2
    assert page.select_one("#assign_due_on")["value"] == "2040-05-01"
    assert read_database() == before


def test_who_may_not_decide_is_offered_no_assignment_and_refused(site, rita):
    editor = sign_in(site.editor)

    assert parse(editor.get(reverse("desk:item", args=[site.fact.review_id]))).select_one("#assign") is None
    assert "Assign selected" not in editor.get(reverse("desk:queue") + "?tab=all").content.decode()
    assert assign(editor, site.fact, reviewer=rita.pk).status_code == 403
    assert review_of(site.fact).reviewer is None


@pytest.mark.parametrize("items", [[], ["999999"], ["x"]])
def test_no_item_or_one_that_is_not_there_is_a_sentence(site, desk, rita, items):
    response = desk.post(ASSIGN, {"items": items, "reviewer": rita.pk})
    assert response.status_code == 400
    assert "Nothing was assigned" in response.content.decode()
    assert desk.get(ASSIGN, {"items": items}).status_code == (400 if items else 302)


def test_the_page_opens_with_the_assignment_that_all_of_the_items_have(site, desk, rita):
    actions.assign([site.fact, site.condition], by=rita, reviewer=rita, due_on=DUE)
    chosen = {"items": [site.fact.review_id, site.condition.review_id]}
    assert parse(desk.get(ASSIGN, chosen)).select_one("#assign_due_on")["value"] == "2040-05-01"

    actions.assign([site.fact], by=rita, reviewer=None)
    page = parse(desk.get(ASSIGN, chosen))
    assert "value" not in page.select_one("#assign_due_on").attrs
    assert page.select_one("#assign_reviewer option[selected]").text == "Choose a person"

"""Waiving a check and cancelling a schedule on the page; both leave what was chosen and typed as it was."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from editorial import actions
from editorial.models import Decision
from tests.factories import make_fact, make_reviewer
from tests.integration.desk.conftest import edit, form_of, fresh, sign_in, submit_change
from tests.steps import digest_now

WHY = "The list follows on the page."


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def item_page(client, item):
    return parse(client.get(reverse("desk:item", args=[item.review_id])))


@pytest.fixture
def blocked(site):
    """A draft that cannot be submitted: it ends in a colon."""
    return make_fact(site.condition, sources=[site.source], text="They come in these forms:")


def waive(client, item, *others, **values):
    pk = item.review_id
    data = {f"waive-{pk}-codes": ["dangling-colon"], f"waive-{pk}-reason": WHY, "waive": pk}
    return client.post(reverse("desk:waive"), {**form_of(item, *others, action=""), **data, **values})


def test_a_check_is_waived_with_its_reason_and_the_page_says_so(site, blocked, desk, reviewer):
    response = waive(desk, blocked, comment="My comment.")

    page = parse(response)
    assert response.status_code == 200
    waived = page.select_one(".desk-issue-waived")
    assert waived.strong.text == f"Waived by {reviewer.display_name}"
    assert WHY in waived.text
    assert "ends in a colon" in waived.text
    assert page.select("[name$=-reason]") == []
    assert "is waived, as long as the item stays as it is" in page.select_one(".messagelist .success").text
    actions.submit([blocked], by=site.editor)


def test_what_was_typed_for_the_decision_stays(site, blocked, desk):
    other = submit_change(site.fact, by=site.editor, text="Many walked.")
    typed = {f"own-{other.review_id}-action": "request_changes", f"own-{other.review_id}-comment": "How many?"}
    typed |= {"comment": "For all.", "items": [other.review_id], "when": "later", "publish_at": "2031-05-04T06:30"}

    page = parse(waive(desk, blocked, other, **typed))

    assert page.select_one(f"#own-{other.review_id} [name$=-action][checked]")["value"] == "request_changes"
    assert page.select_one(f"#own-{other.review_id}-comment").text == "How many?"
    assert page.select_one("textarea[name=comment]").text.strip() == "For all."
    assert page.select_one("input[name=publish_at]")["value"] == "2031-05-04T06:30"
    assert page.select_one("input[name=when][checked]")["value"] == "later"
    assert [box["value"] for box in page.select("input[name=items][checked]")] == [str(other.review_id)]
    assert page.select(".error-summary") == []
    assert fresh(other).review.status == "in_review"


def test_only_what_may_be_waived_is_offered_and_only_to_those_who_may(site, blocked, desk, editor):
    uncited = make_fact(site.condition, sources=[], text="No source.")
    author = make_reviewer()
    edit(blocked, by=author, text="They come in my forms:")

    assert [box["value"] for box in item_page(desk, blocked).select("[name$=-codes]")] == ["dangling-colon"]
    assert item_page(desk, uncited).select("[name$=-codes]") == []
    assert item_page(sign_in(editor), blocked).select("[name$=-codes]") == []
    assert item_page(sign_in(author), blocked).select("[name$=-codes]") == []


@pytest.mark.parametrize(
    ("values", "words"),
    [({"reason": " "}, "Give the reason why the check does not count"), ({"codes": []}, "has no blocking check")],
)
def test_a_waiver_that_lacks_something_is_a_sentence_and_the_reason_is_kept(blocked, desk, values, words):
    pk = blocked.review_id

    response = waive(desk, blocked, **{f"waive-{pk}-{name}": value for name, value in values.items()})

    page = parse(response)
    assert response.status_code == 400
    assert words in page.select_one(".desk-refusals").text
    if "codes" in values:
        assert page.select_one("textarea[name$=-reason]").text == WHY
    assert not Decision.objects.filter(action="waive").exists()


def test_a_check_of_a_text_that_changed_meanwhile_is_not_waived(site, blocked, desk):
    data = {f"digest-{blocked.review_id}": digest_now(blocked)}
    edit(blocked, by=site.editor, text="They come in other forms:")

    response = waive(desk, blocked, **data)

    assert response.status_code == 409
    assert "It has changed since it was shown to you." in response.text
    assert not Decision.objects.filter(action="waive").exists()


def test_a_check_is_not_waived_twice_by_loading_the_page_again(blocked, desk):
    waive(desk, blocked)

    assert waive(desk, blocked).status_code == 400
    assert Decision.objects.filter(action="waive").count() == 1


def test_a_waiver_of_something_that_is_not_there_is_a_sentence(desk):
    for number in ("987654", "x", ""):
        response = desk.post(reverse("desk:waive"), {"waive": number})

        assert response.status_code == 400
        assert f"There is no item “{number}”" in response.text


def test_a_refused_submission_says_that_a_reviewer_may_waive(site, blocked):
    from tests.admin_forms import save

    response = save(sign_in(site.editor), blocked, "_submit")

    assert "a reviewer may waive it on the review desk" in response.text


def test_the_form_in_the_admin_shows_who_waived_a_check_and_why(site, blocked, desk, reviewer):
    from tests.admin_forms import change_page

    waive(desk, blocked)

    panel = parse(change_page(sign_in(site.editor), blocked)).select_one("[aria-labelledby=checks-heading]")

    assert panel.h3.text == "Waived by a reviewer"
    assert f"Waived by {reviewer.display_name} because: {WHY}" in panel.text


def test_the_queue_does_not_count_a_waived_check(site, blocked, desk):
    waive(desk, blocked)
    actions.submit([blocked], by=site.editor)

    row = parse(desk.get(reverse("desk:queue"))).select_one(".desk-queue tbody tr")

    assert "to mend" not in row.text


def test_waived_checks_are_listed_with_reason_and_whether_they_hold(site, blocked, desk, reviewer):
    other = make_fact(site.condition, sources=[site.source], text="<b>These</b>:")
    waive(desk, blocked)
    waive(desk, other)
    edit(other, by=site.editor, text="<b>Those</b>:")

    page = parse(desk.get(reverse("desk:waivers")))

    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("<b>Those</b>: Fact", WHY, "Over: the item has changed"),
        ("They come in these forms: Fact", WHY, "Holds"),
    ]
    assert all("ends in a colon" in row[1] and row[3].startswith(reviewer.display_name) for row in rows)
    assert parse(desk.get(reverse("desk:queue"))).select_one("a[href='/admin/review/waivers/']")


def test_the_list_of_waived_checks_takes_few_queries(site, desk, django_assert_max_num_queries):
    for number in range(8):
        waive(desk, make_fact(site.condition, sources=[site.source], text=f"These {number}:"))

    with django_assert_max_num_queries(9):
        desk.get(reverse("desk:waivers"))


# Approved for later


@pytest.fixture
def change(site):
    return submit_change(site.fact, by=site.editor, text="Many walked.")


def later(**values):
    moment = timezone.now() + timedelta(**values)
    return f"{moment:%Y-%m-%dT%H:%M}"


def decide_later(client, item, **values):
    data = form_of(item, **{"when": "later", "publish_at": later(days=3), **values})
    return client.post(reverse("desk:decide"), data, follow=True)


def test_an_approval_may_wait_for_its_time(site, change, desk, reviewer):
    response = decide_later(desk, change)

    assert "Approved, to become public on" in parse(response).select_one(".messagelist .success").text
    review = fresh(change).review
    assert review.scheduled.publish_at.strftime("%Y-%m-%dT%H:%M") == later(days=3)
    assert review.approval.content["content"]["text"] == "About 1,250 people walked."
    notice = item_page(desk, change).select_one(".desk-notice")
    assert notice.text.strip().startswith(f"Approved for later by {reviewer.display_name}")
    assert "(UTC)" in notice.text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"publish_at": "tomorrow"}, "This is no day with a time."),
        ({"publish_at": "2031-02-30T10:00"}, "This is no day with a time."),
        ({"publish_at": "2020-01-01T10:00"}, "This time has passed"),
        ({"publish_at": ""}, "Say when it is to become public."),
        ({"when": "now"}, "You gave a time, but chose “At once”."),
        ({"when": "", "publish_at": "2031-05-04T10:00"}, "You gave a time, but chose “At once”."),
        ({"when": "someday"}, "Select a valid choice"),
    ],
)
def test_a_wrong_time_is_a_sentence_beside_the_field_and_what_was_typed_stays(change, desk, values, words):
    response = decide_later(desk, change, comment="Kept.", **values)

    page = parse(response)
    assert response.status_code == 400
    assert words in page.select_one(".desk-decision .error").text
    assert page.select_one("textarea[name=comment]").text.strip() == "Kept."
    if "publish_at" in values:
        assert page.select_one("input[name=publish_at]").get("value", "") == values["publish_at"]
    assert fresh(change).review.scheduled is None
    assert fresh(change).review.status == "in_review"


def test_a_time_counts_for_an_approval_only(change, desk):
    decide_later(desk, change, action="request_changes", comment="Which?")

    assert fresh(change).review.status == "changes_requested"


def unschedule(client, item, **values):
    return client.post(reverse("desk:unschedule"), {**form_of(item, action=""), "unschedule": item.review_id, **values})


def test_a_schedule_is_cancelled_on_the_page(change, desk):
    decide_later(desk, change)

    response = unschedule(desk, change, comment="Typed.")

    page = parse(response)
    assert response.status_code == 200
    assert "It waits for review again." in page.select_one(".messagelist .success").text
    assert page.select_one("textarea[name=comment]").text.strip() == "Typed."
    assert page.select("[name=unschedule]") == []
    assert fresh(change).review.scheduled is None
    assert unschedule(desk, change).status_code == 400


def test_who_may_not_decide_cannot_cancel_a_schedule(change, desk, editor):
    decide_later(desk, change)
    client = sign_in(editor)

    assert item_page(client, change).select("[name=unschedule]") == []
    assert unschedule(client, change).status_code == 403
    assert fresh(change).review.scheduled is not None


def test_why_a_schedule_came_to_nothing_is_said_on_the_desk_and_in_the_admin(site, change, desk):
    from tests.admin_forms import change_page

    decide_later(desk, change)
    assert "Approved for later by" in change_page(sign_in(site.editor), change).text
    edit(fresh(change), by=site.editor, text="Third.")

    for text in (item_page(desk, change).text, change_page(sign_in(site.editor), change).text):
        assert "did not become public" in text
        assert "It was changed after it had been approved for later." in text


@pytest.mark.parametrize("name", ["waive", "unschedule"])
def test_opening_the_address_of_a_deed_changes_nothing(change, desk, name):
    before = Decision.objects.count()

    response = desk.get(reverse(f"desk:{name}"), {name: change.review_id}, follow=True)

    assert "Nothing was changed." in response.text
    assert Decision.objects.count() == before


def test_who_has_signed_no_statement_is_told_before_and_with_the_refusal(change):
    client = sign_in(make_reviewer(interests="", interests_declared_on=None))

    before = item_page(client, change)
    refused = parse(client.post(reverse("desk:decide"), form_of(change)))

    for page in (before, refused):
        assert "statement of interests that is not older than a year" in page.select_one(".desk-decision").text
    assert "Sign it in your profile, then decide again." in refused.select_one(".desk-refusals").text


def test_the_author_says_what_the_change_touches_when_submitting(site, desk):
    from tests.admin_forms import change_page, save

    client = sign_in(site.editor)
    offered = [box["value"] for box in parse(change_page(client, site.fact)).select("[name=proposed_materiality]")]
    save(client, site.fact, "_submit", text="Many walked.", proposed_materiality="editorial")

    assert offered == ["", "editorial", "clinical"]
    assert fresh(site.fact).review.proposed_materiality == "editorial"


def test_the_author_is_asked_only_where_something_is_public(site):
    from tests.admin_forms import change_page, save

    client, draft = sign_in(site.editor), make_fact(site.condition, sources=[site.source])

    assert parse(change_page(client, draft)).select("[name=proposed_materiality]") == []
    response = save(client, draft, "_submit", text="Other.", proposed_materiality="cosmetic")
    assert "“cosmetic” is no materiality" in response.text
    assert fresh(draft).review.status == "draft"

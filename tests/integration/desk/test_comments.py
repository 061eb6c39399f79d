"""Comments on the desk and on the item's form in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import actions, commenting
from editorial.models import Comment
from tests.admin_forms import change_page
from tests.factories import make_citation, make_editor, make_fact, make_reviewer, make_user
from tests.integration.desk.conftest import sign_in, submit_change
from tests.integration.desk.test_hostile_text import BAD, assert_harmless
from tests.steps import read_database


def say(item, body="Is that so?", *, by=None, **values):
    return commenting.add(item.review, by=by or make_editor(), body=body, at=timezone.now(), **values)


def send(client, item, body, *, thread="", field="", **values):
    """What the button of the box would send."""
    box = f"remark-{item.review_id}-{thread or 0}"
    typed = {f"{box}-body": body, **({f"{box}-field": field} if not thread else {})}
    thread = {"thread": thread} if thread else {}
    return client.post(reverse("desk:comment-add", args=[item.review_id]), {**typed, **thread, **values})


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


def item_page(client, item):
    return page_of(client.get(reverse("desk:item", args=[item.review_id])))


def box(page, item, thread=0):
    return page.select_one(f"textarea[name=remark-{item.review_id}-{thread}-body]")


def test_a_comment_on_a_field_is_written_and_leads_back_to_its_place(site, desk, reviewer):
    response = send(desk, site.fact, "Which people?", field="text", back="tab=waiting")

    comment = Comment.objects.get()
    assert (comment.author, comment.field, comment.review) == (reviewer, "text", site.fact.review)
    place = f"#comments-{site.fact.review_id}"
    assert response["Location"] == f"{reverse('desk:item', args=[site.fact.review_id])}?back=tab%3Dwaiting{place}"
    words = page_of(desk.get(response["Location"])).select_one(".desk-thread").get_text(" ", strip=True)
    assert "about: Text" in words
    assert "Which people?" in words


def test_the_fields_are_offered_by_their_labels(site, desk):
    options = [option.text for option in item_page(desk, site.fact).select(".desk-remark select option")]

    assert options[0] == "The whole item"
    assert {"Text", "Short form for the table", "Sources"} <= set(options)


def test_an_answer_stands_under_its_comment(site, desk):
    thread = say(site.fact)

    send(desk, site.fact, "It is.", thread=thread.pk)

    assert item_page(desk, site.fact).select_one(".desk-thread .desk-answers .desk-text").text == "It is."


def test_a_thread_is_resolved_folded_away_and_opened_again(site, desk):
    thread = say(site.fact)

    desk.post(reverse("desk:comment-resolve", args=[thread.pk]))
    page = item_page(desk, site.fact)
    assert page.select_one(f"details:not([open]) #comment-{thread.pk}")
    assert "Resolved by" in page.select_one(f"#comment-{thread.pk}").text

    desk.post(reverse("desk:comment-reopen", args=[thread.pk]))
    assert not item_page(desk, site.fact).select_one(f"details #comment-{thread.pk}")


def test_the_boxes_belong_to_a_form_of_their_own_and_no_form_stands_in_another(site, desk):
    say(site.fact)

    page = item_page(desk, site.fact)

    assert page.select("form form") == []
    boxes = page.select(".desk-comments textarea, .desk-comments select, .desk-comments button")
    assert len(boxes) == 6
    assert {box["form"] for box in boxes} == {"remarks"}
    assert page.select_one("form#remarks input[name=csrfmiddlewaretoken]")


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ("", "text", "Write your comment first."),
        ("x" * 5001, "", "at most 5000 characters"),
        ("Ask @nobody now.", "text", "Nobody on the desk is called “@nobody”"),
        ("Good.", "nonsense", "There is no field “nonsense”"),
    ],
)
def test_what_is_refused_is_kept_with_a_sentence_beside_it(site, desk, body, field, sentence):
    before = read_database()

    response = send(desk, site.fact, body, field=field)

    page = page_of(response)
    assert response.status_code == 400
    assert read_database() == before
    assert sentence in page.select_one(".desk-remark[open] .errorlist").text
    assert box(page, site.fact).text.strip() == body
    assert not field or field == "nonsense" or page.select_one(f"option[value={field}][selected]")
    assert page.select_one(".desk-alert a")["href"] == f"#{box(page, site.fact)['id']}"


def test_a_refused_answer_is_kept_in_the_box_of_its_thread(site, desk):
    thread = say(site.fact)

    page = page_of(send(desk, site.fact, "Ask @nobody.", thread=thread.pk))

    assert box(page, site.fact, thread.pk).text.strip() == "Ask @nobody."
    assert box(page, site.fact).text.strip() == ""


@pytest.mark.parametrize("which", ["of another item", "999999", "x", "9" * 40])
def test_an_answer_to_what_is_no_thread_of_the_item_is_refused_and_kept(site, desk, which):
    thread = say(make_citation()).pk if which == "of another item" else which
    number = thread if str(thread).isdecimal() and len(str(thread)) < 19 else 0
    comments = Comment.objects.count()

    response = desk.post(
        reverse("desk:comment-add", args=[site.fact.review_id]),
        {f"remark-{site.fact.review_id}-{number}-body": "Mine.", "thread": thread},
    )

    assert response.status_code == 400
    assert Comment.objects.count() == comments
    assert "Mine." in box(page_of(response), site.fact).text


def test_resolving_what_is_resolved_is_a_sentence(site, desk, reviewer):
    thread = say(site.fact)
    commenting.resolve(thread, by=reviewer, at=timezone.now())

    response = desk.post(reverse("desk:comment-resolve", args=[thread.pk]), follow=True)

    assert "has resolved this thread already." in page_of(response).select_one(".messagelist").text


def test_what_is_not_there_is_a_sentence(desk):
    for name in ("comment-add", "comment-resolve", "comment-reopen"):
        response = desk.post(reverse(f"desk:{name}", args=[987654]))

        assert response.status_code == 404
        assert "There is no such item or comment." in response.text


def test_looking_writes_nothing(site, desk):
    thread = say(site.fact)
    before = read_database()

    for name, pk in (
        ("comment-add", site.fact.review_id),
        ("comment-resolve", thread.pk),
        ("comment-reopen", thread.pk),
    ):
        assert desk.get(reverse(f"desk:{name}", args=[pk])).status_code == 302
    assert read_database() == before


def test_who_may_see_reviews_but_not_the_kind_may_write_nothing(site):
    from django.contrib.auth.models import Permission

    halfway = make_user()
    halfway.user_permissions.add(Permission.objects.get(codename="view_review"))
    thread = say(site.fact)

    assert send(sign_in(halfway), site.fact, "Hello.").status_code == 403
    assert sign_in(halfway).post(reverse("desk:comment-resolve", args=[thread.pk])).status_code == 403
    assert Comment.objects.open().count() == 1


def test_a_comment_needs_the_token_against_forged_requests(site, reviewer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reviewer)

    assert send(browser, site.fact, "Forged.").status_code == 403
    assert not Comment.objects.exists()


def test_hostile_text_in_a_comment_is_shown_as_text(site, desk):
    hostile = make_editor(first_name=BAD[:100])
    thread = say(site.fact, f"{BAD} @{hostile.username}", by=hostile, field="text")
    say(site.fact, BAD, by=hostile, thread=thread)

    page = assert_harmless(desk.get(reverse("desk:item", args=[site.fact.review_id])))
    assert page.select_one(".mention").text == f"@{hostile.username}"
    assert_harmless(send(desk, site.fact, f"{BAD} @nobody"))
    form = page_of(change_page(desk, site.fact))
    assert form.select("#comments-heading ~ div script, #comments-heading ~ div img") == []
    assert form.select(".help img, .help script") == []


def test_from_a_page_of_many_items_one_comes_back_to_all_of_them(site, desk):
    other = make_fact(site.condition, sources=[site.source])
    both = [site.fact.review_id, other.review_id]

    written = send(desk, other, "Which?", shown=both)
    refused = send(desk, other, "", shown=both)

    assert written["Location"].startswith(reverse("desk:batch") + f"?items={both[0]}&items={both[1]}#comments-")
    assert len(page_of(refused).select("article")) == 2


def test_a_comment_changes_no_digest_and_decides_nothing(site, desk):
    fact = submit_change(site.fact, by=site.editor, text="Many walked.")
    before = read_database()

    send(desk, fact, "Which people?")

    after = read_database()
    assert after.pop("editorial.Comment") != before.pop("editorial.Comment")
    assert after == before


def test_twenty_items_with_many_long_comments_stay_within_the_limits(site, desk, django_assert_max_num_queries):
    facts = [make_fact(site.condition, sources=[site.source], text=f"Some {n} walk.") for n in range(20)]
    actions.submit(facts, by=site.editor)
    editor, reviewer = make_editor(), make_reviewer()
    for fact in facts:
        for number in range(6):
            thread = say(fact, f"{number} " + "long words " * 400, by=editor)
            for _ in range(3):
                say(fact, "An answer. " * 200, by=reviewer, thread=thread)
            if number % 2:
                commenting.resolve(thread, by=reviewer, at=timezone.now())

    with django_assert_max_num_queries(15):
        response = desk.get(reverse("desk:batch"), {"items": [fact.review_id for fact in facts]})

    page = page_of(response)
    assert len(response.content) < 500_000
    assert len(page.select(".desk-thread")) == 40
    assert "1 earlier open thread" in page.text
    assert "3 resolved" in page.text
    assert "All 3 answers" in page.text
    assert page.select_one(".desk-text a").text == "Read all of it"


def test_the_items_form_shows_open_comments_with_a_link_to_their_field(site, desk):
    on_text = say(site.fact, "Which people?", field="text")
    on_sources = say(site.fact, "Which page?", field="sources")

    page = page_of(change_page(desk, site.fact))

    links = {place.a["href"] for place in page.select(".item-thread p:first-child")}
    assert links == {"#id_text", "#sources-group"}
    assert all(page.select_one(link) for link in links)
    assert page.select_one(f"#id_text_helptext a[href='#comment-{on_text.pk}']")
    assert page.select_one(f"#comment-{on_sources.pk}")
    assert page.select("form form") == []


def test_the_items_form_folds_what_is_resolved(site, desk, reviewer):
    commenting.resolve(say(site.fact, "Which people?", field="text"), by=reviewer, at=timezone.now())

    page = page_of(change_page(desk, site.fact))

    assert "Which people?" not in page.text
    assert "1 resolved" in page.text
    assert not page.select_one("#id_text_helptext a")

"""The preview of a public page: what readers would get."""

from types import ModuleType

from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from conditions.models import Fact
from editorial import actions
from editorial.previewing import preview
from editorial.workflow import Action
from sclerosis_site.urls import list_patterns
from tests.factories import (
    make_citation,
    make_condition,
    make_fact,
    make_faq,
    make_picture,
    make_reviewer,
    make_term,
    publish,
)
from tests.integration.desk.conftest import fresh, sign_in, submit_change
from tests.integration.desk.previews import CHANGED, contents_of, page_of, parse, see, without_frame, words_and_tags
from tests.steps import digests_now


def test_a_preview_is_byte_for_byte_the_page_that_readers_get_after_the_approval(pending, reviewer):
    expected, now = {}, timezone.now()
    for item, url in (
        (pending.condition, "/conditions/multiple-sclerosis/"),
        (pending.comparison, "/compare/ms-and-als/"),
    ):
        page, contents = (item.item_kind, item.review_id), contents_of(pending.fact)
        seen = preview(contents, page=page, action=Action.APPROVE, by=reviewer, at=now)
        assert CHANGED in seen.after.content.decode()
        assert seen.before.content == Client().get(url).content
        expected[url] = seen.after.content

    actions.approve([pending.fact], by=reviewer, digests=digests_now(pending.fact), at=now)

    assert {url: Client().get(url).content for url in expected} == expected


def test_the_desk_shows_that_page_with_a_bar_and_marks_and_nothing_else_changed(pending, reviewer):
    shown = see(sign_in(reviewer), pending.fact, page=page_of(pending.condition))

    actions.approve([pending.fact], by=reviewer, digests=digests_now(pending.fact))

    assert shown.status_code == 200
    assert without_frame(shown) == words_and_tags(parse(Client().get("/conditions/multiple-sclerosis/")))


def test_the_changed_place_is_marked_with_a_word_and_listed_with_a_link_to_it(pending, desk):
    page = parse(see(desk, pending.fact, page=page_of(pending.condition)))

    (mark,) = page.select(".preview-mark")
    assert mark.text == "Changed"
    assert CHANGED in mark.parent.text
    link = page.select_one(".preview-list ol a")
    assert CHANGED in link.text
    assert page.find(id=link["href"][1:]) is mark.parent


def test_the_page_before_marks_the_same_places_and_shows_the_old_words(pending, desk):
    page = parse(see(desk, pending.fact, page=page_of(pending.condition), show="before"))

    assert "About 1,250 people walked." in page.main.text
    assert CHANGED not in page.main.text
    assert [mark.text for mark in page.select(".preview-mark")] == ["Changed"]


def test_a_new_statement_is_marked_as_new_and_folds_that_hold_it_are_open(pending, desk):
    source = make_citation(title="A brand-new study")
    new = make_fact(pending.condition, sources=[source], text="Some rest.")

    page = parse(see(desk, new, source, page=page_of(pending.condition)))

    assert [mark.text for mark in page.select(".preview-mark")] == [
        "New",
        "Changed",
        "New",
    ]  # The second counts the sources.
    fold = page.select_one("#sources").find_parent("section").details
    assert fold.has_attr("open")


def test_a_source_that_takes_another_number_marks_nothing(pending, desk):
    """Numbers count the sources from the top, so that one more would otherwise mark the rest of the page."""
    first = make_citation(title="Aa study")
    new = make_fact(pending.condition, sources=[first], text="It starts so.", position=0, key="aaa")
    Fact.objects.filter(pk=pending.fact.pk).update(position=9)
    publish(first)

    page = parse(see(desk, new, page=page_of(pending.condition)))

    marked = [mark.parent.text for mark in page.select(".preview-mark")]
    assert any("It starts so." in text for text in marked)
    assert not any("1,250" in text for text in marked)


def test_retiring_a_statement_names_it_as_gone_and_retiring_the_condition_shows_the_notice(pending, desk):
    page = parse(see(desk, pending.fact, page=page_of(pending.condition), action="retire"))
    assert "Gone: About 1,250 people walked." in " ".join(page.select_one(".preview-list ol").text.split())
    assert "1,250" not in page.main.text
    assert CHANGED in desk.get(page.find("a", string="See it as if they were approved")["href"]).text

    page = parse(see(desk, pending.condition, page=page_of(pending.condition), action="retire"))
    assert page.h1.text == "This page was withdrawn"
    assert "The whole page goes" in page.select_one(".preview-list").text


def test_a_withdrawn_page_that_comes_back_has_its_notice_before(pending, desk):
    actions.retire([pending.other], by=make_reviewer(), reason="It is wrong.")
    condition = submit_change(fresh(pending.other), by=pending.editor, definition="It is better.")

    after = parse(see(desk, condition, page=page_of(condition)))
    before = parse(see(desk, condition, page=page_of(condition), show="before"))

    assert "The page comes back" in after.select_one(".preview-list").text
    assert "It is better." in after.main.text
    assert before.h1.text == "This page was withdrawn"


def test_a_page_that_is_new_has_no_page_before(pending, desk):
    faq = make_faq(pending.condition, sources=[pending.source], question="Do they walk?")

    after = parse(see(desk, faq, page=page_of(faq)))
    before = see(desk, faq, page=page_of(faq), show="before")

    assert after.h1.text == "Do they walk?"
    assert [link.text for link in after.select(".preview-bar a")] == ["After", "Back to the review"]
    assert before.status_code == 404
    assert "nothing before the decision" in before.text


def test_a_page_that_needs_something_else_first_says_so(desk):
    fact = make_fact(make_condition())

    response = see(desk, fact, page=page_of(fact.condition))

    assert response.status_code == 404
    assert "There would be no public page yet" in response.text


def test_a_page_under_a_new_address_is_found(pending, desk):
    condition = submit_change(fresh(pending.condition), by=pending.editor, slug="ms-now")

    assert "What multiple-sclerosis is." in see(desk, condition, page=page_of(condition)).text


def test_the_glossary_can_be_previewed(site, desk):
    term = make_term(sources=[site.source], preferred="Gait")

    assert "Gait" in parse(see(desk, term, page="glossary:0")).main.text


def test_a_new_picture_is_shown_from_where_staff_may_see_it(pending, desk):
    picture = make_picture()
    condition = submit_change(fresh(pending.condition), by=pending.editor, picture=picture, picture_alt="A walker")

    image = parse(see(desk, condition, page=page_of(condition))).select_one("main img")

    assert image["src"] == f"/admin/editorial/picture/{picture.pk}/"
    assert desk.get(image["src"]).status_code == 200
    assert image.parent.select_one(".preview-mark")


def test_the_digests_of_what_is_previewed_are_in_the_bar_with_a_way_back(pending, desk):
    page = parse(see(desk, pending.fact, page=page_of(pending.condition), back="tab=all"))

    assert fresh(pending.fact).review.digest[:12] in page.select_one(".preview-list").text
    links = {link.text: link["href"] for link in page.select(".preview-bar a")}
    assert links["Back to the review"] == f"/admin/review/{pending.fact.review_id}/?back=tab%3Dall"
    assert desk.get(links["Before"]).status_code == 200


def test_in_a_process_of_the_staff_alone_links_lead_to_the_public_site(pending, desk):
    staff = ModuleType("staff_urls")
    staff.urlpatterns = list_patterns(tier="editorial")
    with override_settings(SITE_TIER="editorial", SITE_URL="https://www.example.org", ROOT_URLCONF=staff):
        assert desk.get("/conditions/als/").status_code == 404
        page = parse(see(desk, pending.fact, page=page_of(pending.comparison)))

    hrefs = [link["href"] for link in page.main.select("a") if link["href"].startswith("https://www.example.org/")]
    assert "https://www.example.org/conditions/als/" in hrefs


def test_the_review_offers_a_preview_of_each_page_that_changes(pending, desk):
    page = parse(desk.get(reverse("desk:item", args=[pending.fact.review_id])))

    assert [button["value"] for button in page.select("button[form=desk-preview]")] == [
        page_of(pending.condition),
        page_of(pending.comparison),
    ]
    assert [field["value"] for field in page.select("#desk-preview input[name=items]")] == [str(pending.fact.review_id)]

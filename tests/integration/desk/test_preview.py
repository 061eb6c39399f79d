"""The preview of a public page: what readers would get, seen by nobody but the person who asks."""

import re
from types import ModuleType

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from conditions.models import Fact
from editorial import actions
from editorial.freezing import freeze, load_fresh
from editorial.previewing import preview
from editorial.workflow import Action
from sclerosis_site.urls import list_patterns
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_fact,
    make_faq,
    make_picture,
    make_reviewer,
    make_term,
    make_user,
    publish,
)
from tests.integration.desk.conftest import fresh, sign_in, submit_change
from tests.public_routes import list_public_urls
from tests.steps import digests_now, read_database

CHANGED = "About 1,350 people walked."


@pytest.fixture
def world(site):
    """The site with a second condition, a comparison of both, and a change of the fact that waits."""
    other = make_condition(slug="als", sources=[site.source])
    fact = Fact.objects.get(pk=site.fact.pk)
    comparison = make_comparison(site.condition, other, slug="ms-and-als", title="MS and ALS")
    publish(other, comparison)
    site.other, site.comparison = other, comparison
    site.fact = submit_change(fact, by=site.editor, text=CHANGED, prominence="main")
    return site


def see(client, *items, page, **query):
    ids = [getattr(item, "review_id", item) for item in items]
    return client.get(reverse("desk:preview"), {"items": ids, "page": page, **query})


def page_of(item):
    return f"{item.item_kind}:{item.review_id}"


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def without_frame(response):
    """The page as it was before the bar and the marks came in."""
    page = parse(response)
    for added in page.select(".preview-bar, .preview-list, link[href*='preview.css'], meta[name=robots]"):
        added.extract()
    for mark in page.select(".preview-mark"):
        mark.extract()
    for block in page.select(".preview-changed"):
        block["class"] = [name for name in block["class"] if name != "preview-changed"]
        if not block["class"]:
            del block["class"]
        if re.fullmatch(r"preview-\d+", block["id"]):
            del block["id"]
    return words_and_tags(page)


def words_and_tags(page):
    """Every element with its attributes and every word, in order."""
    return [
        (part.name, sorted((k, str(v)) for k, v in part.attrs.items())) if part.name else part.split()
        for part in page.html.descendants
        if part.name or part.strip()
    ]


def contents_of(*items):
    return {item.review_id: freeze(item) for item in load_fresh(items).values()}


# What it shows


def test_a_preview_is_byte_for_byte_the_page_that_readers_get_after_the_approval(world, reviewer):
    for page in (world.condition, world.comparison):
        now = timezone.now()
        kind, review_id = page.item_kind, page.review_id
        seen = preview(contents_of(world.fact), page=(kind, review_id), action=Action.APPROVE, by=reviewer, at=now)
        assert CHANGED in seen.after.content.decode()
        assert seen.before.content == Client().get(url_of(page)).content
        world.expected = {**getattr(world, "expected", {}), url_of(page): seen.after.content}

    actions.approve([world.fact], by=reviewer, digests=digests_now(world.fact))

    for url, content in world.expected.items():
        assert Client().get(url).content == content


def url_of(item):
    return {"condition": "/conditions/{}/", "comparison": "/compare/{}/"}[item.item_kind].format(item.slug)


def test_the_desk_shows_that_page_with_a_bar_and_marks_and_nothing_else_changed(world, reviewer):
    shown = see(sign_in(reviewer), world.fact, page=page_of(world.condition))

    actions.approve([world.fact], by=reviewer, digests=digests_now(world.fact))

    assert shown.status_code == 200
    assert without_frame(shown) == words_and_tags(parse(Client().get("/conditions/multiple-sclerosis/")))


def test_the_changed_place_is_marked_with_a_word_and_listed_with_a_link_to_it(world, desk):
    page = parse(see(desk, world.fact, page=page_of(world.condition)))

    (mark,) = page.select(".preview-mark")
    assert mark.text == "Changed"
    assert CHANGED in mark.parent.text
    link = page.select_one(".preview-list ol a")
    assert CHANGED in link.text
    assert page.find(id=link["href"][1:]) is mark.parent


def test_the_page_before_marks_the_same_places_and_shows_the_old_words(world, desk):
    page = parse(see(desk, world.fact, page=page_of(world.condition), show="before"))

    assert "About 1,250 people walked." in page.main.text
    assert CHANGED not in page.main.text
    assert [mark.text for mark in page.select(".preview-mark")] == ["Changed"]


def test_a_new_statement_is_marked_as_new_and_folds_that_hold_it_are_open(world, desk):
    source = make_citation(title="A brand-new study")
    new = make_fact(world.condition, sources=[source], text="Some rest.")

    page = parse(see(desk, new, source, page=page_of(world.condition)))

    assert [mark.text for mark in page.select(".preview-mark")] == [
        "New",
        "Changed",
        "New",
    ]  # The second counts the sources.
    fold = page.select_one("#sources").find_parent("section").details
    assert fold.has_attr("open")


def test_a_source_that_takes_another_number_marks_nothing(world, desk):
    """Numbers count the sources from the top, so that one more would otherwise mark the rest of the page."""
    first = make_citation(title="Aa study")
    new = make_fact(world.condition, sources=[first], text="It starts so.", position=0, key="aaa")
    Fact.objects.filter(pk=world.fact.pk).update(position=9)
    publish(first)

    page = parse(see(desk, new, page=page_of(world.condition)))

    marked = [mark.parent.text for mark in page.select(".preview-mark")]
    assert any("It starts so." in text for text in marked)
    assert not any("1,250" in text for text in marked)


def test_retiring_a_statement_names_it_as_gone_and_retiring_the_condition_shows_the_notice(world, desk):
    page = parse(see(desk, world.fact, page=page_of(world.condition), action="retire"))
    assert "Gone: About 1,250 people walked." in " ".join(page.select_one(".preview-list ol").text.split())
    assert "1,250" not in page.main.text

    page = parse(see(desk, world.condition, page=page_of(world.condition), action="retire"))
    assert page.h1.text == "This page was withdrawn"
    assert "The whole page goes" in page.select_one(".preview-list").text


def test_a_withdrawn_page_that_comes_back_has_its_notice_before(world, desk):
    actions.retire([world.other], by=make_reviewer(), reason="It is wrong.")
    condition = submit_change(fresh(world.other), by=world.editor, definition="It is better.")

    after = parse(see(desk, condition, page=page_of(condition)))
    before = parse(see(desk, condition, page=page_of(condition), show="before"))

    assert "The page comes back" in after.select_one(".preview-list").text
    assert "It is better." in after.main.text
    assert before.h1.text == "This page was withdrawn"


def test_a_page_that_is_new_has_no_page_before(world, desk):
    faq = make_faq(world.condition, sources=[world.source], question="Do they walk?")

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


def test_a_page_under_a_new_address_is_found(world, desk):
    condition = submit_change(fresh(world.condition), by=world.editor, slug="ms-now")

    assert "What multiple-sclerosis is." in see(desk, condition, page=page_of(condition)).text


def test_the_glossary_can_be_previewed(site, desk):
    term = make_term(sources=[site.source], preferred="Gait")

    assert "Gait" in parse(see(desk, term, page="glossary:0")).main.text


def test_a_new_picture_is_shown_from_where_staff_may_see_it(world, desk):
    picture = make_picture()
    condition = submit_change(fresh(world.condition), by=world.editor, picture=picture, picture_alt="A walker")

    image = parse(see(desk, condition, page=page_of(condition))).select_one("main img")

    assert image["src"] == f"/admin/editorial/picture/{picture.pk}/"
    assert desk.get(image["src"]).status_code == 200
    assert image.parent.select_one(".preview-mark")


def test_the_digests_of_what_is_previewed_are_in_the_bar_with_a_way_back(world, desk):
    page = parse(see(desk, world.fact, page=page_of(world.condition), back="tab=all"))

    assert fresh(world.fact).review.digest[:12] in page.select_one(".preview-list").text
    links = {link.text: link["href"] for link in page.select(".preview-bar a")}
    assert links["Back to the review"] == f"/admin/review/{world.fact.review_id}/?back=tab%3Dall"
    assert desk.get(links["Before"]).status_code == 200


def test_in_a_process_of_the_staff_alone_links_lead_to_the_public_site(world, desk):
    staff = ModuleType("staff_urls")
    staff.urlpatterns = list_patterns(tier="editorial")
    with override_settings(SITE_TIER="editorial", SITE_URL="https://www.example.org", ROOT_URLCONF=staff):
        assert desk.get("/conditions/als/").status_code == 404
        page = parse(see(desk, world.fact, page=page_of(world.comparison)))

    hrefs = [link["href"] for link in page.main.select("a") if link["href"].startswith("https://www.example.org/")]
    assert "https://www.example.org/conditions/als/" in hrefs


def test_the_review_offers_a_preview_of_each_page_that_changes(world, desk):
    page = parse(desk.get(reverse("desk:item", args=[world.fact.review_id])))

    assert [button["value"] for button in page.select("button[form=desk-preview]")] == [
        page_of(world.condition),
        page_of(world.comparison),
    ]
    assert [field["value"] for field in page.select("#desk-preview input[name=items]")] == [str(world.fact.review_id)]


# What it leaves alone


@pytest.mark.parametrize("query", [{}, {"show": "before"}, {"action": "retire"}])
def test_a_preview_changes_no_row_and_no_public_page(world, desk, query):
    rows, pages = read_database(), read_site()

    for page in (world.condition, world.comparison):
        assert see(desk, world.fact, page=page_of(page), **query).status_code == 200

    assert read_database() == rows
    assert read_site() == pages


def read_site():
    return {url: (answer.status_code, answer.content) for url in list_public_urls() for answer in [Client().get(url)]}


def test_a_preview_of_own_work_is_shown_and_lets_nobody_approve_it(world, desk):
    client = sign_in(world.editor)

    assert CHANGED in see(client, world.fact, page=page_of(world.condition)).text
    assert fresh(world.fact).review.status == "in_review"


def test_a_preview_sends_no_mail_and_leaves_nothing_for_after_the_commit(
    world, desk, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        see(desk, world.fact, page=page_of(world.condition))

    assert callbacks == []
    assert mailoutbox == []


def test_an_approved_item_is_not_approved_again(world, desk):
    page = parse(see(desk, world.other, page=page_of(world.other)))

    assert "No words change on this page." in page.select_one(".preview-list").text


def test_the_database_still_refuses_own_work_after_a_preview(world, desk):
    """The rule is set aside within the preview alone."""
    from django.db import IntegrityError, transaction

    from editorial.models import Decision

    editor = world.editor
    see(sign_in(editor), world.fact, page=page_of(world.condition))
    approval = Decision.objects.filter(action="approve").first()
    values = {f.attname: getattr(approval, f.attname) for f in Decision._meta.concrete_fields if f.name != "id"}
    own = {**values, "review_id": world.fact.review_id, "actor_id": editor.pk, "hash": "x", "previous_hash": "y"}

    with pytest.raises(IntegrityError, match="four eyes"), transaction.atomic():
        Decision.objects.create(**own)


# Who may see it, and what is refused


@pytest.mark.parametrize("query", [{}, {"show": "nonsense"}, {"items": "987654"}])
def test_no_cache_and_no_search_engine_keeps_it_not_even_a_refusal(world, desk, query):
    response = see(desk, *([] if "items" in query else [world.fact]), page=page_of(world.condition), **query)

    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    if response.status_code == 200:
        assert [meta["content"] for meta in parse(response).select("meta[name=robots]")] == ["noindex"]


def test_who_may_not_see_the_item_may_not_see_it_in_a_preview(world):
    from django.contrib.auth.models import Permission

    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_review", "view_condition"]))

    response = see(sign_in(user), world.fact, page=page_of(world.condition))

    assert response.status_code == 403
    assert "You do not have the right to see every fact." in response.text
    assert CHANGED not in response.text


@pytest.mark.parametrize(
    "page",
    ["", "condition", "condition:", "condition:x", "condition:999999", "fact:1", "condition:1'--", "<b>:1", "a" * 5000],
)
def test_a_page_that_these_items_do_not_change_is_refused_with_a_sentence(world, desk, page):
    response = see(desk, world.fact, page=page)

    assert response.status_code == 404
    assert "These items do not change that page." in response.text


@pytest.mark.parametrize("item", ["", "x", "-1", "1' OR 1=1", "9" * 30, "١", "<script>", "\0"])
def test_an_item_that_is_none_is_refused_with_a_sentence(world, desk, item):
    response = see(desk, item, page=page_of(world.condition))

    assert response.status_code == 404
    assert "There is no item" in response.text
    assert "<script>" not in parse(response).select_one("#content").decode_contents()


@pytest.mark.parametrize("query", [{"show": "both"}, {"action": "publish"}, {"show": "<b>", "action": ""}])
def test_another_side_or_act_is_refused_with_a_sentence(world, desk, query):
    response = see(desk, world.fact, page=page_of(world.condition), **query)

    assert response.status_code == 400
    assert "Choose one of these." in response.text


def test_nothing_is_previewed_by_sending_a_form(world, desk):
    assert desk.post(reverse("desk:preview"), {"items": world.fact.review_id}).status_code == 405


def test_hostile_words_stay_words(world, desk):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    fact = submit_change(fresh(world.fact), by=world.editor, text=evil, label=evil[:100])

    page = parse(see(desk, fact, page=page_of(world.condition)))

    assert page.select("script, img[src=x]") == []
    assert "<script>alert(1)</script>" in page.select_one(".preview-list").text


def test_the_page_of_a_condition_takes_few_queries(world, desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        see(desk, world.fact, page=page_of(world.condition))


def test_an_address_that_another_page_has_is_refused_with_a_sentence(world, desk, reviewer, monkeypatch):
    from django.db import IntegrityError

    def collide(*args, **kwargs):
        raise IntegrityError("editorial_edition_current_slug")

    monkeypatch.setattr("editorial.publishing.publish", collide)

    response = see(desk, world.fact, page=page_of(world.condition))

    assert response.status_code == 409
    assert "two pages would have the same address" in response.text


def test_reviewers_see_what_they_would_put_their_name_to(world):
    reviewer = make_reviewer(first_name="Rita", last_name="Roe")

    page = parse(see(sign_in(reviewer), world.fact, page=page_of(world.condition)))

    assert "Rita Roe" in page.select_one(".about-page").text

"""Where an item is used: what rests on it, the pages on which it shows, and where its words stand."""

import pytest
from bs4 import BeautifulSoup

from tests.admin_forms import admin_url, change_page
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_term,
    make_user,
    publish,
)
from tests.integration.desk.test_hostile_text import BAD
from tests.steps import edit, read_database, retire

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    editor = make_editor()
    client.force_login(editor)
    return editor


@pytest.fixture
def site(db):
    """A source, two conditions, a fact, a comparison that rests on it, a question; all public."""
    source = make_citation(key="roe-2020")
    ms, als = make_condition(slug="ms", sources=[source]), make_condition(slug="als", sources=[source])
    fact = make_fact(ms, key="ms-walk", sources=[source], text="They walk slowly.")
    comparison = make_comparison(ms, als, title="MS and ALS", answer="They differ. [@roe-2020]")
    comparison.sections.create(heading="Walking", position=0).rests_on.add(fact)
    comparison.points.create(kind="difference", text="One is slower.", position=0).rests_on.add(fact)
    faq = make_faq(ms, sources=[source], question="Do they walk?")
    items = {"source": source, "ms": ms, "als": als, "fact": fact, "comparison": comparison, "faq": faq}
    for item in items.values():
        item.save()
    publish(*items.values())
    return items


def used(client, item, **query):
    response = client.get(admin_url(item, "used"), query)
    assert response.status_code == 200
    return response


def rows(response):
    return {str(row["item"]): (row["found"].is_public, row["found"].drafts) for row in response.context["rows"]}


def words(response):
    found = [(row["item"], row["found"]) for row in response.context["word_rows"]]
    return [(str(item), f.wording.text, f.place, f.is_public, f.is_draft) for item, f in found]


def test_what_rests_on_a_fact_is_listed_with_the_section_and_the_point(client, editor, site):
    assert rows(used(client, site["fact"])) == {
        "MS and ALS": (True, ["Section “Walking”: rests on", "Point “One is slower.”: rests on"])
    }


def test_what_cites_a_source_is_listed_whatever_its_kind(client, editor, site):
    found = rows(used(client, site["source"]))

    assert found == {
        "Als": (True, ["Definition citations"]),
        "Ms": (True, ["Definition citations"]),
        "They walk slowly.": (True, ["Source"]),
        "Do they walk?": (True, ["Citations"]),
        "MS and ALS": (True, []),
    }


def test_what_belongs_to_a_condition_or_shows_with_a_comparison_is_listed(client, editor, site):
    site["faq"].comparisons.add(site["comparison"])

    assert rows(used(client, site["ms"])) == {
        "MS and ALS": (True, ["Condition"]),
        "They walk slowly.": (True, ["Condition"]),
        "Do they walk?": (True, ["Conditions"]),
    }
    assert rows(used(client, site["comparison"])) == {"Do they walk?": (False, ["Comparisons"])}
    assert rows(used(client, site["faq"])) == {}


def test_a_draft_that_names_it_and_one_that_does_so_no_more_are_told_apart(client, editor, site):
    draft = make_fact(site["als"], sources=[site["source"]], text="A draft.")
    site["fact"].sources.all().delete()
    edit(site["fact"], by=editor, text="They walk slowly.")

    page = used(client, site["source"])

    assert rows(page)["A draft."] == (False, ["Source"])
    assert rows(page)["They walk slowly."] == (True, [])
    assert "Not any more" in page.content.decode()
    status = {str(row["item"]): row["found"].review.get_status_display() for row in page.context["rows"]}
    assert status[str(draft)] == "Draft"


def test_what_was_retired_rests_on_nothing_in_public(client, editor, site):
    retire(site["comparison"])

    assert rows(used(client, site["fact"]))["MS and ALS"][0] is False


def test_the_public_pages_are_linked(client, editor, site):
    page = BeautifulSoup(used(client, site["fact"]).content, "html.parser")

    links = {link.text.strip(): link["href"] for link in page.select("section[aria-labelledby=shows] a")}
    assert links["Ms"] == "/conditions/ms/"


def test_where_a_terms_words_stand_as_whole_words_in_public_texts_and_drafts(client, editor, site):
    term = make_term(preferred="walking speed", abbreviation="WS", sources=[site["source"]])
    make_fact(site["ms"], text="The Walking speed falls, and WSX is not meant, nor ws.")
    make_fact(site["ms"], text="WS falls.")
    make_fact(site["ms"], text="Walking speeds are another word.")
    edit(site["comparison"], by=editor, answer="They differ. [@roe-2020]", summary="By walking speed.")
    section = site["comparison"].sections.get()
    section.lead = "WS is the measure."
    section.save()

    assert set(words(used(client, term))) == {
        ("The Walking speed falls, and WSX is not meant, nor ws.", "walking speed", "Text", False, True),
        ("MS and ALS", "walking speed", "Summary", False, True),
        ("MS and ALS", "WS", "Sections: lead", False, True),
        ("WS falls.", "WS", "Text", False, True),
    }


def test_words_to_avoid_that_still_stand_come_first_with_their_reason(client, editor, site):
    term = make_term(
        preferred="They", avoid=[{"text": "slowly", "reason": "Say how slowly."}], sources=[site["source"]]
    )

    page = used(client, term)

    assert words(page)[0] == ("They walk slowly.", "slowly", "Text", True, False)
    assert "Say how slowly." in page.content.decode()
    edit(site["fact"], by=editor, text="They walk at 2 km/h, so slowly.")
    assert words(used(client, term))[0][3:] == (True, True)
    edit(site["fact"], by=editor, text="They walk at 2 km/h.")
    assert words(used(client, term))[0][3:] == (True, False)


def test_a_slip_among_the_words_to_avoid_stops_nothing(client, editor, site):
    term = make_term(preferred="They", avoid=[{"reason": "No text."}, "x", None], sources=[site["source"]])

    assert {row[1] for row in words(used(client, term))} == {"They"}


def test_where_a_text_cites_a_source_by_its_mark_is_shown(client, editor, site):
    make_citation(key="roe-2020-b")
    draft = make_comparison(site["ms"], site["als"], title="A draft", answer="Both. [@doe-1999; @roe-2020]")
    make_comparison(site["ms"], site["als"], title="Another", answer="Not it: [@roe-2020-b], @roe-2020.")

    found = words(used(client, site["source"]))

    assert [row[0] for row in found] == ["MS and ALS", str(draft)]
    assert used(client, site["fact"]).context["has_words"] is False


def test_all_lists_come_in_pages_with_a_constant_number_of_queries(client, editor, site, django_assert_max_num_queries):
    term = make_term(preferred="walk", sources=[site["source"]])
    for number in range(32):
        make_fact(site["ms"], sources=[site["source"]], text=f"Some {number} walk.")

    with django_assert_max_num_queries(30):
        first = used(client, site["source"])
    second = used(client, site["source"], p=2)
    with django_assert_max_num_queries(30):
        of_words = used(client, term, w=2)

    assert (len(first.context["rows"]), len(second.context["rows"])) == (30, 8)
    assert "?p=2" in first.content.decode()
    assert len(of_words.context["word_rows"]) == 32 + 2 - 30


def test_looking_writes_nothing_and_needs_the_right_to_look(client, editor, site):
    before = read_database()
    for item in site.values():
        used(client, item)
    assert read_database() == before

    client.force_login(make_user())
    assert client.get(admin_url(site["fact"], "used")).status_code == 403


def test_a_number_that_is_of_no_item_is_not_found(client, editor, site):
    url = admin_url(site["fact"], "used").replace(str(site["fact"].pk), "987654")

    assert client.get(url).status_code == 404


def test_the_form_and_the_desk_lead_there(client, editor, site):
    link = f'href="{admin_url(site["fact"], "used")}"'

    assert link in change_page(client, site["fact"]).content.decode()
    assert link in client.get(f"/admin/review/{site['fact'].review_id}/").content.decode()


def test_hostile_text_is_shown_as_text(client, editor, site):
    term = make_term(preferred="alert", avoid=[{"text": "script", "reason": BAD}], sources=[site["source"]])
    make_fact(site["ms"], sources=[site["source"]], text=BAD, label=BAD[:100])

    for item in (term, site["source"]):
        content = BeautifulSoup(used(client, item).content, "html.parser").select_one("#content-main")
        assert content.select("script, img, textarea") == []
        assert "<script>alert" in content.text

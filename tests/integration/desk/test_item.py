"""The page of one item: what a reviewer reads before deciding."""

from bs4 import BeautifulSoup
from django.urls import reverse

from conditions.models import Citation, FactCitation
from tests.factories import make_citation, make_comparison, make_condition, make_fact, publish
from tests.integration.desk.conftest import fresh, submit_change


def page_of(client, item, **query):
    response = client.get(reverse("desk:item", args=[item.review_id]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_change_is_shown_word_by_word(site, desk):
    fact = submit_change(site.fact, by=site.editor, text="About 1,350 people walked.")

    page = page_of(desk, fact)

    changed = page.select_one(".desk-rows")
    assert changed.dt.text == "Text"
    assert [element.find(string=True, recursive=False) for element in changed.select("del, ins")] == ["1,250", "1,350"]
    assert "removed" in changed.find("del").text


def test_a_new_item_is_shown_whole(site, desk):
    fact = make_fact(site.condition, sources=[site.source], text="Some people are tired.", short="Tired")

    page = page_of(desk, fact)

    rows = {row.dt.text: row.dd.text for row in page.select_one(".desk-rows").select("div")}
    assert rows["Text"] == "Some people are tired."
    assert rows["Short form for the table"] == "Tired"
    assert page.select("ins") == []


def test_the_source_stands_beside_the_claim_with_reference_place_and_quote(site, desk):
    sources = page_of(desk, site.fact).select_one(".desk-sources")

    assert "A long study" in sources.text
    assert "p. 12" in sources.text
    assert sources.blockquote.text == "Of all, 1,250 walked."
    assert sources.a["href"] == "https://doi.org/10.1000/roe-2020"
    assert "noopener" in sources.a["rel"]


def test_of_many_sources_those_of_what_changed_stand_beside_it(site, desk):
    keys = [make_citation(key=f"many-{n}").key for n in range(8)]
    comparison = make_comparison(site.condition, answer=" ".join(f"Sentence. [@{key}]" for key in keys))
    comparison.sections.create(heading="Walking", lead="They walk. [@many-3]", position=0)
    comparison.save()
    other = make_condition(sources=[site.source])
    comparison.columns.create(condition=other, position=1)
    publish(other, *Citation.objects.filter(key__in=keys), comparison)

    def near():
        return page_of(desk, comparison).select_one(".desk-columns .desk-sources:not(details .desk-sources)")

    assert len(near().select("li")) == 8
    section = comparison.sections.get()
    section.lead = "They run. [@many-3]"
    section.save()
    assert [link.get_text(" ", strip=True)[:11] for link in near().select("a")] == ["Open many-3"]
    assert "Its other sources (7)" in page_of(desk, comparison).text


def test_a_source_that_is_not_approved_is_marked(site, desk):
    fact = make_fact(site.condition, sources=[make_citation(title="A draft source")])

    sources = page_of(desk, fact).select_one(".desk-sources")

    assert "A draft source" in sources.text
    assert "not approved" in sources.text


def test_a_source_under_review_shows_its_own_new_reference(site, desk):
    source = submit_change(site.source, by=site.editor, title="A longer study")

    assert "A longer study" in page_of(desk, source).select_one(".desk-sources").text


def test_the_checks_are_listed_the_worst_first(site, desk):
    draft = make_citation()
    fact = make_fact(site.condition, sources=[draft], text="They come in these forms:")

    issues = [issue.strong.text for issue in page_of(desk, fact).select(".desk-issue")]

    assert issues == ["Must be mended before it is submitted:", "Must be approved first, or together:"]


def test_the_pages_that_change_are_linked(site, desk):
    links = {link.text: link["href"] for link in page_of(desk, site.fact).select(".desk-impact a")}

    assert links["Multiple sclerosis"] == "/conditions/multiple-sclerosis/"


def test_private_note_contributors_and_earlier_decisions_are_shown(site, desk):
    fact = submit_change(site.fact, by=site.editor, text="Many walked.", note="Ask Dr Roe.")

    page = page_of(desk, fact)

    assert "Ask Dr Roe." in page.text
    assert "Changed since its last approval by" in page.text
    assert "Edna Editor" in page.text
    past = [entry.strong.text for entry in page.select(".desk-past > li")]
    assert past == ["Submit for review", "Approve", "Submit for review"]


def test_the_form_holds_the_digest_that_is_shown(site, desk):
    fact = submit_change(site.fact, by=site.editor, text="Many walked.")

    page = page_of(desk, fact)

    assert page.select_one(f"input[name=digest-{fact.review_id}]")["value"] == fresh(fact).review.digest
    buttons = [button["value"] for button in page.select(".desk-choices button")]
    assert buttons == ["approve", "request_changes", "retire"]


def test_the_first_button_of_the_form_decides_nothing(site, desk):
    """A browser presses it when somebody hits Enter in a field."""
    fact = submit_change(site.fact, by=site.editor, text="Many walked.")

    first = page_of(desk, fact).select_one(".desk-review button")

    assert first["value"] == ""
    assert first.has_attr("hidden")


def test_an_editor_reads_and_has_no_buttons(site, editor):
    from tests.integration.desk.conftest import sign_in

    fact = submit_change(site.fact, by=site.editor, text="Many walked.")

    page = page_of(sign_in(editor), fact)

    assert page.select(".desk-choices") == []
    assert "your account may read it only" in page.text


def test_what_a_comparison_rests_on_is_shown(site, desk):
    other = make_condition(slug="als", sources=[site.source])
    publish(other)
    comparison = make_comparison(site.condition, other)
    section = comparison.sections.create(heading="How do they walk?", lead="They differ. [@roe-2020]", position=0)
    section.rests_on.add(site.fact)
    comparison.save()

    page = page_of(desk, comparison)

    assert "About 1,250 people walked." in page.select_one(".desk-grounds").text
    assert "A long study" in page.select_one(".desk-sources").text
    labels = [row.dt.text for row in page.select_one(".desk-rows").select("div")]
    assert "Section “How do they walk?”: lead" in labels
    assert "Multiple sclerosis, Als" in page.select_one(".desk-meta").text


def test_reasons_for_a_recheck_are_shown(site, desk, reviewer):
    from editorial import actions

    actions.retire([site.source], by=reviewer, reason="Fraud.")

    assert "Its source “roe-2020” was retired." in page_of(desk, site.fact).text


def test_an_item_that_is_not_there_is_a_sentence(desk):
    response = desk.get(reverse("desk:item", args=[987654]))

    assert response.status_code == 404
    assert "There is no item “987654”" in response.text


def test_a_page_of_the_desk_is_never_cached(site, desk):
    response = desk.get(reverse("desk:item", args=[site.fact.review_id]))

    assert "no-store" in response["Cache-Control"]


def test_the_number_of_queries_does_not_grow_with_the_sources(site, desk, django_assert_max_num_queries):
    for _ in range(6):
        FactCitation.objects.create(fact=site.fact, citation=make_citation(), position=9)

    with django_assert_max_num_queries(18):
        desk.get(reverse("desk:item", args=[site.fact.review_id]))

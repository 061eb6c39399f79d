"""A fact under review beside the facts of the other conditions, and the sentences that rest on it."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from conditions.models import Fact, Measure
from editorial import actions
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_topic, publish
from tests.integration.desk.conftest import fresh, submit_change
from tests.steps import edit, retire, review_of

NUMBER = {"kind": "quantity", "unit": "percent", "population": "people with MS", "period": "2010–2015", "value": 59}


@pytest.fixture
def measure(db):
    return Measure.objects.create(
        slug="share", name="People who have this", unit="percent", plausible_low=0, plausible_high=100
    )


@pytest.fixture
def world(site, measure):
    """A quantity of MS that waits for review, and a second condition with approved facts under the same topic."""
    site.condition.abbreviation = "MS"
    site.condition.save()
    old, new = make_citation(issued="1999"), make_citation(issued="2021-05")
    site.other = make_condition(slug="als", abbreviation="ALS", sources=[site.source])
    same = {**NUMBER, "measure": measure, "feature": "fatigue"}
    site.alike = make_fact(
        site.other,
        sources=[old, new],
        text="Half are tired.",
        **{**same, "population": "people with ALS", "value": 48},
        certainty="low",
    )
    site.plain = [make_fact(site.other, sources=[old], text=f"Plain {n}.", position=n) for n in range(4)]
    elsewhere = make_fact(site.other, sources=[old], topic=make_topic("causes"), text="It has causes.")
    publish(old, new, site.other, site.alike, *site.plain, elsewhere)
    site.measured = make_fact(site.condition, sources=[site.source], text="Six in ten are tired.", **same)
    actions.submit([site.measured], by=site.editor)
    return site


def page_of(client, item):
    return BeautifulSoup(client.get(reverse("desk:item", args=[item.review_id])).content, "html.parser")


def rows_of(client, item):
    table = page_of(client, item).select_one(".desk-cells table")
    heads = [head.text for head in table.select("thead th")]
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_fact_stands_first_then_what_is_most_like_it_with_all_that_tells_whether_they_compare(world, desk):
    own, alike, *others = rows_of(desk, world.measured)

    assert own == {
        "Condition": "Multiple sclerosis this one",
        "Fact": "Six in ten are tired.",
        "Number": "59 percent",
        "Measure": "people who have this (fatigue)",
        "Population": "people with MS",
        "Period": "2010–2015",
        "Newest source": "2020",
        "Certainty": "Moderate",
    }
    assert alike["Fact"] == "Half are tired."
    assert (alike["Number"], alike["Newest source"], alike["Certainty"]) == ("48 percent", "2021", "Low")
    assert [row["Fact"] for row in others] == ["Plain 0.", "Plain 1."]


def test_only_the_closest_three_of_a_condition_are_shown_and_the_others_counted(world, desk):
    cells = page_of(desk, world.measured).select_one(".desk-cells")

    assert len(cells.select("tbody tr")) == 1 + 3
    assert "Not shown: 2 more of Als." in " ".join(cells.text.split())


@pytest.mark.parametrize(
    ("values", "caveat"),
    [
        ({}, ""),  # “People with MS” are to MS what “people with ALS” are to ALS.
        ({"unit": "per 100,000"}, "Not comparable: another unit"),
        ({"population": "people in a registry"}, "Not comparable: another population"),
        ({"unit": "years", "population": ""}, "Not comparable: another unit; the population of one is not said"),
        ({"feature": "pain", "population": "children"}, ""),  # Another thing: nobody would compare it.
    ],
)
def test_numbers_that_do_not_compare_are_told_with_the_reason(world, desk, values, caveat):
    edit(world.measured, **values)

    alike = next(row for row in rows_of(desk, fresh(world.measured)) if row["Fact"] == "Half are tired.")

    assert alike["Number"] == f"48 percent {caveat}".strip()


def test_what_is_not_approved_stands_in_no_cell(world, desk):
    make_fact(world.other, text="A draft.")
    edit(Fact.objects.get(pk=world.alike.pk), text="All are tired.")
    retire(world.plain[0])

    texts = [row["Fact"] for row in rows_of(desk, world.measured)]

    assert texts == ["Six in ten are tired.", "Half are tired.", "Plain 1.", "Plain 2."]


def test_a_condition_with_its_own_facts_alone_says_that_there_is_nothing_beside(site, desk):
    page = page_of(desk, site.fact)

    assert "No other condition has a public fact under “Symptoms”." in page.text
    assert page.select(".desk-cells") == []


def test_the_table_has_a_caption_heads_and_a_region_that_the_keyboard_reaches(world, desk):
    region = page_of(desk, world.measured).select_one(".desk-cells [role=region]")

    assert region["tabindex"] == "0"
    assert region["aria-label"]
    assert region.caption.text
    assert {head["scope"] for head in region.select("thead th")} == {"col"}
    assert {row.th["scope"] for row in region.select("tbody tr")} == {"row"}


def test_sentences_that_rest_on_it_are_listed_and_after_the_approval_need_a_recheck(world, desk):
    comparison = make_comparison(world.condition, world.other, title="MS and ALS")
    section = comparison.sections.create(heading="How do they walk?", lead="They *walk* [@roe-2020].", position=0)
    point = comparison.points.create(kind="difference", text="One walks.", position=0)
    other = comparison.points.create(kind="difference", text="Unrelated.", position=1)
    section.rests_on.add(world.fact)
    point.rests_on.add(world.fact)
    other.rests_on.add(world.plain[0])
    comparison.save()
    publish(comparison)
    assert "re-check" not in page_of(desk, world.fact).select_one(".desk-resting").text

    fact = submit_change(fresh(world.fact), by=world.editor, text="About 1,350 people walked.")
    items = page_of(desk, fact).select(".desk-resting li")

    texts = [" ".join(item.text.split()) for item in items]
    assert len(texts) == 2
    assert texts[0].startswith("MS and ALS: How do they walk? They walk")
    assert texts[1] == "MS and ALS: One walks. will need a re-check when this is approved"
    assert items[0].a["href"] == reverse("desk:item", args=[comparison.review_id])
    desk.post(
        reverse("desk:decide"),
        {
            **{"items": fact.review_id, "shown": fact.review_id, "action": "approve", "materiality": "clinical"},
            f"digest-{fact.review_id}": fact.review.digest,
        },
    )
    if review_of(fact).status != "approved":
        pytest.fail("The approval was refused.")
    assert review_of(comparison).needs_recheck


def test_other_kinds_have_no_cells(world, desk):
    assert page_of(desk, world.other).select(".desk-cells, .desk-resting") == []


def test_hostile_words_in_a_cell_stay_words(world, desk):
    evil = "<img src=x onerror=alert(1)>"
    edit(world.measured, text=evil, population=evil, period=evil)

    page = page_of(desk, fresh(world.measured))

    assert page.select("img[src=x]") == []
    assert evil in page.select_one(".desk-cells").text


def test_twenty_facts_with_neighbours_take_as_many_queries_as_two(world, desk, django_assert_max_num_queries):
    same = {**NUMBER, "measure": Measure.objects.get(), "feature": "fatigue"}
    facts = [make_fact(world.condition, sources=[world.source], text=f"Some {n}.", **same) for n in range(20)]
    actions.submit(facts, by=world.editor)

    with django_assert_max_num_queries(15):
        response = desk.get(reverse("desk:batch"), {"items": [fact.review_id for fact in facts]})

    assert response.content.count(b'class="desk-cells"') == 20
    assert len(response.content) < 500_000

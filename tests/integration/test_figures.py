"""Pictures of numbers on the pages, and their data."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from conditions.models import Condition, Fact, Measure
from editorial import actions
from tests.factories import make_citation, make_comparison, make_condition, make_fact, make_reviewer, publish
from tests.steps import edit

pytestmark = pytest.mark.django_db
ADDRESS = "/numbers/age-at-onset.csv?with=stiffness&with=hardness"


@pytest.fixture
def site() -> dict[str, Any]:
    """Two conditions with one number each, compared, and a draft with a third number."""
    source = make_citation(key="study")
    measure = Measure.objects.create(
        slug="age-at-onset", name="Age at start", unit="years", plausible_low=0, plausible_high=105, display="range"
    )
    numbers = {"measure": measure, "unit": "years", "prominence": "key", "short": "An age", "kind": "quantity"}
    stiffness, hardness = (
        make_condition(slug=slug, position=place, sources=[source])
        for place, slug in enumerate(("stiffness", "hardness"), start=1)
    )
    first = make_fact(stiffness, key="first", sources=[source], low=20, high=40, region="Norway", **numbers)
    second = make_fact(hardness, key="second", sources=[source], value=65, **numbers)
    comparison = make_comparison(stiffness, hardness, slug="both")
    publish(source, stiffness, hardness, first, second, comparison)
    make_fact(stiffness, key="draft", sources=[source], value=77, **numbers)
    return {"source": source, "first": first, "second": second, "stiffness": stiffness}


def list_figures(client: Client, url: str) -> list[Any]:
    return BeautifulSoup(client.get(url).content, "html5lib").select("figure.figure")


def read_csv(client: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


@pytest.mark.parametrize("url", ["/compare/both/", "/es/compare/both/"])
def test_a_comparison_shows_what_both_sides_have_with_table_text_source_and_data(
    client: Client, site: dict[str, Any], url: str
) -> None:
    (figure,) = list_figures(client, url)

    text = figure.select_one(f"[id='{figure.svg['aria-labelledby']}']").get_text()
    assert "20 to 40" in text
    assert "65" in text
    assert [row.th.get_text() for row in figure.select("tbody tr")] == ["Stiffness", "Hardness"]
    assert "20 to 40 years" in figure.table.get_text()
    assert figure.table.caption
    assert figure.select("tbody a[href^='#r']")
    assert "Norway" in figure.select_one(".key").get_text()
    assert figure.select_one("a[download]")["href"] == ADDRESS
    assert "77" not in str(figure)


def test_the_data_are_those_of_the_picture_in_two_queries(
    client: Client, site: dict[str, Any], django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        response = client.get(ADDRESS)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["fact"], row["low"], row["value"]) for row in read_csv(client, ADDRESS)] == [
        ("first", "20", ""),
        ("second", "", "65"),
    ]


def test_data_of_a_past_day_and_of_one_condition(client: Client, site: dict[str, Any]) -> None:
    more = make_fact(
        site["stiffness"],
        key="more",
        sources=[site["source"]],
        value=50,
        unit="years",
        kind="quantity",
        measure=Measure.objects.get(),
        topic=site["first"].topic,
    )
    publish(more)

    assert [row["fact"] for row in read_csv(client, "/numbers/age-at-onset.csv?with=stiffness")] == ["first", "more"]
    assert len(list_figures(client, "/conditions/stiffness/")) == 1
    assert client.get(f"{ADDRESS}&as_of=2020-01-01").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?with=stiffness&with=stiffness", 400),
        ("?with=a&with=b&with=c&with=d&with=e", 400),
        ("?with=%00", 400),
        ("?with=stiffness&with=hardness&as_of=yesterday", 400),
        ("?with=stiffness&with=no-such", 404),
        ("?with=stiffness", 404),
        ("?with=stiffness&with=hardness&feature=fatigue", 404),
    ],
)
def test_what_cannot_be_asked_and_what_is_not_there_gets_a_page_that_says_so(
    client: Client, site: dict[str, Any], query: str, status: int
) -> None:
    response = client.get(f"/numbers/age-at-onset.csv{query}")

    assert response.status_code == status
    assert "text/html" in response["Content-Type"]


def test_a_withdrawn_condition_is_gone_and_one_that_moved_is_followed(client: Client, site: dict[str, Any]) -> None:
    edit(Condition.objects.get(slug="stiffness"), slug="rigor")
    moved = Condition.objects.get(slug="rigor")
    publish(moved)
    response = client.get(ADDRESS)
    assert response.status_code == 301
    assert response["Location"] == "/numbers/age-at-onset.csv?with=rigor&with=hardness"

    actions.retire([moved], by=make_reviewer(), reason="Wrong.")
    assert client.get("/numbers/age-at-onset.csv?with=rigor&with=hardness").status_code == 410


def test_a_retired_fact_and_one_on_a_withdrawn_source_leave_the_picture(client: Client, site: dict[str, Any]) -> None:
    assert list_figures(client, "/compare/both/")
    actions.retire([Fact.objects.get(key="second")], by=make_reviewer(), reason="Wrong.")
    assert not list_figures(client, "/compare/both/")
    assert client.get(ADDRESS).status_code == 404


def test_a_number_whose_source_was_withdrawn_is_not_drawn(client: Client, site: dict[str, Any]) -> None:
    actions.retire([site["source"]], by=make_reviewer(), reason="Retracted.")

    assert not list_figures(client, "/compare/both/")
    assert client.get(ADDRESS).status_code == 404


def test_what_is_counted_cannot_break_out_of_the_name_of_the_file(client: Client, site: dict[str, Any]) -> None:
    feature = 'Tired "often"\r\nX-Evil: yes'
    numbers = {"kind": "quantity", "measure": Measure.objects.get(), "unit": "years", "prominence": "key"}
    facts = [
        make_fact(condition, sources=[site["source"]], value=50, short="An age", feature=feature, **numbers)
        for condition in Condition.objects.order_by("position")
    ]
    publish(*facts)

    answer = client.get(f"{ADDRESS}&{urlencode({'feature': feature})}")

    assert answer.status_code == 200
    name = "age-at-onset-tired-often-x-evil-yes-stiffness-hardness.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "X-Evil" not in answer

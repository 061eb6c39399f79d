"""Public lists of a site with very much: no page names everything, and all can be reached."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons import picking, questions, sitemap
from conditions import paging
from conditions.models import Citation, Condition
from conditions.paging import Page
from conditions.views import conditions as condition_views
from conditions.views import sources as source_views
from editorial.models import Edition
from tests.factories import make_citation, make_comparison, make_condition, make_faq, publish
from tests.reading import count_rows, get_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def sources(db: None) -> list[Citation]:
    made = [make_citation(key=f"key-{n}", title=f"Title {n}") for n in range(5)]
    publish(*made)
    return made


@pytest.fixture
def many(sources: list[Citation], monkeypatch: pytest.MonkeyPatch) -> list[Condition]:
    """More conditions than a page lists."""
    names = ("Aorta", "Bone", "Brain")
    made = [
        make_condition(slug=name.lower(), name=name, sources=sources, position=place)
        for place, name in enumerate(names, 1)
    ]
    publish(*made)
    for module in (picking, condition_views):
        monkeypatch.setattr(module, "MOST_LISTED", 2)
    return made


def list_links(client: Client, address: str, start: str) -> list[str]:
    """Within the page itself, the links that begin so, each once."""
    page = BeautifulSoup(client.get(address).content.decode(), "html5lib")
    return list(dict.fromkeys(link["href"] for link in page.select(f"main a[href^='{start}']")))


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_very_many_sources_come_in_pages_by_their_keys(
    sources: list[Citation], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = list_links(client, "/sources/", "/sources/")
    assert "Page 1" not in get_words(client.get("/sources/"))
    monkeypatch.setattr(source_views, "MOST_ON_A_PAGE", 4)
    monkeypatch.setattr(source_views, "ON_A_PAGE_OF_MANY", 2)

    pages = [list_links(client, f"/sources/?page={number}", "/sources/key") for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(address for page in pages for address in page) == sorted(
        address for address in everything if "key" in address
    )
    assert "All 5 sources" in get_words(client.get("/sources/?page=2"))
    assert "?page=3" in list_links(client, "/sources/?page=2", "?")


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "٣", "9" * 30])
@pytest.mark.parametrize("path", ["/sources/", "/faqs/"])
def test_a_page_of_a_list_that_is_not_there_is_not_found(
    sources: list[Citation], client: Client, path: str, number: str
) -> None:
    assert client.get(path, {"page": number}).status_code == 404


def test_very_many_questions_come_in_pages_of_whole_groups(
    many: list[Condition], sources: list[Citation], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(
        *(make_faq(condition, sources=sources, slug=f"faq-{n}-{condition.slug}") for condition in many for n in "ab")
    )
    assert len(list_links(client, "/faqs/", "/faqs/faq")) == 6
    monkeypatch.setattr(questions, "MOST_ON_A_PAGE", 4)

    first, second = (list_links(client, f"/faqs/?page={number}", "/faqs/faq") for number in (1, 2))

    assert (len(first), len(second)) == (4, 2)
    assert not set(first) & set(second)
    assert "?page=2" in list_links(client, "/faqs/", "?")


def test_names_of_very_many_conditions_come_by_letter(many: list[Condition], client: Client) -> None:
    assert list_links(client, "/conditions/", "/conditions/") == ["/conditions/aorta/"]
    assert list_links(client, "/conditions/?letter=B", "/conditions/") == ["/conditions/bone/", "/conditions/brain/"]
    assert list_links(client, "/conditions/", "?letter") == ["?letter=A", "?letter=B"]
    assert client.get("/conditions/?letter=Z").status_code == 404
    assert "noindex" in client.get("/conditions/?letter=B").content.decode()


def test_very_many_conditions_are_picked_by_letter_and_what_is_chosen_stays(
    many: list[Condition], client: Client
) -> None:
    assert list_boxes(client, "/compare/") == {"aorta": False}
    assert list_boxes(client, "/compare/?letter=B&with=aorta") == {"aorta": True, "bone": False, "brain": False}
    assert "?letter=A&with=aorta" in list_links(client, "/compare/?letter=B&with=aorta", "?letter")
    assert client.get("/compare/?with=aorta&with=brain").status_code == 200
    assert list_boxes(client, "/compare/?with=brain") == {"aorta": False, "brain": True}


def list_boxes(client: Client, address: str) -> dict[str, bool]:
    page = BeautifulSoup(client.get(address).content.decode(), "html5lib")
    return {box["value"]: box.has_attr("checked") for box in page.select("input[name=with]")}


@pytest.mark.parametrize("path", ["/conditions/", "/compare/"])
def test_very_many_names_with_one_letter_come_in_pages(
    many: list[Condition], client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_LISTED", 1)

    first, second = (get_words(client.get(f"{path}?letter=B&page={page}")) for page in (1, 2))

    assert ("Bone" in first, "Brain" in first) == (True, False)
    assert ("Bone" in second, "Brain" in second) == (False, True)
    assert "?letter=B&page=2" in list_links(client, f"{path}?letter=B", "?")
    assert client.get(f"{path}?letter=B&page=3").status_code == 404
    assert client.get(f"{path}?letter=Z").status_code == 404


def test_what_is_chosen_goes_along_to_the_next_page_of_the_picker(
    many: list[Condition], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_LISTED", 1)

    assert "?letter=B&with=aorta&page=2" in list_links(client, "/compare/?letter=B&with=aorta", "?")
    assert list_boxes(client, "/compare/?letter=B&with=aorta&page=2") == {"aorta": True, "brain": False}


def test_of_very_many_pages_none_is_many_steps_away() -> None:
    page = Page([], number=250, count=900, query="evidence=trial")

    assert [number for number, _ in page.jumps] == [1, 150, 240, 260, 350, 900]
    assert page.jumps[:2] == [(1, "evidence=trial"), (150, "evidence=trial&page=150")]
    assert Page([], number=2, count=10, query="").jumps == []


def test_the_home_page_and_a_condition_do_not_name_very_many_conditions(many: list[Condition], client: Client) -> None:
    home = BeautifulSoup(client.get("/").content.decode(), "html5lib")
    assert not home.select("main .card.toned")
    assert home.select_one("a[href='/conditions/#names']")
    assert not list_boxes(client, "/")
    assert "Compare with:" not in get_words(client.get("/conditions/bone/"))


@pytest.mark.parametrize("path", ["/", "/conditions/", "/compare/", "/faqs/", "/sources/", "/updates/", "/sitemap.xml"])
def test_lists_take_the_same_queries_at_more_content_and_three_at_most(
    sources: list[Citation], client: Client, path: str
) -> None:
    grow(sources, 2)
    before = count_queries(client, path)

    grow(sources, 6)

    assert count_queries(client, path) == before <= 3


def test_of_the_questions_about_a_condition_no_others_are_read(sources: list[Citation], client: Client) -> None:
    condition = make_condition(sources=sources)
    publish(condition, make_faq(condition, sources=sources, slug="its-own"))
    path = f"/faqs/?condition={condition.slug}"
    before = count_rows(client, path)

    others = [make_condition(sources=sources) for _ in range(4)]
    publish(*others, *(make_faq(other, sources=sources) for other in others))

    assert list_links(client, path, "/faqs/its") == ["/faqs/its-own/"]
    assert count_rows(client, path) == before + len(others)  # Each condition, none of their questions.


API = "/api/v1"
BOUNDED = (f"{API}/faqs?limit=2", f"{API}/comparisons?limit=2", f"{API}/sources?limit=2", "/sitemap-2.xml")


@pytest.mark.parametrize("path", BOUNDED)
def test_of_a_list_in_pages_only_the_page_is_read(
    sources: list[Citation], client: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_IN_A_PART", 8)
    grow(sources, 4)
    grow(sources, 4)
    before = count_rows(client, path)

    grow(sources, 8)
    grow(sources, 8)

    assert count_rows(client, path) == before


def grow(sources: list[Citation], count: int) -> None:
    conditions = [make_condition(sources=sources) for _ in range(count)]
    faqs = [make_faq(condition, sources=sources) for condition in conditions]
    publish(*conditions, make_comparison(*conditions[:2]), *faqs)


def test_lists_read_no_page_whole(many: list[Condition], client: Client) -> None:
    for path in ("/", "/conditions/", "/compare/", "/faqs/", "/sources/", "/updates/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        assert not re.search(r'"content"', " ".join(query["sql"] for query in captured)), path


def test_the_summary_is_the_content_without_its_long_parts(many: list[Condition]) -> None:
    edition = Edition.objects.public().get(kind="condition", slug="bone")

    assert edition.summary == {
        name: value
        for name, value in edition.content.items()
        if name not in ("facts", "points", "references", "sections", "subtypes")
    }

"""Every public page is valid HTML that its readers' tools can follow."""

import pytest

from tests.markup import find_faults
from tests.public_routes import list_public_urls
from tests.rich_content import build_rich_site

pytestmark = pytest.mark.django_db


def test_every_public_page_is_valid_and_well_structured(client) -> None:
    build_rich_site()
    urls = list_public_urls()

    faults = {}
    for url in urls:
        response = client.get(url)
        if response.get("Content-Type", "").startswith("text/html") and response.status_code not in (301, 302):
            faults[url] = find_faults(response.content.decode())

    assert len(faults) > 20
    assert {url: found for url, found in faults.items() if found} == {}


def page(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>T</title></head><body><h1>One</h1>{body}</body></html>'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div>in a paragraph</div></p>", "unexpected-end-tag"),
        ('<p id="a"></p><p id="a"></p>', "is used 2 times"),
        ('<a href="#nowhere">there</a>', "which is not there"),
        ("<h3>Three</h3>", "level 3 follows one of level 1"),
        ("<h1>Another</h1>", "2 first headings"),
        ('<input name="q">', "has no label"),
        ('<img src="x">', "no alternative text"),
        ("<a href='/x'></a>", "no words"),
        ("<table><tr><td>1</td></tr></table>", "no caption"),
        ('<div role="table"></div>', "no name"),
        ('<div role="table"><p role="row"></p><p role="row"><i>1</i></p></div>', "different numbers of cells: [0, 1]"),
        ('<p style="color: red">red</p>', "inline style"),
        ('<div aria-labelledby="nobody"></div>', "not there"),
    ],
)
def test_the_checker_finds_faults(body: str, fault: str) -> None:
    assert fault in " ".join(find_faults(page(body)))


def test_the_checker_is_content_with_a_good_page() -> None:
    assert find_faults(page('<h2 id="a">Two</h2><p><a href="#a">up</a></p>')) == []

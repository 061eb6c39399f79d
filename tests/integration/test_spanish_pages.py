"""Pages below /es/: the interface is in Spanish, and English content says that it is English."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.catalogue import list_forms, list_messages, read_source
from tests.markup import find_faults
from tests.public_routes import list_some_urls
from tests.rich_content import build_rich_site
from tests.steps import revise

pytestmark = pytest.mark.django_db

SHORTEST = 12
"""Letters of a word of the interface that no content has by chance."""
ENOUGH = 5
"""Addresses of each route; the others differ in their content."""
_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title", "data-copied")


@pytest.fixture
def pages(client: Client) -> dict[str, BeautifulSoup]:
    """Some pages of each kind for readers in Spanish, also those that refuse."""
    site = build_rich_site()
    revise(site.comparison, answer="Another answer.")
    found = {}
    for url in list_some_urls(ENOUGH):
        answer = client.get(f"/es{url}")
        # The description of the API is for programmers, in English.
        if (
            "/docs/" not in url
            and answer.content
            and answer.get("Content-Language") == "es"
            and "html" in answer.get("Content-Type", "")
        ):
            html = answer.content.decode()
            assert find_faults(html) == [], url
            found[url] = BeautifulSoup(html, "html5lib")
    return found


def _texts(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """(language, text) of what is read or said, each with the language of the nearest element that names one."""
    body = page.body
    assert body is not None
    for string in body.find_all(string=True):
        if string.parent is not None and string.parent.name not in ("script", "style", "code", "pre"):
            yield _language(string.parent), " ".join(string.split())
    for tag in body.find_all(True):
        yield from ((_language(tag), str(tag[name])) for name in _ATTRIBUTES if tag.get(name))


def _language(tag: Tag) -> str:
    holder = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    assert holder is not None
    return str(holder["lang"])


def _pieces(message: str) -> list[str]:
    """The message without markup and placeholders, in what is left of it between them."""
    parts = re.split(r"%\(\w+\)[sd]|<[^>]+>", message.replace("%%", "%"))
    return [piece.strip(" .,:;?") for piece in parts if len(piece.strip(" .,:;?")) > SHORTEST]


def _words(*, spanish: bool) -> set[str]:
    """Pieces of the interface's words in one language that are not the same in the other."""
    forms = [form for message in list_messages(read_source()) for form in list_forms(message)]
    own, other = ({piece for form in forms for piece in _pieces(form[index])} for index in (spanish, not spanish))
    return own - other


def test_no_word_of_the_interface_is_in_the_other_language(pages: dict[str, BeautifulSoup]) -> None:
    english = re.compile("|".join(map(re.escape, sorted(_words(spanish=False), key=len, reverse=True))))
    spanish = re.compile("|".join(map(re.escape, sorted(_words(spanish=True), key=len, reverse=True))))
    wrong = {"es": english, "en": spanish}

    found = {
        (url.split("?")[0], found.group(), text)
        for url, page in pages.items()
        for language, text in _texts(page)
        if (found := wrong[language].search(text))
    }

    assert len(pages) > 50
    assert sorted(found) == []


def test_days_are_said_in_spanish(client: Client) -> None:
    build_rich_site()

    page = BeautifulSoup(client.get("/es/compare/stiffness-vs-hardness/").content.decode(), "html5lib")

    said = [text for language, text in _texts(page) if language == "es"]
    assert any(re.search(r"\d de [a-z]+ de 20\d\d", text) for text in said)
    assert not [text for text in said if re.search(r"\d [A-Z][a-z]+ 20\d\d", text)]

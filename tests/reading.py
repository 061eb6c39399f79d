"""What the tests of readers' pages say of every answer."""

import re

from bs4 import BeautifulSoup
from django.http import HttpResponse


def get_words(response: HttpResponse) -> str:
    """The visible text of the page, spaces made single."""
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    return re.sub(r"\s+", " ", soup.main.get_text(" ")).strip()


def list_links(response: HttpResponse) -> list[str]:
    """Where the links of the page's own part lead."""
    soup = BeautifulSoup(response.content.decode(), "html5lib")
    return [link["href"] for link in soup.main.find_all("a")]


def find_meta(response: HttpResponse, name: str) -> str | None:
    tag = BeautifulSoup(response.content.decode(), "html5lib").find("meta", attrs={"name": name})
    return tag["content"] if tag else None


def find_canonical(response: HttpResponse) -> str | None:
    tag = BeautifulSoup(response.content.decode(), "html5lib").find("link", rel="canonical")
    return tag["href"] if tag else None

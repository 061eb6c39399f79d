"""What the tests of readers' pages say of every answer."""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client


def count_rows(client: Client, address: str) -> int:
    """How many rows the database hands over for this page."""
    counts = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        counts.append(context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(count):
        assert client.get(address).status_code == 200
    return sum(counts)


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

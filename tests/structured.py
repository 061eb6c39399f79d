"""Reads the data for machines out of a page as a search engine does, and what of the page people can see."""

import re
from collections.abc import Iterator
from typing import Any

import extruct
from bs4 import BeautifulSoup
from django.http import HttpResponse

Node = dict[str, Any]

_NO_WORDS = {"@context", "@id", "@type", "url", "item", "sameAs", "inLanguage", "dateModified", "lastReviewed"}
"""Names, addresses and dates, which are compared in other ways."""


def read_graph(response: HttpResponse) -> list[Node]:
    """The nodes of the page; none where it has no JSON-LD."""
    blocks = extruct.extract(response.content.decode(), syntaxes=["json-ld"])["json-ld"]
    return [node for block in blocks for node in block["@graph"]]


def find_node(response: HttpResponse, kind: str) -> Node:
    [node] = [node for node in read_graph(response) if node["@type"] == kind]
    return node


def list_texts(value: Any) -> Iterator[str]:
    """Every word in the data that is meant to be read."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_WORDS:
                yield from list_texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from list_texts(part)
    elif isinstance(value, str):
        yield value


def read_visible(response: HttpResponse) -> str:
    """All that people see of the page, without the marks of sources and without spaces, in small letters."""
    body = BeautifulSoup(response.content.decode(), "html5lib").body
    for tag in body.select("script, button.m, .sheet"):
        tag.decompose()
    return squeeze(body.get_text())


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def find_invisible(response: HttpResponse) -> list[str]:
    """What the data says and the page does not show."""
    visible = read_visible(response)
    return [text for text in list_texts(read_graph(response)) if squeeze(text) not in visible]

"""Asking for previews, and reading them, for tests."""

import re

from bs4 import BeautifulSoup
from django.urls import reverse

from editorial.freezing import freeze, load_fresh

CHANGED = "About 1,350 people walked."
"""What the fact of the site with a pending change would say."""


def see(client, *items, page, **query):
    ids = [getattr(item, "review_id", item) for item in items]
    return client.get(reverse("desk:preview"), {"items": ids, "page": page, **query})


def page_of(item):
    return f"{item.item_kind}:{item.review_id}"


def parse(response):
    return BeautifulSoup(response.content, "html.parser")


def without_frame(response):
    """The page as it was before the bar and the marks came in."""
    page = parse(response)
    for added in page.select(".preview-bar, .preview-list, link[href*='preview.css'], meta[name=robots]"):
        added.extract()
    for mark in page.select(".preview-mark"):
        mark.extract()
    for block in page.select(".preview-changed"):
        block["class"] = [name for name in block["class"] if name != "preview-changed"]
        if not block["class"]:
            del block["class"]
        if re.fullmatch(r"preview-\d+", block["id"]):
            del block["id"]
    return words_and_tags(page)


def words_and_tags(page):
    """Every element with its attributes and every word, in order."""
    return [
        (part.name, sorted((k, str(v)) for k, v in part.attrs.items())) if part.name else part.split()
        for part in page.html.descendants
        if part.name or part.strip()
    ]


def contents_of(*items):
    return {item.review_id: freeze(item) for item in load_fresh(items).values()}

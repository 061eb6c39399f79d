"""Markup in every field of text, then every page of the staff and every page of a reader: it is shown as text."""

import pytest
from bs4 import BeautifulSoup
from django.db.models import CharField, Model, TextField
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from editorial import actions
from editorial.models import Comment, ReviewedItem
from tests.factories import make_editor, make_reviewer
from tests.integration.test_staff_urls import PAGES, address, make_items
from tests.steps import digests_now, edit

pytestmark = pytest.mark.django_db

BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></textarea></title>{{ 7|add:7 }}"
NAME = "</b><img src=x onerror=alert(3)>"
FIXED = {"slug", "key", "pattern", "sha256"}


def spoil(item: Model) -> dict[str, str]:
    """Values with markup for all fields of free text, as long as they may be."""
    fields = [f for f in item._meta.concrete_fields if type(f) in (CharField, TextField)]
    free = [f for f in fields if not f.choices and f.name not in FIXED and f.name != "issued"]
    return {f.name: BAD[: f.max_length] if f.max_length else BAD for f in free}


@pytest.fixture
def hostile(db) -> dict[str, Model]:
    """One of everything, all of whose words are markup: public, and changed again."""
    items = make_items()
    editor = make_editor(first_name=NAME, last_name=NAME)
    reviewed = [item for item in items.values() if isinstance(item, ReviewedItem)]
    for item in reviewed:
        edit(item, by=editor, **spoil(item))
    topic = items["conditions/topic"]
    type(topic).objects.filter(pk=topic.pk).update(**spoil(topic))
    for item in reviewed:
        item.save()
    actions.submit(reviewed, by=editor, comment=BAD)
    reviewer = make_reviewer(first_name=NAME, credentials=NAME, specialty=NAME, interests=BAD)
    actions.approve(reviewed, by=reviewer, digests=digests_now(*reviewed), comment=BAD)
    fact = items["conditions/fact"]
    edit(fact, by=editor, text=f"Another. {BAD}")
    actions.submit([fact], by=editor, comment=BAD)
    Comment.objects.create(review=fact.review, field="text", author=editor, body=BAD, at=timezone.now())
    actions.assign([fact], by=reviewer, reviewer=make_reviewer(first_name=NAME))
    return items


def find_markup(response: HttpResponse) -> list[str]:
    """What of the hostile text the page has taken for markup."""
    if "html" not in response.headers.get("Content-Type", "") or response.streaming:
        return []
    page = BeautifulSoup(response.content, "html.parser")
    running = page.select("script:not([type='application/ld+json'])")  # Data never runs; what ends it is found here.
    scripts = [str(tag) for tag in running if tag.string and "alert(" in tag.string]
    handlers = [str(tag) for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    links = [str(tag) for tag in page.select("[href], [src], [action]") if "javascript:" in str(tag.attrs).lower()]
    return [found[:200] for found in (*scripts, *handlers, *links)]


def sign_in(**values: str) -> Client:
    client = Client()
    client.force_login(make_reviewer(is_superuser=True, **values))
    return client


def test_no_page_of_the_staff_takes_text_for_markup(hostile):
    client = sign_in(first_name=NAME)

    answers = {route: client.get(address(route, hostile)) for route in PAGES}

    assert {route: found for route, answer in answers.items() if (found := find_markup(answer))} == {}
    shown = [
        route for route, answer in answers.items() if answer.status_code == 200 and b"&lt;script&gt;" in answer.content
    ]
    assert len(shown) > 20


def test_no_page_of_a_reader_takes_text_for_markup(hostile):
    client = Client()
    pages = ["/", "/conditions/", "/compare/", "/faqs/", "/sources/", "/glossary/"]
    pages += [f"/conditions/{hostile['conditions/condition'].slug}/", f"/faqs/{hostile['comparisons/faq'].slug}/"]
    condition, fact = f"/conditions/{hostile['conditions/condition'].slug}/", hostile["conditions/fact"].key
    parts = (f"&section=topic-{hostile['conditions/topic'].slug}", f"&fact={fact}", "")
    pages += [f"/feedback/?about={condition}{part}" for part in parts]
    pages += [f"/compare/{hostile['comparisons/comparison'].slug}/", f"/sources/{hostile['conditions/citation'].key}/"]

    answers = {url: client.get(url) for url in pages}

    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 200} == {}
    assert {url: found for url, answer in answers.items() if (found := find_markup(answer))} == {}


def test_the_search_for_markup_finds_it():
    page = HttpResponse('<p onclick="x()">a</p><script>alert(1)</script><a href="javascript:x">b</a>')

    assert len(find_markup(page)) == 3

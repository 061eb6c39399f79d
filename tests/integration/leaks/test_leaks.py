"""Invariants 1, 2 and 8 by chance: whatever people do, readers see the words that were approved and no other."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Value
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import comparisons.building
import conditions.building
from conditions import named
from editorial import editions, previewing, publishing, standing
from editorial.freezing import freeze, load_fresh
from editorial.models import Decision, Edition, ReviewedItem
from editorial.registry import Frozen
from editorial.workflow import Action
from tests.integration.leaks.canaries import read_words
from tests.integration.leaks.crawl import find_leaks
from tests.integration.leaks.machine import Newsroom
from tests.public_routes import list_public_urls
from tests.revisions import comparing

pytestmark = pytest.mark.django_db

PROFILES = {"default": (3, 12), "long": (60, 40)}
"""Examples and steps of each; HYPOTHESIS_PROFILE=long plays for some minutes."""


def play(profile: str, *, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    examples, steps = PROFILES[profile]
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=profile == "default",
            phases=phases,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


@pytest.mark.slow
def test_readers_see_exactly_what_is_approved_whatever_people_do() -> None:
    with comparing():
        play(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# The proof must be able to fail: each test below breaks the site on purpose and expects to be told.


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    newsroom = Newsroom()
    newsroom.open_the_site()
    yield newsroom
    newsroom.teardown()


def number_of(newsroom: Newsroom, kind: str) -> int:
    return next(number for number, item in enumerate(newsroom.items) if item.item_kind == kind)


def test_a_whole_site_with_drafts_everywhere_has_no_leak(newsroom: Newsroom) -> None:
    for number in range(len(newsroom.items)):
        newsroom.write(number, by=0, writer="revision")

    assert find_leaks(newsroom.world) == []


def test_no_word_of_a_comment_and_nobody_whom_it_names_is_ever_public(newsroom: Newsroom) -> None:
    before = set(newsroom.world.private)
    for number in range(len(newsroom.items)):
        newsroom.comment(number, by=number)
    newsroom.publish_everything()

    assert len(newsroom.world.private - before) >= 3 * len(newsroom.items)
    assert find_leaks(newsroom.world) == []


def test_previews_of_drafts_of_everything_show_readers_nothing(newsroom: Newsroom) -> None:
    for number in range(len(newsroom.items)):
        newsroom.write(number, by=0, writer="revision")
    pages = read_site()

    for number in range(len(newsroom.items)):
        newsroom.preview([number], by=number, action=Action.APPROVE)
        newsroom.preview([number], by=number, action=Action.RETIRE)

    assert find_leaks(newsroom.world) == []
    assert read_site() == pages


def read_site() -> dict[str, bytes]:
    return {url: Client().get(url).content for url in list_public_urls()}


def test_a_preview_that_is_not_taken_back_is_noticed(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    number = number_of(newsroom, "fact")
    newsroom.write(number, by=0, writer="revision")
    monkeypatch.setattr(previewing, "_rolled_back", nullcontext)

    newsroom.preview([number], by=0, action=Action.APPROVE)

    assert [leak for leak in find_leaks(newsroom.world) if "not approved" in leak]


@pytest.mark.parametrize("kind", ["citation", "condition", "fact", "term", "comparison", "faq"])
def test_a_page_made_of_the_working_copy_is_noticed(newsroom: Newsroom, kind: str) -> None:
    number = number_of(newsroom, kind)
    newsroom.write(number, by=0, writer="revision")
    item = newsroom._pick(number)

    def read_working_copy(decision: Decision) -> Frozen:
        if decision.review_id != item.review_id:
            return decision.content["content"]
        return freeze(next(iter(load_fresh([item]).values())))

    with pytest.MonkeyPatch.context() as patch:
        for module in (conditions.building, comparisons.building):
            patch.setattr(module, "approved_content", read_working_copy)
        names = {"fact": item.condition} if kind == "fact" else {}
        publishing.publish(subjects_of(names.get(kind, item)), at=newsroom._tick())

    assert [leak for leak in find_leaks(newsroom.world) if "not approved" in leak]


def subjects_of(item: ReviewedItem) -> set[tuple[str, int | None]]:
    return {("glossary", None)} if item.item_kind == "term" else {(item.item_kind, item.review_id)}


def test_a_private_word_on_a_page_is_noticed(newsroom: Newsroom) -> None:
    for item in newsroom.items:
        newsroom.world.note_private(item)
    word = min(newsroom.world.private)
    newsroom.world.live[newsroom.items[0]].add(word)  # Even where an approval holds it.

    leaks = find_leaks(newsroom.world, client=Spoiled(body=word))

    assert f"{word}: private, /about/" in leaks


@pytest.mark.parametrize("header", ["Location", "ETag", "Link", "Last-Modified"])
def test_a_word_in_a_header_is_noticed(newsroom: Newsroom, header: str) -> None:
    draft = min(read_words(newsroom.items[-1])[0] - newsroom.world.may_show_now())

    leaks = find_leaks(newsroom.world, client=Spoiled(headers={header: f"</{draft}>"}))

    assert f"{draft}: not approved, /no-such-page/" in leaks


def test_an_approved_word_that_no_page_shows_is_noticed(newsroom: Newsroom) -> None:
    newsroom.world.shown[newsroom.items[0]] = {"zq99999z"}

    assert find_leaks(newsroom.world) == ["zq99999z: approved and nowhere shown, all pages"]


def test_old_words_on_a_page_of_now_and_withdrawn_ones_on_an_old_page_are_noticed(newsroom: Newsroom) -> None:
    fact = newsroom._pick(number_of(newsroom, "fact"))
    old = min(newsroom.world.shown[fact])
    newsroom.write(number_of(newsroom, "fact"), by=0, writer="revision")
    newsroom.publish_everything()
    assert find_leaks(newsroom.world) == []
    spoiled = Spoiled(body=old)
    assert f"{old}: not approved, /about/" in find_leaks(newsroom.world, client=spoiled)

    newsroom.retire(number_of(newsroom, "fact"), by=2)

    leaks = find_leaks(newsroom.world, client=spoiled)
    assert [leak for leak in leaks if f"{old}: not approved, /history/" in leak]


def test_a_comparison_is_withdrawn_with_its_condition_wherever_it_stood_and_is_back_with_it(newsroom: Newsroom) -> None:
    comparison = newsroom._pick(number_of(newsroom, "comparison"))
    newsroom.write(number_of(newsroom, "comparison"), by=0, writer="revision")
    newsroom.publish_everything()
    condition = number_of(newsroom, "condition")
    newsroom.retire(condition, by=2)

    assert not newsroom.world.live[comparison] <= newsroom.world.may_show_in_old_editions()
    assert find_leaks(newsroom.world) == []

    newsroom.write(condition, by=0, writer="revision")
    newsroom.publish_everything()
    assert newsroom.world.shown[comparison] <= newsroom.world.must_show_now()
    assert find_leaks(newsroom.world) == []


def test_editions_of_a_comparison_that_outlive_its_condition_are_noticed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.retire(number_of(newsroom, "condition"), by=2)
    monkeypatch.setattr(standing, "does_stand", lambda: Value(True))

    leaks = find_leaks(newsroom.world)

    for place in ("/history/comparison/", "/api/v1/editions/comparison/"):
        assert [leak for leak in leaks if f"not approved, {place}" in leak], place


def test_a_question_that_names_a_comparison_of_a_withdrawn_condition_is_noticed(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def list_public(*kinds: str, **options: Any) -> list[dict[str, Any]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(editions, "_list_readable", lambda *kinds: Edition.objects.public().filter(kind__in=kinds))
            return editions.list_public(*kinds, **options)

    newsroom.retire(number_of(newsroom, "condition"), by=2)
    monkeypatch.setattr(named, "editions", SimpleNamespace(list_public=list_public))

    leaks = find_leaks(newsroom.world)

    for place in ("/faqs/", "/history/faq/", "/api/v1/faqs"):
        assert [leak for leak in leaks if f"not approved, {place}" in leak], place


class Spoiled(Client):
    """A site whose every answer holds a word too many."""

    def __init__(self, *, body: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__()
        self._body, self._headers = body, headers or {}

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(*args, **kwargs)
        response.content += self._body.encode()
        for name, value in self._headers.items():
            response[name] = value
        return response

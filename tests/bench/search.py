"""What a reader waits for who looks for something: results, suggestions, and the lists of everything."""

import random
from collections.abc import Callable, Iterator, Sequence

from django.test import Client, RequestFactory

from comparisons.answering import Wanted, answer
from comparisons.asking import read_question
from comparisons.known import Known
from comparisons.views.search import suggestions
from editorial.models import SearchEntry, SearchWord
from tests.bench.cases import ALL, FIXED, LISTS, SORTS, SUGGESTIONS
from tests.bench.load import HEADERS
from tests.bench.samples import Sample, make_samples
from tests.bench.timing import Taken, summarise, take_fixed, taking

PART = "search"
EACH = 10
"""Questions of each sort."""
TIMES = 3
_MIDDLE = 200
"""So many of the words that are used most are too common to be ordinary."""


def take(*, round: int, size: int = 0) -> Iterator[Sample]:
    """Writes nothing. Of the answers to a question the fastest counts: the rest is the machine."""
    questions = make_questions(random.Random(7))
    taken = {f"search: {sort}": [_ask_often(_search, text) for text in texts] for sort, texts in questions.items()}
    taken[ALL] = [one for runs in list(taken.values()) for one in runs]
    for case, runs in taken.items():
        yield from make_samples(PART, case, spread(runs), round=round, size=size)
    starts = [_ask_often(_suggest, start) for start in make_starts(random.Random(7))]
    yield from make_samples(PART, SUGGESTIONS, spread(starts), round=round, size=size)
    yield from _take_lists(round, size)


def _take_lists(round: int, size: int) -> Iterator[Sample]:
    client = Client(headers={**HEADERS, "Accept-Encoding": "identity"})
    for case, address in LISTS.items():
        client.get(address)
        runs = [_ask_often(client.get, address) for _ in range(TIMES)]
        yield from make_samples(PART, case, summarise(runs), round=round, size=size)
    yield from make_samples(PART, FIXED, summarise([take_fixed() for _ in range(5)]), round=round, size=size)


def _ask_often(ask: Callable[[str], object], text: str) -> Taken:
    runs = []
    for _ in range(TIMES):
        with taking() as taken:
            ask(text)
        runs.append(taken)
    return min(runs, key=lambda run: run.wall_ms)


def _search(text: str) -> None:
    """The first twenty with their excerpts, and how many there are: all of the page of results but its template."""
    asked = read_question(text)
    found = answer(Known(asked.words), Wanted(asked))
    _ = found.hits, found.found_count


def _suggest(start: str) -> None:
    suggestions(RequestFactory().get("/search/suggestions/", {"q": start}))


def make_questions(chance: random.Random) -> dict[str, list[str]]:
    """By sort. Of the words that the site holds, so that each finds something, but for the typing errors."""
    words = list(SearchWord.objects.order_by("-uses", "word").values_list("word", flat=True)[:20_000])
    common, ordinary, rare = words[:EACH], words[_MIDDLE:-_MIDDLE] or words, words[-_MIDDLE:]
    titles = SearchEntry.objects.filter(kind="fact").order_by("pk").values_list("text", flat=True)[:2_000]
    shorts = SearchEntry.objects.exclude(abbreviation="").order_by("pk").values_list("abbreviation", flat=True)
    found = (
        _choose(chance, ordinary),
        [_pair(chance, text) for text in _choose(chance, [text for text in titles if " " in text])],
        _choose(chance, rare),
        common,
        _choose(chance, list(dict.fromkeys(shorts[:500]))),
        [_misspell(chance, word) for word in _choose(chance, [word for word in ordinary if len(word) > 5])],
    )
    return {sort: texts for sort, texts in zip(SORTS, found, strict=True) if texts}


def make_starts(chance: random.Random) -> list[str]:
    """What somebody has typed of a title: two to five letters."""
    titles = list(SearchEntry.objects.order_by("pk").values_list("title", flat=True)[:2_000])
    return [title[: chance.randint(2, 5)] for title in _choose(chance, titles, 3 * EACH)]


def spread(runs: Sequence[Taken]) -> dict[str, float]:
    times = sorted(run.wall_ms for run in runs)
    return {
        "p50 ms": times[len(times) // 2],
        "p95 ms": times[min(len(times) - 1, int(len(times) * 0.95))],
        "queries": max(run.queries for run in runs),
    }


def _choose(chance: random.Random, rows: Sequence[str], count: int = EACH) -> list[str]:
    return chance.sample(rows, min(count, len(rows)))


def _pair(chance: random.Random, text: str) -> str:
    words = text.split()
    place = chance.randrange(max(1, len(words) - 1))
    return " ".join(words[place : place + 2])


def _misspell(chance: random.Random, word: str) -> str:
    place = chance.randrange(1, len(word) - 2)
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"

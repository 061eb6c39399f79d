"""Every public address that the current database can answer, for tests that crawl the whole site.

`INVENTORY` has an entry for each route of the public URLconf; a test compares the two. A new public route gets its
entry here, and with it every crawl visits it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, combinations, islice
from urllib.parse import quote

from django.db.models import Model

from conditions.exporting import FORMATS
from conditions.models import Citation, Fact, Measure, Topic
from editorial.models import Edition, Picture, Review

HISTORY_KINDS = ("condition", "comparison", "faq", "citation", "glossary")


@dataclass(frozen=True)
class Ground:
    """What the database holds, read once for a crawl: slugs by kind, numbers by slug, days, pictures."""

    slugs: dict[str, list[str]]
    """Also slugs of drafts, of before a change, and of withdrawn pages: none of these may show what is not approved."""
    numbers: dict[tuple[str, str], list[int]]
    days: list[date]
    pictures: list[str]
    measures: list[str]
    features: list[str]
    """What numbers count, where they do not count people with a condition."""
    evidence: list[str]
    topics: list[str]

    @classmethod
    def load(cls) -> "Ground":
        rows = list(Edition.objects.values_list("kind", "slug", "subject_id", "number", "published_at__date"))
        subjects: dict[tuple[str, int], set[int]] = {}
        slugs: dict[str, set[str]] = {kind: set() for kind in (*HISTORY_KINDS, "fact", "term")}
        for kind, slug, subject, number, _ in rows:
            subjects.setdefault((kind, subject), set()).add(number)
            slugs.setdefault(kind, set()).add(slug)
        numbers = {(kind, slug): sorted(subjects[kind, subject]) for kind, slug, subject, *_ in rows}
        for kind, key in Review.objects.filter(kind__in=slugs).values_list("kind", "key"):
            slugs[kind].add(key)
        pictures = Picture.objects.order_by("pk").values_list("pk", flat=True)
        return cls(
            slugs={kind: sorted(values) for kind, values in slugs.items()},
            numbers=numbers,
            days=_edges({day for *_, day in rows}),
            pictures=list(pictures),
            measures=list(Measure.objects.values_list("slug", flat=True)),
            features=_list_values(Fact, "feature"),
            evidence=_list_values(Citation, "evidence"),
            topics=list(Topic.objects.values_list("slug", flat=True)),
        )


def _list_values(model: type[Model], field: str) -> list[str]:
    """The values that the field has anywhere, also in drafts, but the empty one."""
    rows = model._default_manager.exclude(**{field: ""}).order_by(field)
    return list(rows.values_list(field, flat=True).distinct())


def _edges(days: Iterable[date]) -> list[date]:
    """Each day on which something was published, and the day before the first."""
    ordered = sorted(days)
    return [ordered[0] - timedelta(days=1), *ordered] if ordered else []


def _pages(kind: str, address: str, *, with_days: bool = False) -> Callable[[Ground], Iterator[str]]:
    def list_addresses(ground: Ground) -> Iterator[str]:
        for slug in ground.slugs[kind]:
            yield address.format(slug)
            if with_days:
                yield from (f"{address.format(slug)}?as_of={day}" for day in ground.days)

    return list_addresses


def _one(*addresses: str) -> Callable[[Ground], Iterable[str]]:
    return lambda ground: addresses


def _compare(ground: Ground) -> Iterator[str]:
    """The list, every pair, the first three and four together, and lists that are refused."""
    slugs = ground.slugs["condition"]
    yield from ("/compare/", "/compare/?letter=A", "/compare/?with=no-such-condition&with=neither")
    chosen = [*combinations(slugs, 2), *(tuple(slugs[:size]) for size in (1, 3, 4, 5) if len(slugs) >= size)]
    for names in chosen:
        address = "/compare/?" + "&".join(f"with={name}" for name in names)
        yield address
        yield from (f"{address}&as_of={day}" for day in ground.days[-1:])
    yield from (f"/compare/?with={first}&with={second}&change=1" for first, second in islice(combinations(slugs, 2), 1))


def _feedback(ground: Ground) -> Iterator[str]:
    """The form about each page, about a part of it, and about what is not there."""
    yield from ("/feedback/", "/feedback/?about=/no-such-page/", "/feedback/?about=//example.org/")
    pages = {"condition": "conditions", "comparison": "compare", "faq": "faqs", "citation": "sources"}
    for kind, folder in pages.items():
        for slug in ground.slugs[kind]:
            address = f"/feedback/?about=/{folder}/{slug}/"
            yield from (address, f"{address}&fact=no-such-statement")
            yield from (
                f"{address}&section=topic-{topic}" for topic in ground.topics if kind in ("condition", "comparison")
            )


def _histories(ground: Ground) -> Iterator[str]:
    for kind in HISTORY_KINDS:
        yield from (f"/history/{kind}/{slug}/" for slug in ground.slugs[kind])


def _history_pages(ground: Ground) -> Iterator[str]:
    for address in _histories(ground):
        yield from (address, f"{address}?page=2")


def _old_editions(ground: Ground) -> Iterator[str]:
    for (kind, slug), numbers in ground.numbers.items():
        yield from (f"/history/{kind}/{slug}/{number}/" for number in (*numbers, max(numbers) + 1))


def _references(kind: str, page: str) -> Callable[[Ground], Iterator[str]]:
    def list_addresses(ground: Ground) -> Iterator[str]:
        for slug in ground.slugs[kind]:
            yield from (f"{page.format(slug)}references.{ending}" for ending in FORMATS)

    return list_addresses


def _share_pictures(ground: Ground) -> Iterator[str]:
    """With a digest that none has: the answer leads to the picture of today."""
    for kind in ("condition", "comparison", "faq", "citation"):
        yield from (f"/share/{kind}/{slug}/0.png" for slug in ground.slugs[kind])


API = "/api/v1"


def _api_list(noun: str, *queries: str, has_table: bool = False) -> Callable[[Ground], Iterator[str]]:
    """All of it on each day, as large as a page may be; as a table; with each query; and a page that there is not."""

    def list_addresses(ground: Ground) -> Iterator[str]:
        yield f"{API}/{noun}?limit=200"
        yield from (f"{API}/{noun}?limit=200&as_of={day}" for day in ground.days)
        tables = ("limit=200&format=csv", *(f"limit=200&format=csv&as_of={day}" for day in ground.days[-1:]))
        refused = ("offset=100000", "as_of=no-day", "no=filter")
        yield from (f"{API}/{noun}?{query}" for query in (*(tables if has_table else ()), *refused, *queries))

    return list_addresses


def _api_items(kind: str, noun: str) -> Callable[[Ground], Iterator[str]]:
    """Each of them, and on the last day; lists show the other days."""

    def list_addresses(ground: Ground) -> Iterator[str]:
        for slug in ground.slugs[kind]:
            yield f"{API}/{noun}/{slug}"
            yield from (f"{API}/{noun}/{slug}?as_of={day}" for day in ground.days[-1:])

    return list_addresses


def _api_compare(ground: Ground) -> Iterator[str]:
    return (address.replace("/compare/?", f"{API}/compare?") for address in _compare(ground) if "?" in address)


def _api_editions(addresses: Callable[[Ground], Iterable[str]]) -> Callable[[Ground], Iterator[str]]:
    return lambda ground: (
        API + address.replace("/history/", "/editions/").rstrip("/") for address in addresses(ground)
    )


def _numbers(ground: Ground) -> Iterator[str]:
    """The data of every measure of each condition and of each pair, some that no picture has, and what is refused."""
    slugs = ground.slugs["condition"]
    yield from (f"/numbers/{measure}.csv?with={slug}&feature=none" for measure in ground.measures for slug in slugs[:1])
    for names in [*((slug,) for slug in slugs), *combinations(slugs, 2), ()]:
        query = "&".join(f"with={name}" for name in names)
        for measure in (*ground.measures, "no-such-measure"):
            yield f"/numbers/{measure}.csv?{query}"
            yield from (f"/numbers/{measure}.csv?{query}&as_of={day}" for day in ground.days[-1:])
            yield from (f"/numbers/{measure}.csv?{query}&feature={quote(name)}" for name in ground.features)


def _sources(ground: Ground) -> Iterator[str]:
    """All, those of each kind of evidence that there is, and of one that is none."""
    yield from ("/sources/", "/sources/?evidence=no-such-kind")
    yield from (f"/sources/?evidence={kind}" for kind in ground.evidence)


def _changes(ground: Ground) -> Iterator[str]:
    return (f"{address}changes/" for address in _old_editions(ground))


def _updates(ground: Ground) -> Iterator[str]:
    """All, of each kind and of each condition, a page too far, and filters that are none."""
    yield from ("/updates/", "/updates/?page=2", "/updates/?page=none", "/updates/?kind=fact&condition=no-such")
    yield from (f"/updates/?kind={kind}" for kind in HISTORY_KINDS)
    yield from (f"/updates/?condition={slug}" for slug in ground.slugs["condition"])


# Words that stand nearly everywhere in what tests publish, and the beginning of all words that occur once.
SOUGHT = ("word", "zq", "zq0", "about", "study", "sclerosis", "one two", "no such thing")


def _searches(ground: Ground) -> Iterator[str]:
    """By words of the content, by kind and condition, a second page, by each address, and what is refused."""
    yield from ("/search/", "/search/?q=", "/search/?q=the", "/search/?q=word&kind=nothing", "/search/?q=word&page=0")
    for word in SOUGHT:
        yield from (f"/search/?q={word}", f"/search/?q={word}&page=2")
    kinds = ("condition", "comparison", "faq", "fact", "form", "term", "source")
    yield from (f"/search/?q=word&kind={kind}" for kind in kinds)
    yield from (f"/search/?q=word&condition={slug}" for slug in ground.slugs["condition"])
    slugs = [slug.replace("-", "+") for slug in ground.slugs["condition"]]
    yield from (f"/search/?q={first}+vs+{second}" for first, second in combinations(slugs, 2))


def _suggestions(ground: Ground) -> Iterator[str]:
    yield from (f"/search/suggestions/?q={word}" for word in ("", "w", *SOUGHT))


INVENTORY: dict[str, Callable[[Ground], Iterable[str]]] = {
    "": _one("/"),
    "conditions/": _one("/conditions/", "/conditions/?letter=A"),
    "conditions/<slug>/": _pages("condition", "/conditions/{}/", with_days=True),
    "compare/": _compare,
    "compare/<slug>/": _pages("comparison", "/compare/{}/", with_days=True),
    "faqs/": _one("/faqs/", "/faqs/?q=word", "/faqs/?q=zq", "/faqs/?condition=none", "/faqs/?q=word&page=9"),
    "faqs/<slug>/": _pages("faq", "/faqs/{}/", with_days=True),
    "sources/": _sources,
    "sources/<key>/": _pages("citation", "/sources/{}/"),
    "glossary/": _one("/glossary/"),
    "search/": _searches,
    "search/suggestions/": _suggestions,
    "history/<kind>/<slug>/": _history_pages,
    "history/<kind>/<slug>/<number>/": _old_editions,
    "history/<kind>/<slug>/<number>/changes/": _changes,
    "updates/": _updates,
    "updates/corrections/": _one("/updates/corrections/", "/updates/corrections/?kind=citation"),
    "updates/feed/": _one("/updates/feed/"),
    "pictures/<sha256>/": lambda ground: [f"/pictures/{sha256}/" for sha256 in ground.pictures],
    "numbers/<measure>.csv": _numbers,
    "robots.txt": _one("/robots.txt"),
    ".well-known/security.txt": _one("/.well-known/security.txt"),
    "sitemap.xml": _one("/sitemap.xml"),
    "sitemap-<number>.xml": _one("/sitemap-1.xml", "/sitemap-2.xml"),
    "sources/<key>/references.<ending>": _references("citation", "/sources/{}/"),
    "conditions/<slug>/references.<ending>": _references("condition", "/conditions/{}/"),
    "compare/<slug>/references.<ending>": _references("comparison", "/compare/{}/"),
    "faqs/<slug>/references.<ending>": _references("faq", "/faqs/{}/"),
    "share/site/<digest>.png": _one("/share/site/0.png"),
    "share/<kind>/<slug>/<digest>.png": _share_pictures,
    "api/v1/conditions": _api_list("conditions", has_table=True),
    "api/v1/conditions/<slug>": _api_items("condition", "conditions"),
    "api/v1/facts": _api_list("facts", "condition=no-such-condition", "kind=quantity", has_table=True),
    "api/v1/facts/<key>": _api_items("fact", "facts"),
    "api/v1/comparisons": _api_list("comparisons"),
    "api/v1/comparisons/<slug>": _pages("comparison", f"{API}/comparisons/{{}}", with_days=True),
    "api/v1/compare": _api_compare,
    "api/v1/faqs": _api_list("faqs", has_table=True),
    "api/v1/faqs/<slug>": _api_items("faq", "faqs"),
    "api/v1/sources": _api_list("sources", has_table=True),
    "api/v1/sources/<key>": _api_items("citation", "sources"),
    "api/v1/terms": _api_list("terms"),
    "api/v1/terms/<slug>": _api_items("term", "terms"),
    "api/v1/topics": _api_list("topics"),
    "api/v1/editions/<kind>/<slug>": _api_editions(_histories),
    "api/v1/editions/<kind>/<slug>/<number>": _api_editions(_old_editions),
    "api/v1/openapi.json": _one(f"{API}/openapi.json"),
    "api/v1/docs/": _one(f"{API}/docs/"),
    "api/v1/<address>": _one(f"{API}/", f"{API}/no-such-noun"),
    "feedback/": _feedback,
    "feedback/thanks/": _one("/feedback/thanks/", "/feedback/thanks/?about=//example.org/"),
    "about/": _one("/about/"),
    "editorial-policy/": _one("/editorial-policy/"),
    "privacy/": _one("/privacy/"),
    "accessibility/": _one("/accessibility/"),
}


def list_public_urls() -> list[str]:
    """Every public address of the current database, each once, and one that does not exist."""
    ground = Ground.load()
    found = [address for list_addresses in INVENTORY.values() for address in list_addresses(ground)]
    return list(dict.fromkeys([*found, "/no-such-page/"]))


def list_some_urls(of_each: int) -> list[str]:
    """So many addresses of each route, and one that does not exist: the others differ in their content."""
    ground = Ground.load()
    found = chain.from_iterable(islice(list_addresses(ground), of_each) for list_addresses in INVENTORY.values())
    return [*dict.fromkeys(found), "/no-such-page/"]

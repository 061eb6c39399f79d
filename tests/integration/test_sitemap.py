"""The sitemap keeps the rules of sitemaps.org, lists what is public and nothing else, and tells true dates."""

import re
from datetime import date
from urllib.parse import urlsplit

import pgtrigger
import pytest
from django.test import Client
from lxml import etree

from comparisons import sitemap
from conditions.presenting import say_date
from editorial.models import Edition
from tests.factories import make_condition
from tests.reading import find_meta, get_words
from tests.rich_content import RichSite, build_rich_site
from tests.steps import current, edit, retire, revise

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ORDER = ["loc", "lastmod", "changefreq", "priority", "link"]


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


def read(client: Client, path: str = "/sitemap.xml") -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return etree.fromstring(response.content)


def list_locations(root: etree._Element) -> list[str]:
    return [text.removeprefix(SITE) for text in root.xpath("//s:loc/text()", namespaces=NAMESPACES)]


def find_faults(root: etree._Element) -> list[str]:
    """Where a urlset breaks https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd."""
    faults = [] if root.tag == f"{{{NAMESPACES['s']}}}urlset" else [f"The root is {root.tag}."]
    locations = list_locations(root)
    faults += [f"{place} is there twice." for place in set(locations) if locations.count(place) > 1]
    for url in root:
        names = [etree.QName(child).localname for child in url]
        if names != sorted(names, key=ORDER.index) or names.count("loc") != 1 or names.count("lastmod") > 1:
            faults.append(f"An entry has {names}.")
        for address in (url[0].text, *url.xpath("x:link/@href", namespaces=NAMESPACES)):
            if not address.startswith(f"{SITE}/") or len(address) > 2048 or urlsplit(address).fragment:
                faults.append(f"{address} is no address of the site.")
        for day in url.xpath("s:lastmod/text()", namespaces=NAMESPACES):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?", day):
                faults.append(f"{day} is no date.")
    return faults


def test_it_keeps_the_rules_and_every_address_in_it_is_a_page(client: Client, site: RichSite) -> None:
    root = read(client)

    paths = list_locations(root)
    assert find_faults(root) == []
    assert len(paths) > 30
    answers = {path: client.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert [path for path, answer in answers.items() if find_meta(answer, "robots")] == []


def test_each_page_is_there_in_both_languages_that_name_each_other(client: Client, site: RichSite) -> None:
    root = read(client)

    paths = set(list_locations(root))
    assert {"/", "/conditions/stiffness/", "/compare/stiffness-vs-hardness/", "/faqs/can-one-have-both/"} <= paths
    assert {"/sources/sound/", "/glossary/", "/about/", "/es/", "/es/conditions/stiffness/", "/es/glossary/"} <= paths
    [spanish] = root.xpath(f"//s:url[s:loc='{SITE}/es/conditions/stiffness/']", namespaces=NAMESPACES)
    links = {link.get("hreflang"): link.get("href") for link in spanish.findall("x:link", NAMESPACES)}
    english = f"{SITE}/conditions/stiffness/"
    assert links == {"en": english, "es": f"{SITE}/es/conditions/stiffness/", "x-default": english}


def find_day(root: etree._Element, path: str) -> str | None:
    days = root.xpath(f"//s:url[s:loc='{SITE}{path}']/s:lastmod/text()", namespaces=NAMESPACES)
    return days[0] if days else None


def test_the_day_is_the_one_that_the_page_shows(client: Client, site: RichSite) -> None:
    for number, edition in enumerate(Edition.objects.public(), start=1):
        _date(edition, f"2026-02-{number:02}")

    dated = {url[0].text: url.findtext("s:lastmod", namespaces=NAMESPACES) for url in read(client)}

    dated = {url.removeprefix(SITE): date.fromisoformat(day) for url, day in dated.items() if day and "/es/" not in url}
    assert len(dated) > 8
    for path, day in dated.items():
        shown = re.findall(r"[Ll]ast changed:?(?: on)? (\d+ \w+ \d{4})", get_words(client.get(path)))
        assert set(shown) == {say_date(day)}, path


def test_a_comparison_changes_with_its_conditions_and_its_questions(client: Client, site: RichSite) -> None:
    for day, item in enumerate((site.comparison, site.faq, site.hardness, site.stiffness), start=1):
        _date(current(item), f"2026-02-{day:02}")
    assert find_day(read(client), "/compare/stiffness-vs-hardness/") == "2026-02-04"

    _date(current(site.faq), "2026-04-01")

    assert find_day(read(client), "/compare/stiffness-vs-hardness/") == "2026-04-01"
    assert find_day(read(client), "/about/") is None


def _date(edition: Edition, day: str) -> None:
    """As if the words had changed on that day: the database itself refuses to let an edition change."""
    with pgtrigger.ignore("editorial.Edition:immutable"):
        Edition.objects.filter(pk=edition.pk).update(content_changed_at=f"{day}T12:00Z")


def test_a_withdrawn_page_and_what_stands_on_it_are_gone_at_once(client: Client, site: RichSite) -> None:
    retire(site.hardness)

    paths = list_locations(read(client))

    assert "/conditions/stiffness/" in paths
    assert not {path for path in paths if "hardness" in path}


def test_a_draft_changes_nothing_not_even_the_headers(client: Client, site: RichSite) -> None:
    before = client.get("/sitemap.xml")
    edit(site.stiffness, slug="canary", name="Canary")
    make_condition(slug="canary-two")

    after = client.get("/sitemap.xml")

    assert after.content == before.content
    assert (after["ETag"], after["Last-Modified"]) == (before["ETag"], before["Last-Modified"])


def test_who_has_it_already_is_told_so_until_something_changes(client: Client, site: RichSite) -> None:
    first = client.get("/sitemap.xml")
    asked = [{"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}]

    assert [client.get("/sitemap.xml", headers=headers).status_code for headers in asked] == [304, 304]
    revise(site.term, slug="other", preferred="Other")
    retire(site.rigidity)
    assert client.get("/sitemap.xml", headers=asked[0]).status_code == 200


def test_too_many_addresses_for_one_file_are_in_several(
    client: Client, site: RichSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list_locations(read(client))
    monkeypatch.setattr(sitemap, "MOST_IN_A_PART", 4)

    index = read(client)

    parts = list_locations(index)
    assert index.tag == f"{{{NAMESPACES['s']}}}sitemapindex"
    assert [place for part in parts for place in list_locations(read(client, part))] == whole
    assert len(parts) == -(-len(whole) // (2 * 4))
    for number in (0, len(parts) + 1, 10**30):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_a_comparison_changes_with_what_stands_in_other_files(
    client: Client, site: RichSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST_IN_A_PART", 1)
    for edition in Edition.objects.public():
        _date(edition, "2026-01-01")
    path = "/compare/stiffness-vs-hardness/"
    [part] = [part for part in list_locations(read(client)) if path in list_locations(read(client, part))]

    for item, day in ((site.hardness, "2026-04-01"), (site.faq, "2026-05-01")):
        _date(current(item), day)
        assert find_day(read(client, part), path) == day


def test_a_site_without_content_has_its_own_pages(client: Client) -> None:
    assert "/about/" in list_locations(read(client))


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("<loc>/relative/</loc>", "no address of the site"),
        (f"<loc>{SITE}/</loc><lastmod>3 March</lastmod>", "no date"),
        (f"<lastmod>2026-03-01</lastmod><loc>{SITE}/</loc>", "An entry has"),
        (f"<loc>{SITE}/a</loc></url><url><loc>{SITE}/a</loc>", "twice"),
    ],
)
def test_the_checks_find_faults(entry: str, fault: str) -> None:
    root = etree.fromstring(f'<urlset xmlns="{NAMESPACES["s"]}"><url>{entry}</url></urlset>')

    assert fault in " ".join(find_faults(root))

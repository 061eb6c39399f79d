"""Files of references: those of the page, in its order, from editions, and gone with it."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.reading import list_links
from tests.rich_content import RichSite, build_rich_site
from tests.steps import edit, retire, revise

pytestmark = pytest.mark.django_db

PAGES = ["/conditions/stiffness/", "/compare/stiffness-vs-hardness/", "/faqs/can-one-have-both/", "/sources/sound/"]


@pytest.fixture
def site() -> RichSite:
    return build_rich_site()


def read_keys(response: HttpResponse) -> list[str]:
    return [item["id"] for item in json.loads(response.content)]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_leads_to_its_references_in_three_formats(client: Client, site: RichSite, page: str) -> None:
    links = [link for link in list_links(client.get(page)) if "references." in link]

    assert [link.removeprefix(page) for link in links] == ["references.ris", "references.bib", "references.csl.json"]
    types = [client.get(link)["Content-Type"].split(";")[0] for link in links]
    assert types == [
        "application/x-research-info-systems",
        "application/x-bibtex",
        "application/vnd.citationstyles.csl+json",
    ]


@pytest.mark.parametrize("page", PAGES[:3])
def test_the_file_has_the_sources_of_the_page_in_its_order(client: Client, site: RichSite, page: str) -> None:
    shown = [link.split("/")[2] for link in list_links(client.get(page)) if link.startswith("/sources/")]

    response = client.get(f"{page}references.csl.json")

    assert read_keys(response) == list(dict.fromkeys(shown))
    assert len(shown) > 0
    name = page.split("/")[2]
    assert response["Content-Disposition"] == f'attachment; filename="{name}.csl.json"'
    assert response["X-Robots-Tag"] == "noindex"


def test_a_spanish_page_leads_to_the_same_files_and_an_old_version_to_none(client: Client, site: RichSite) -> None:
    assert "/conditions/stiffness/references.ris" in list_links(client.get("/es/conditions/stiffness/"))
    today = client.get("/conditions/stiffness/?as_of=2199-01-01")
    assert not [link for link in list_links(today) if "references." in link]


def test_drafts_and_withdrawn_sources_are_in_no_file(client: Client, site: RichSite) -> None:
    source = next(iter(site.stiffness.definition_citations.filter(key="sound")))
    edit(source, title="Canary")

    for page in PAGES:
        content = client.get(f"{page}references.ris").content.decode()
        assert "Canary" not in content
        assert "doomed" not in content
    revise(source, title="Approved title")
    assert "Approved title" in client.get("/conditions/stiffness/references.ris").content.decode()


def test_the_files_of_a_withdrawn_page_are_gone_and_unknown_ones_not_found(client: Client, site: RichSite) -> None:
    retire(site.hardness)

    assert client.get("/conditions/hardness/references.ris").status_code == 410
    assert client.get("/compare/stiffness-vs-hardness/references.bib").status_code == 410
    assert client.get("/sources/doomed/references.bib").status_code == 410
    assert client.get("/sources/no-such/references.bib").status_code == 404
    assert client.get("/conditions/stiffness/references.pdf").status_code == 404


def test_the_files_of_a_page_that_moved_are_at_its_new_address(client: Client, site: RichSite) -> None:
    revise(site.faq, slug="both-at-once")

    response = client.get("/faqs/can-one-have-both/references.csl.json")

    assert response.headers["Location"] == "/faqs/both-at-once/references.csl.json"

"""What is wrong with the markup of a page, as sentences. No opinion on how it looks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import html5lib
from bs4 import BeautifulSoup, Tag

_LABELLED = "input:not([type=hidden], [type=submit], [type=button], [type=reset]), select, textarea"


def find_faults(html: str) -> list[str]:
    """Sentences about the page; an empty list for a page without fault."""
    return [*_syntax(html), *_structure(BeautifulSoup(html, "html5lib"))]


def _syntax(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html)
    for (line, column), code, values in parser.errors:
        source = html.splitlines()[line - 1][max(0, column - 80) : column + 20] if line else ""
        yield f"Line {line}: {code} {values} near {source.strip()!r}"


def _structure(page: BeautifulSoup) -> Iterator[str]:
    yield from _identity(page)
    yield from _headings(page)
    yield from _names(page)


def _identity(page: BeautifulSoup) -> Iterator[str]:
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    yield from (f"The id “{name}” is used {times} times." for name, times in ids.items() if times > 1)
    for link in page.select("a[href^='#']"):
        if link["href"][1:] not in ids:
            yield f"The link “{link.get_text(strip=True)}” leads to {link['href']}, which is not there."
    for tag in page.select("[aria-labelledby], [aria-describedby], label[for]"):
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in (tag.get(name) or "").split():
                if target not in ids:
                    yield f"<{tag.name} {name}={target}> names an element that is not there."


def _headings(page: BeautifulSoup) -> Iterator[str]:
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    if levels.count(1) != 1:
        yield f"The page has {levels.count(1)} first headings."
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}."
    for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        if not tag.get_text(strip=True):
            yield f"An <{tag.name}> is empty."


def _names(page: BeautifulSoup) -> Iterator[str]:
    if not (page.title and page.title.get_text(strip=True)):
        yield "The page has no title."
    if not (page.html and page.html.get("lang")):
        yield "The page does not say its language."
    for control in page.select(_LABELLED):
        if not _has_label(page, control):
            yield f"The control “{control.get('name')}” has no label."
    for image in page.find_all("img"):
        if image.get("alt") is None:
            yield f"The picture {image.get('src')} has no alternative text."
    for link in page.find_all("a"):
        if not (link.get_text(strip=True) or link.get("aria-label")):
            yield f"The link to {link.get('href')} has no words."
    for table in page.find_all("table"):
        yield from _table(table)
    for table in page.select("[role='table']"):
        yield from _table_of_roles(page, table)
    if page.select("[style], style, script:not([src], [type='application/ld+json'])"):
        yield "The page holds an inline style or script, which the Content-Security-Policy forbids."


def _has_label(page: BeautifulSoup, control: Tag) -> bool:
    return bool(control.get("aria-label") or page.find("label", attrs={"for": control.get("id")}))


def _table(table: Tag) -> Iterator[str]:
    if table.caption is None:
        yield "A table has no caption."
    for header in table.find_all("th"):
        if header.get("scope") not in ("col", "row"):
            yield f"The header “{header.get_text(strip=True)}” does not say its scope."
    yield from _ragged(len(row.find_all(["th", "td"])) for row in table.find_all("tr"))


def _table_of_roles(page: BeautifulSoup, table: Tag) -> Iterator[str]:
    if not page.find(id=table.get("aria-labelledby", "")):
        yield "A table has no name."
    yield from _ragged(len(row.find_all(recursive=False)) for row in table.select("[role='row']"))


def _ragged(widths: Iterable[int]) -> Iterator[str]:
    different = sorted(set(widths))
    if len(different) > 1:
        yield f"The rows of a table have different numbers of cells: {different}."

"""What readers see of a page, to tell whether two versions of it say the same."""

from bs4 import BeautifulSoup

_APART = "svg, .key, .definition, .figure"
"""Pictures of numbers and their tables, and what only opens when it is asked for."""


def read_words(html: bytes) -> list[str]:
    """The words of the page between its head and its foot, in their order, pictures of numbers left out."""
    main = _find_main(html)
    for element in main.select(_APART):
        element.decompose()
    for mark in main.select("button.term"):
        mark.unwrap()
    # Read once more, for words that were marked are several texts until then.
    return BeautifulSoup(str(main), "html.parser").get_text(" ").split()


def read_figures(html: bytes) -> list[str]:
    """The titles of the pictures of numbers."""
    return [heading.get_text() for heading in _find_main(html).select("figure h3, figure h4")]


def _find_main(html: bytes) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser").find("main")

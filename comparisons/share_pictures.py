"""What the pictures of comparisons and questions show where somebody shares their address."""

from collections.abc import Iterable

from conditions.named import PublicPage, list_pages
from conditions.naming import Name, name_of
from editorial import editions
from editorial.sharing import SharePicture, Toned


def of_comparison(slug: str) -> SharePicture:
    """Two queries. Raises what editions.get_current raises."""
    content = editions.get_current("comparison", slug).content
    pages = {page.subject_id: page for page in list_pages("condition", ids=content["conditions"])}
    names = [_name(pages[pk]) for pk in content["conditions"] if pk in pages]
    return picture_comparison(slug, content["title"], names)


def of_faq(slug: str) -> SharePicture:
    """One query. Raises what editions.get_current raises."""
    return picture_faq(slug, editions.get_current("faq", slug).content["question"])


def picture_comparison(slug: str, title: str, names: Iterable[Name]) -> SharePicture:
    return SharePicture(f"comparison/{slug}", title, tuple(Toned(name.full, name.tone) for name in names))


def picture_faq(slug: str, question: str) -> SharePicture:
    return SharePicture(f"faq/{slug}", question)


def _name(page: PublicPage) -> Name:
    return name_of(slug=page.slug, name=page.name, abbreviation=page.abbreviation, position=page.position)

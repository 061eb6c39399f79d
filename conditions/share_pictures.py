"""What the picture of a condition's page shows where somebody shares the address."""

from conditions.naming import Name, name_of
from editorial import editions
from editorial.sharing import SharePicture, Toned


def of_condition(slug: str) -> SharePicture:
    """One query. Raises what editions.get_current raises."""
    content = editions.get_current("condition", slug).content
    names = {field: content[field] for field in ("name", "abbreviation", "position")}
    return picture_condition(name_of(slug=slug, **names))


def picture_condition(name: Name) -> SharePicture:
    return SharePicture(f"condition/{name.slug}", name.name, (Toned(name.brief, name.tone),))

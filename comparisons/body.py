"""What a comparison page shows of its editions: HTML in the language of the answer. Pure.

It depends on nothing but the editions, so it can be kept for as long as these are the newest.
"""

from typing import Any

from django.template.loader import render_to_string

from comparisons.columns import list_changes
from comparisons.compose import compose
from comparisons.reading import Material
from comparisons.structured import describe_comparison_page
from conditions.content import Value
from conditions.naming import Name
from conditions.presenting import NOTHING_YET
from conditions.reviewing import ReviewNote
from editorial.languages import content_lang, interface_lang


class Body(Value):
    slug: str
    """Empty where nobody has written about these conditions together."""
    title: str
    path: str
    names: tuple[Name, ...]
    has_answer: bool
    description: str
    review: ReviewNote
    text: str
    """In which the words of the glossary are still to be marked."""
    sources: str
    marks: list[str]
    """Of sources, whose places are in the HTML: see `put_marks`."""
    structured: list[dict[str, Any]]
    """For machines."""


def make_body(material: Material, *, path: str, day: str = "", is_today: bool = True) -> Body:
    """`path` is that of the page with its query; `day` is that of an old version."""
    marks: list[str] = []
    page = compose(material.parts, curated=material.curated, path=path, drawn=marks)
    slug = material.curated.content.slug if material.curated else ""
    context = {
        "page": page,
        "request": {"path": path},  # What the end of a section leads to, on a page that is asked for.
        "changes": list_changes(page.names) if is_today else [],
        "nothing_yet": NOTHING_YET,
        "day": day,
        "exports_of": f"/compare/{slug}/" if slug and is_today else "",
        "content_lang": content_lang(),
        "interface_lang": interface_lang(),
    }
    return Body(
        slug=slug,
        title=page.title,
        path=path,
        names=page.names,
        has_answer=bool(page.answer),
        description=page.description,
        review=page.review,
        text=render_to_string("comparisons/_text.html", context),
        sources=render_to_string("_references_fold.html", {**context, "references": page.references}),
        marks=marks,
        structured=describe_comparison_page(page, material.curated) if is_today else [],
    )

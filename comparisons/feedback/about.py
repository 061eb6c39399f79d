"""What a report is about: a page, a part of it or a statement on it, as the editions have them now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparisons.parts import select_facts
from comparisons.picking import list_choices
from comparisons.reading import Material, read_chosen, read_curated
from conditions.content import CitationContent, ConditionContent, FactContent
from editorial import editions
from editorial.languages import local_path, neutral_path
from editorial.models import Edition
from editorial.registry import get_subject

LONGEST = 300
"""Of the path of a page; ours are shorter."""
_COMPARED = range(2, 5)
_FIXED = {
    "at-a-glance": gettext_lazy("At a glance"),
    "in-short": gettext_lazy("In short"),
    "shared": gettext_lazy("What they share"),
    "differences": gettext_lazy("How they differ"),
    "both": gettext_lazy("Can you have both?"),
    "confusions": gettext_lazy("What people confuse"),
    "forms": gettext_lazy("Forms"),
    "confused-with": gettext_lazy("Often confused with"),
    "questions": gettext_lazy("Questions"),
    "sources": gettext_lazy("Sources"),
    "codes": gettext_lazy("Codes"),
}
"""The parts of pages that no topic stands behind, by their anchors."""


class NoSuchStatement(Exception):
    """The page has no public statement with this key; `about` is the page."""

    def __init__(self, about: "About") -> None:
        self.about = about
        super().__init__(about.path)


@dataclass(frozen=True)
class Side:
    """A condition on the page, with its edition."""

    content: ConditionContent
    edition: Edition
    shown: Sequence[FactContent]
    """The facts that the page shows."""


@dataclass(frozen=True)
class About:
    path: str
    """Of the page, without a language in front."""
    page_name: str
    edition: Edition | None = None
    """What the report is tied to: the page’s, or that of the condition whose statement it is. Some pages have none."""
    sides: tuple[Side, ...] = ()
    section: str = ""
    section_name: str = ""
    fact: FactContent | None = None
    choices: tuple[tuple[str, list[tuple[str, str]]], ...] = ()
    """The statements of the part, by condition: (its name, [(key, words)])."""
    own_edition: Edition | None = None
    loose: Mapping[str, str] = field(default_factory=dict)
    """Headings of the page's own sections, by anchor."""

    @property
    def has_own_name(self) -> bool:
        """Whether editors named the page, so that its name is content; else the interface did."""
        return self.own_edition is not None and self.own_edition.kind != "glossary"

    @property
    def is_section_named(self) -> bool:
        """The same of the part."""
        return self.section not in _FIXED

    @property
    def statement(self) -> str:
        return _words(self.fact) if self.fact else ""

    @property
    def url(self) -> str:
        """Back to where the reader came from."""
        anchor = f"fact-{self.fact.key}" if self.fact else self.section
        return local_path(self.path) + (f"#{anchor}" if anchor else "")

    @property
    def seen(self) -> str:
        """The editions that this page shows, for the form to carry along: “41.12 7.9”, subject and number of each."""
        shown = [self.own_edition, *(side.edition for side in self.sides)]
        return " ".join(dict.fromkeys(f"{e.subject_id}.{e.number}" for e in shown if e is not None))


def find_about(path: str, *, fact: str = "", section: str = "") -> About:
    """Raises NoSuchStatement, NotPublished for a page that is not ours, and what reading editions raises.

    A part of the page that is not there is left out: names of parts change, and the page remains.
    """
    about = _find_page(neutral_path(path or "/"))
    about = _name_section(about, section)
    if not fact:
        return about
    for side in about.sides:
        for known in side.content.facts:
            if known.key == fact:
                return replace(about, fact=known, edition=side.edition)
    raise NoSuchStatement(about)


def find_seen(about: About, seen: str) -> Edition | None:
    """The edition that the reader had before them, of the subject that the report is tied to.

    `seen` comes back with the form and may be anything; what does not fit gives way to the edition of now.
    """
    edition = about.edition
    numbers = dict(pair.split(".", 1) for pair in seen.split() if pair.count(".") == 1)
    number = numbers.get(str(edition.subject_id), "") if edition else ""
    if not (number.isascii() and number.isdigit() and len(number) < 9) or int(number) == edition.number:
        return edition
    try:
        return editions.get_numbered(edition.kind, edition.slug, int(number))[1]
    except (editions.NotPublished, editions.Withdrawn, editions.Moved):
        return edition


def _find_page(path: str) -> About:
    bare, _mark, query = path.partition("#")[0].partition("?")
    if len(path) > LONGEST:
        raise editions.NotPublished(path)
    try:
        match = resolve(local_path(bare), urlconf=settings.PUBLIC_URLCONF)
    except Resolver404 as unknown:
        raise editions.NotPublished(path) from unknown
    chosen = parse_qs(query).get("with", [])
    if match.view_name == "comparison-list" and chosen:
        return _find_chosen(bare, chosen)
    return _find_named(bare, match)


def _find_named(path: str, match: ResolverMatch) -> About:
    """Any other page by its path alone: what was asked there, such as words to search for, is nobody's business."""
    reader = _READERS.get(match.view_name)
    if reader is not None:
        return reader(match.kwargs)
    if match.kwargs:
        raise editions.NotPublished(path)
    return About(path, path if path != "/" else _("The site as a whole"))


def _find_condition(kwargs: dict[str, Any]) -> About:
    edition = _get_current("condition", kwargs["slug"])
    content = ConditionContent.model_validate(edition.content)
    return _about(edition, content.name, (Side(content, edition, content.facts),))


def _find_comparison(kwargs: dict[str, Any]) -> About:
    try:
        material = read_curated(kwargs["slug"], None)
    except editions.Moved as moved:
        material = read_curated(moved.slug, None)
    about = _about(material.curated.edition, material.curated.content.title, _sides(material))
    loose = {f"section-{s.position}": s.heading for s in material.curated.content.sections if s.topic is None}
    return replace(about, loose=loose)


def _find_chosen(path: str, slugs: list[str]) -> About:
    ids = list_choices().ids
    if len(set(slugs)) not in _COMPARED or not ids.keys() >= set(slugs):
        raise editions.NotPublished(path)
    sides = _sides(read_chosen([ids[slug] for slug in slugs], None))
    names = ", ".join(side.content.name for side in sides)
    query = urlencode([("with", slug) for slug in slugs])
    return About(f"{path}?{query}", _("Comparison: %(names)s") % {"names": names}, sides=sides)


def _sides(material: Material) -> tuple[Side, ...]:
    return tuple(Side(part.content, part.edition, select_facts(part.content.facts)) for part in material.parts)


def _find_faq(kwargs: dict[str, Any]) -> About:
    edition = _get_current("faq", kwargs["slug"])
    return _about(edition, edition.content["question"])


def _find_source(kwargs: dict[str, Any]) -> About:
    edition = _get_current("citation", kwargs["key"])
    return _about(edition, CitationContent.model_validate(edition.content).title)


def _find_glossary(kwargs: dict[str, Any]) -> About:
    return _about(_get_current("glossary", "glossary"), _("Glossary"))


_READERS: dict[str, Callable[[dict[str, Any]], About]] = {
    "condition-detail": _find_condition,
    "comparison-detail": _find_comparison,
    "faq-detail": _find_faq,
    "source-detail": _find_source,
    "glossary-detail": _find_glossary,
}


def _get_current(kind: str, slug: str) -> Edition:
    try:
        return editions.get_current(kind, slug)
    except editions.Moved as moved:
        return editions.get_current(kind, moved.slug)


def _about(edition: Edition, name: str, sides: tuple[Side, ...] = ()) -> About:
    path = neutral_path(get_subject(edition.kind).url(edition.slug))
    return About(path, name, edition, sides, own_edition=edition)


def _name_section(about: About, section: str) -> About:
    """With the part's name, and its statements to choose from; as it was when there is no such part."""
    name = about.loose.get(section) or _FIXED.get(section, "")
    if name:
        return replace(about, section=section, section_name=str(name))
    topic = section.removeprefix("topic-") if section.startswith("topic-") else ""
    found = [(side.content.name, [f for f in side.shown if f.topic.slug == topic]) for side in about.sides]
    name = next((facts[0].topic.name for _name, facts in found if facts), "")
    if not name:
        return about
    choices = tuple((side, [(f.key, Truncator(_words(f)).chars(90)) for f in facts]) for side, facts in found if facts)
    return replace(about, section=section, section_name=name, choices=choices)


def _words(fact: FactContent) -> str:
    """The statement as its page has it: its label too, unless the text opens with the same words."""
    if fact.label and not fact.text.casefold().startswith(fact.label.casefold()):
        return f"{fact.label}: {fact.text}" if fact.text else fact.label
    return fact.text

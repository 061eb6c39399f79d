"""Editions → what a comparison page shows: zipped by topic, sources numbered in the order of the page. No queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comparisons.content import ComparisonContent, FAQContent, FrozenPoint, FrozenSection
from comparisons.figures import choose_together
from comparisons.page import (
    VERDICTS,
    Cell,
    ComparisonPage,
    Fold,
    Points,
    Question,
    Row,
    Side,
    Table,
    TopicSection,
)
from conditions.composing import HELP
from conditions.content import ConditionContent, FactContent, TopicContent
from conditions.figures import by_topic as by_figure_topic
from conditions.figures import list_numbers, make_figure
from conditions.markdown import plain
from conditions.naming import Name, name_of
from conditions.outcomes import say_outcomes
from conditions.presenting import References
from conditions.reviewing import Published, ReviewNote, note_review
from conditions.statements import by_topic, grow

FIRST_DIFFERENCES = 6
"""More differences than these at once are too many to take in; the rest is folded by topic."""
_SHOWN = ("key", "main")


@dataclass(frozen=True)
class Part:
    """A condition with the edition that it comes from."""

    content: ConditionContent
    edition: Published


@dataclass(frozen=True)
class Curated:
    """What editors wrote about these conditions together."""

    content: ComparisonContent
    edition: Published
    faqs: Sequence[FAQContent] = ()
    faq_editions: Sequence[Published] = ()
    """The editions of these questions, in the same order: what the page shows of them dates it too."""


def compose(parts: Sequence[Part], *, curated: Curated | None = None, path: str) -> ComparisonPage:
    """The page that compares these conditions, in this order; without `curated` it holds their facts alone."""
    return _Composer(parts, curated, path).compose()


class _Composer:
    def __init__(self, parts: Sequence[Part], curated: Curated | None, path: str) -> None:
        self._parts = parts
        self._curated = curated
        self._path = path
        contents = [part.content for part in parts]
        own = [curated.content, *curated.faqs] if curated else []
        self._references = References(*(c.references for c in (*contents, *own)))
        self._names = [_name(content) for content in contents]
        self._shown = [by_topic(select_facts(content.facts)) for content in contents]
        self._subtypes = [{s.slug: s.name for s in content.subtypes} for content in contents]
        self._outcomes = [say_outcomes(part.edition) for part in parts]
        self._topics = list_topics(contents, curated.content if curated else None)
        sections = curated.content.sections if curated else []
        self._sections = {s.topic.slug: s for s in sections if s.topic is not None}
        self._figures = by_figure_topic(choose_together([list_numbers(p.content, p.edition.number) for p in parts]))
        self._loose = [s for s in sections if s.topic is None]

    def compose(self) -> ComparisonPage:
        """In the order of the page, because that is how the sources get their numbers."""
        content = self._curated.content if self._curated else None
        review = self._note_review()
        title = content.title if content else _join([name.name for name in self._names])
        return ComparisonPage(
            title=title,
            path=self._path,
            names=tuple(self._names),
            answer=self._references.prose(content.answer) if content else mark_safe(""),
            summary=self._references.prose(content.summary) if content else mark_safe(""),
            picture=content.picture if content else None,
            table=self._table(review.last_reviewed),
            points=self._list_points(),
            sections=tuple(self._topic_sections()),
            having_both=self._say("co-occurrence"),
            help=next((self._topic_section(topic) for topic in self._topics if topic.aspect == HELP), None),
            questions=tuple(self._questions()),
            confusions=self._say("confusion"),
            references=self._references,
            review=review,
            description=plain(content.answer)
            if content
            else _("%(title)s: the reviewed facts side by side.") % {"title": title},
        )

    def _table(self, last_reviewed: str) -> Table:
        rows = [self._row(topic) for topic in self._topics if topic.in_table]
        rows = [row for row in rows if any(cell.items for cell in row.cells)]
        reviewed = _("Last reviewed %(day)s.") % {"day": last_reviewed} if last_reviewed else ""
        return Table(
            caption=" ".join(filter(None, (_("Key facts side by side."), reviewed))),
            names=tuple(self._names),
            rows=tuple(rows),
            has_verdicts=any(row.verdict for row in rows),
        )

    def _row(self, topic: TopicContent) -> Row:
        columns = zip(self._names, self._shown, strict=True)
        cells = tuple(Cell(name, self._items(shown.get(topic.slug, ()))) for name, shown in columns)
        section = self._sections.get(topic.slug)
        return Row(topic.slug, topic.question, cells, VERDICTS.get(section.verdict) if section else None)

    def _items(self, facts: Iterable[FactContent]) -> tuple[SafeString, ...]:
        key = (fact for fact in facts if fact.prominence == "key" and fact.short)
        return tuple(format_html("{}{}", fact.short, self._references.early_marks(fact)) for fact in key)

    def _topic_sections(self) -> Iterable[TopicSection]:
        for topic in self._topics:
            if topic.aspect != HELP:
                yield self._topic_section(topic)
        for section in self._loose:
            yield TopicSection(
                slug="",
                anchor=f"section-{section.position}",
                brief=section.heading,
                heading=section.heading,
                verdict=VERDICTS.get(section.verdict),
                lead=self._references.prose(section.lead),
                sides=(),
            )

    def _topic_section(self, topic: TopicContent) -> TopicSection:
        section: FrozenSection | None = self._sections.get(topic.slug)
        lead = self._references.prose(section.lead) if section else mark_safe("")
        figures = tuple(make_figure(chosen, self._references) for chosen in self._figures.get(topic.slug, ()))
        columns = zip(self._names, self._shown, self._subtypes, self._outcomes, strict=True)
        sides = [
            Side(name, grow(shown.get(topic.slug, ()), self._references, subtypes, outcomes))
            for name, shown, subtypes, outcomes in columns
        ]
        return TopicSection(
            slug=topic.slug,
            anchor=f"topic-{topic.slug}",
            brief=topic.name,
            heading=section.heading if section else topic.question,
            verdict=VERDICTS.get(section.verdict) if section else None,
            lead=lead,
            sides=tuple(sides),
            figures=figures,
        )

    def _list_points(self) -> Points:
        differences = self._choose("difference")
        return Points(
            differences=tuple(_say(point, self._references) for point in differences[:FIRST_DIFFERENCES]),
            more_differences=_fold(differences[FIRST_DIFFERENCES:], self._references),
            shared=self._say("similarity"),
        )

    def _say(self, kind: str) -> tuple[SafeString, ...]:
        return tuple(_say(point, self._references) for point in self._choose(kind))

    def _choose(self, kind: str) -> list[FrozenPoint]:
        points = self._curated.content.points if self._curated else ()
        return [point for point in points if point.kind == kind]

    def _questions(self) -> Iterable[Question]:
        faqs = self._curated.faqs if self._curated else ()
        for faq in sorted(faqs, key=lambda faq: (faq.position, faq.slug)):
            answer = self._references.prose(faq.answer)
            yield Question(faq.slug, faq.question, answer)

    def _note_review(self) -> ReviewNote:
        named = [(name.name, part.edition, part.content) for name, part in zip(self._names, self._parts, strict=True)]
        if self._curated:
            named.insert(0, (_("This comparison"), self._curated.edition, self._curated.content))
        faqs = zip(self._curated.faq_editions, self._curated.faqs, strict=False) if self._curated else ()
        searched = [part.content.evidence_searched_on for part in self._parts]
        return note_review(named, also=list(faqs), searched=searched, path=self._path)


def _fold(points: Sequence[FrozenPoint], references: References) -> tuple[Fold, ...]:
    by_name: dict[str, list[FrozenPoint]] = {}
    for point in points:
        by_name.setdefault(point.topic.name if point.topic else _("More"), []).append(point)
    return tuple(
        Fold(heading, tuple(_say(point, references) for point in members)) for heading, members in by_name.items()
    )


def _say(point: FrozenPoint, references: References) -> SafeString:
    """The sentence with its sources: those in its Markdown in place, the others after it."""
    text = references.prose_line(point.text)
    return text + references.marks(point.citations)


def list_topics(contents: Sequence[ConditionContent], curated: ComparisonContent | None) -> list[TopicContent]:
    """The topics that hold anything, in order; one topic has one name, the newest where editions differ."""
    topics = {s.topic.slug: s.topic for s in (curated.sections if curated else ()) if s.topic}
    for content in contents:
        topics.update({fact.topic.slug: fact.topic for fact in select_facts(content.facts)})
    return sorted(topics.values(), key=lambda topic: (topic.position, topic.slug))


def select_facts(facts: Sequence[FactContent]) -> list[FactContent]:
    """Key and main facts, and what belongs under those that would be incomplete without it."""
    kept = {fact.key for fact in facts if fact.prominence in _SHOWN}
    needed = {fact.key for fact in facts if fact.key in kept and _needs_children(fact)}
    while found := {f.key for f in facts if f.parent in needed and f.key not in needed}:
        needed |= found
    return [fact for fact in facts if fact.key in kept | needed]


def _needs_children(fact: FactContent) -> bool:
    return fact.rule in ("all_of", "at_least") or fact.kind == "criterion" or fact.text.rstrip().endswith(":")


def _name(content: ConditionContent) -> Name:
    return name_of(slug=content.slug, name=content.name, abbreviation=content.abbreviation, position=content.position)


def _join(names: Sequence[str]) -> str:
    return _("%(names)s and %(last)s, compared") % {"names": ", ".join(names[:-1]), "last": names[-1]}

"""Editions → what a comparison page shows: zipped by topic, sources numbered in the order of the page. No queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comparisons.content import ComparisonContent, FAQContent, FrozenPoint
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
from comparisons.parts import Answer, Column, TopicColumn, Words, make_answer, make_column, make_words
from conditions.composing import HELP, name_of_condition
from conditions.content import ConditionContent, TopicContent
from conditions.figures import by_topic as by_figure_topic
from conditions.figures import list_numbers, make_figure
from conditions.outcomes import say_outcomes
from conditions.presenting import References
from conditions.reviewing import Published, ReviewNote, note_review

_Point = tuple[FrozenPoint, str]
FIRST_DIFFERENCES = 6
"""More differences than these at once are too many to take in; the rest is folded by topic."""


@dataclass(frozen=True)
class Part:
    """A condition with the edition that it comes from."""

    content: ConditionContent
    edition: Published
    column: Column | None = None
    """What the page shows of it, where that is kept; then `content` is without the facts that only their HTML needs."""

    def get_column(self) -> Column:
        return self.column or make_column(self.content, say_outcomes(self.edition))


@dataclass(frozen=True)
class Curated:
    """What editors wrote about these conditions together."""

    content: ComparisonContent
    edition: Published
    faqs: Sequence[FAQContent] = ()
    faq_editions: Sequence[Published] = ()
    """The editions of these questions, in the same order: what the page shows of them dates it too."""
    words: Words | None = None
    """What the page shows of the content, where that is kept."""
    answers: Sequence[Answer] = ()
    """The same of the questions."""


def compose(
    parts: Sequence[Part], *, curated: Curated | None = None, path: str, drawn: list[str] | None = None
) -> ComparisonPage:
    """The page that compares these conditions, in this order; without `curated` it holds their facts alone.

    `drawn` is where marks are kept apart: see `References`.
    """
    return _Composer(parts, curated, path, drawn).compose()


class _Composer:
    def __init__(self, parts: Sequence[Part], curated: Curated | None, path: str, drawn: list[str] | None) -> None:
        self._parts = parts
        self._curated = curated
        self._path = path
        contents = [part.content for part in parts]
        own = [curated.content, *curated.faqs] if curated else []
        self._references = References(*(c.references for c in (*contents, *own)), drawn=drawn)
        self._names = [name_of_condition(content) for content in contents]
        self._words = (curated.words or make_words(curated.content)) if curated else None
        columns = [part.get_column() for part in parts]
        self._columns = [{shown.topic.slug: shown for shown in column.topics} for column in columns]
        self._in_short = tuple(column.in_short for column in columns)
        topics = (shown.topic for column in columns for shown in column.topics)
        self._topics = list_topics(topics, curated.content if curated else None)
        sections = list(zip(curated.content.sections, self._words.leads, strict=True)) if self._words else []
        self._sections = {s.topic.slug: (s, lead) for s, lead in sections if s.topic is not None}
        self._loose = [(s, lead) for s, lead in sections if s.topic is None]
        self._figures = by_figure_topic(choose_together([list_numbers(content) for content in contents]))

    def compose(self) -> ComparisonPage:
        """In the order of the page, because that is how the sources get their numbers."""
        content = self._curated.content if self._curated else None
        words, fill = self._words, self._references.fill
        review = self._note_review()
        title = content.title if content else _join([name.name for name in self._names])
        return ComparisonPage(
            title=title,
            path=self._path,
            names=tuple(self._names),
            answer=fill(words.answer) if words else mark_safe(""),
            summary=fill(words.summary) if words else mark_safe(""),
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
            description=words.description
            if words
            else _("%(title)s: the reviewed facts side by side.") % {"title": title},
            in_short=self._in_short,
            signs=tuple(words.signs) if words and len(self._parts) == 2 else (),
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
        columns = zip(self._names, self._columns, strict=True)
        cells = tuple(Cell(name, self._items(shown.get(topic.slug))) for name, shown in columns)
        section, _lead = self._sections.get(topic.slug, (None, None))
        return Row(topic.slug, topic.question, cells, VERDICTS.get(section.verdict) if section else None)

    def _items(self, shown: TopicColumn | None) -> tuple[SafeString, ...]:
        return tuple(map(self._references.fill, shown.items)) if shown else ()

    def _topic_sections(self) -> Iterable[TopicSection]:
        for topic in self._topics:
            if topic.aspect != HELP:
                yield self._topic_section(topic)
        for section, lead in self._loose:
            yield TopicSection(
                slug="",
                anchor=f"section-{section.position}",
                brief=section.heading,
                heading=section.heading,
                verdict=VERDICTS.get(section.verdict),
                lead=self._references.fill(lead),
                sides=(),
            )

    def _topic_section(self, topic: TopicContent) -> TopicSection:
        section, words = self._sections.get(topic.slug, (None, None))
        lead = self._references.fill(words) if words else mark_safe("")
        figures = tuple(make_figure(chosen, self._references) for chosen in self._figures.get(topic.slug, ()))
        columns = zip(self._names, self._columns, strict=True)
        sides = [Side(name, self._draw_side(shown.get(topic.slug))) for name, shown in columns]
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

    def _draw_side(self, shown: TopicColumn | None) -> SafeString:
        return self._references.fill(shown.statements) if shown else mark_safe("")

    def _list_points(self) -> Points:
        differences = self._choose("difference")
        return Points(
            differences=self._fill(differences[:FIRST_DIFFERENCES]),
            more_differences=self._fold(differences[FIRST_DIFFERENCES:]),
            shared=self._say("similarity"),
        )

    def _fold(self, points: Sequence[_Point]) -> tuple[Fold, ...]:
        by_name: dict[str, list[_Point]] = {}
        for point, words in points:
            by_name.setdefault(point.topic.name if point.topic else _("More"), []).append((point, words))
        return tuple(Fold(heading, self._fill(members)) for heading, members in by_name.items())

    def _say(self, kind: str) -> tuple[SafeString, ...]:
        return self._fill(self._choose(kind))

    def _choose(self, kind: str) -> list[_Point]:
        points = zip(self._words.content.points, self._words.points, strict=True) if self._words else ()
        return [(point, words) for point, words in points if point.kind == kind]

    def _fill(self, points: Iterable[_Point]) -> tuple[SafeString, ...]:
        return tuple(self._references.fill(words) for _point, words in points)

    def _questions(self) -> Iterable[Question]:
        curated = self._curated
        answers = (curated.answers or map(make_answer, curated.faqs)) if curated else ()
        for shown in sorted(answers, key=lambda shown: (shown.content.position, shown.content.slug)):
            yield Question(shown.content.slug, shown.content.question, self._references.fill(shown.answer))

    def _note_review(self) -> ReviewNote:
        named = [(name.name, part.edition, part.content) for name, part in zip(self._names, self._parts, strict=True)]
        if self._curated:
            named.insert(0, (_("This comparison"), self._curated.edition, self._curated.content))
        faqs = zip(self._curated.faq_editions, self._curated.faqs, strict=False) if self._curated else ()
        searched = [part.content.evidence_searched_on for part in self._parts]
        return note_review(named, also=list(faqs), searched=searched, path=self._path)


def list_topics(topics: Iterable[TopicContent], curated: ComparisonContent | None) -> list[TopicContent]:
    """The topics that hold anything, in order; one topic has one name, the newest where editions differ."""
    known = {s.topic.slug: s.topic for s in (curated.sections if curated else ()) if s.topic}
    known.update({topic.slug: topic for topic in topics})
    return sorted(known.values(), key=lambda topic: (topic.position, topic.slug))


def _join(names: Sequence[str]) -> str:
    return _("%(names)s and %(last)s, compared") % {"names": ", ".join(names[:-1]), "last": names[-1]}

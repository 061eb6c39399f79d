"""The two large parts of a comparison page as HTML: the table at its head, and topic by topic what each side says.

They are many small parts on every page, so they are written here and not by a template.
"""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from comparisons.page import Cell, Row, Side, Table, TopicSection, Verdict
from conditions.figure_html import draw_figure
from conditions.naming import Name
from conditions.presenting import NOTHING_YET
from conditions.section_ends import SectionEnds
from editorial.languages import content_lang, interface_lang


def draw_table(table: Table) -> SafeString:
    """Of elements that are none: HTML allows no roles in a <table>, and small screens stack the cells, which takes its
    meaning away."""
    # Words stand outside of f-strings, where the collector of words finds none.
    caption, question, verdict = escape(table.caption), escape(_("Question")), escape(_("Same or different?"))
    rows = "".join(_draw_row(row, has_verdicts=table.has_verdicts) for row in table.rows)
    verdicts = f'\n<div role="columnheader">{verdict}</div>' if table.has_verdicts else ""
    return mark_safe(
        f'<p class="caption" id="key-facts">{caption}</p>\n'
        '<div class="table-scroll" role="region" aria-labelledby="key-facts" tabindex="0">\n'
        f'<div class="glance glance-{len(table.names)}" role="table" aria-labelledby="key-facts">\n'
        f'<div role="rowgroup">\n<div role="row">\n<div role="columnheader">{question}</div>\n'
        f"{''.join(map(_draw_head, table.names))}{verdicts}\n</div>\n</div>\n"
        f'<div role="rowgroup">\n{rows}</div>\n</div>\n</div>'
    )


def _draw_head(name: Name) -> str:
    link = f'<a class="tone-name" href="{escape(name.url)}">{escape(name.full)}</a>'
    return f'<div role="columnheader" class="tone-{name.tone}"{content_lang()}>{link}</div>'


def _draw_row(row: Row, *, has_verdicts: bool) -> str:
    verdict = ""
    if has_verdicts:
        nothing = escape(_("not judged"))
        said = _draw_verdict(row.verdict) if row.verdict else f'<span class="nothing">{nothing}</span>'
        verdict = f'<div role="cell" class="verdict-cell">{said}</div>\n'
    link = f'<a href="#topic-{escape(row.slug)}">{escape(row.question)}</a>'
    return (
        f'<div role="row">\n<div role="rowheader"{content_lang()}>{link}</div>\n'
        f"{''.join(map(_draw_cell, row.cells))}{verdict}</div>\n"
    )


def _draw_cell(cell: Cell) -> str:
    lang = content_lang()
    # Words of the interface stand in an empty cell, so that only the name is of the content's language.
    ours, theirs = (lang, "") if cell.items else ("", lang)
    if len(cell.items) > 1:
        words = f"<ul>{''.join(f'<li>{item}</li>' for item in cell.items)}</ul>"
    else:
        words = f"<p>{cell.items[0]}</p>" if cell.items else f'<p class="nothing">{escape(NOTHING_YET)}</p>'
    name = f'<span class="cell-name tone-name" aria-hidden="true"{theirs}>{escape(cell.name.brief)}</span>'
    return f'<div role="cell" class="tone-{cell.name.tone}"{ours}>{name}{words}</div>\n'


def _draw_verdict(verdict: Verdict) -> str:
    shape = f'<span class="verdict-shape" aria-hidden="true">{escape(verdict.shape)}</span>'
    return f'<span class="verdict verdict-{verdict.value}"{interface_lang()}>{shape}{escape(verdict.word)}</span>'


def draw_topics(sections: Sequence[TopicSection], *, level: int, ends: SectionEnds, is_old: bool) -> SafeString:
    """Under headings of this level. An old version leads to no numbers of today."""
    return mark_safe("".join(_draw_topic(section, level, ends, is_old=is_old) for section in sections))


def draw_help(section: TopicSection, *, level: int, ends: SectionEnds, is_old: bool) -> SafeString:
    return mark_safe(_draw_topic(section, level, ends, is_old=is_old, more=" help"))


def _draw_topic(section: TopicSection, level: int, ends: SectionEnds, *, is_old: bool, more: str = "") -> str:
    verdict = f"<p>{_draw_verdict(section.verdict)}</p>\n" if section.verdict else ""
    lead = f'<div class="prose">{section.lead}</div>\n' if section.lead else ""
    figures = "".join(draw_figure(figure, level=level + 1, has_data=not is_old) for figure in section.figures)
    sides = "".join(_draw_side(side, level + 1) for side in section.sides)
    return (
        f'<section class="topic{more}"{content_lang()}>\n'
        f'<h{level} id="{escape(section.anchor)}">{escape(section.heading)}</h{level}>\n{verdict}{lead}{figures}'
        + (f'<div class="sides">\n{sides}</div>\n' if sides else "")
        + f"{ends.draw(section.anchor)}\n</section>\n"
    )


def _draw_side(side: Side, level: int) -> str:
    words = side.statements or f'<p class="nothing"{interface_lang()}>{escape(NOTHING_YET)}</p>'
    heading = f'<h{level} class="tone-name">{escape(side.name.name)}</h{level}>'
    return f'<div class="side tone-{side.name.tone}">\n{heading}\n{words}\n</div>\n'

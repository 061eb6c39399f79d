"""A figure as HTML: the picture, what keeps its numbers from being compared, and its table folded below it.

Pages have several with many small parts, so they are written here and not by a template.
"""

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from conditions.drawing import Drawing, Line, Shape
from conditions.figures import Figure, Panel, Row
from editorial.languages import content_lang, interface_lang

_LINES = "\n"


def draw_figure(figure: Figure, *, level: int, has_data: bool) -> SafeString:
    """`level` is that of its heading; `has_data` leads to the numbers of today."""
    anchor, lang = escape(figure.anchor), content_lang()
    unit = f" <small>({escape(figure.unit)})</small>" if figure.unit else ""
    panels = (_draw_panel(panel, f"{anchor}-{number}", lang) for number, panel in enumerate(figure.panels, start=1))
    return mark_safe(
        f'<figure class="figure" aria-labelledby="{anchor}">\n'
        f'<h{level} id="{anchor}"{lang}>{escape(figure.title)}{unit}</h{level}>\n'
        f"{''.join(panels)}"
        f'<p class="key"{interface_lang()}>\n{_LINES.join(_list_remarks(figure))}\n</p>\n'
        f"{_draw_fold(figure, has_data=has_data)}\n</figure>\n"
    )


def _draw_panel(panel: Panel, name: str, lang: str) -> str:
    art = panel.drawing
    heading = f'<p class="small"{lang}>{escape(panel.heading)}</p>\n' if panel.heading else ""
    ticks = "".join(f'<text class="tick" x="{tick.x}" y="{tick.y}">{tick.text}</text>' for tick in art.ticks)
    return (
        f'{heading}<svg viewBox="0 0 320 {art.height}" role="img" aria-labelledby="{name}"{lang}>\n'
        f'<title id="{name}">{escape(panel.text)}</title>\n{_draw_patterns(art, name)}\n'
        f'<path class="axis" d="M12 {art.axis_y}H300" />\n{ticks}\n'
        f"{''.join(_draw_line(line, name) for line in art.lines)}\n</svg>\n"
    )


def _draw_patterns(art: Drawing, name: str) -> str:
    if art.dots is None:
        return ""
    side, middle, radius = art.dots.side, art.dots.middle, art.dots.radius
    return "".join(
        f'<pattern id="{name}-{tone}" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<circle class="bar tone-{tone}" cx="{middle}" cy="{middle}" r="{radius}" /></pattern>'
        for tone in art.tones
    )


def _draw_line(line: Line, name: str) -> str:
    texts = "".join(f'<text x="{text.x}" y="{text.y}">{escape(text.text)}</text>' for text in line.texts)
    shapes = "".join(_draw_shape(shape, f"{name}-{line.tone}") for shape in line.shapes)
    return f'<g class="tone-{line.tone}">\n{texts}\n{shapes}\n</g>\n'


def _draw_shape(shape: Shape, pattern: str) -> str:
    fill = f' transform="translate({shape.move})" fill="url(#{pattern})"' if shape.move else ""
    return f'<path class="{shape.kind}" d="{shape.path}"{fill} />'


def _list_remarks(figure: Figure) -> Iterator[str]:
    if figure.people_per_dot == 1:
        yield escape(_("One dot is one person in 100,000."))
    elif figure.people_per_dot:
        yield escape(_("One dot is %(count)s people in 100,000.") % {"count": figure.people_per_dot})
    if "whisker" in figure.shapes:
        yield escape(_("Thin lines are 95%% intervals.") % {})
    if "other" in figure.shapes:
        yield escape(_("A diamond is the number that it is compared with."))
    if figure.notice:
        yield f"<strong>{escape(figure.notice)}</strong>"


def _draw_fold(figure: Figure, *, has_data: bool) -> str:
    # Words stand outside of f-strings, where the collector of words finds none.
    lang, title, anchor = content_lang(), escape(figure.title), escape(figure.anchor)
    heading, sources, csv = escape(_("Numbers and sources")), escape(_("Sources")), escape(_("These numbers as CSV"))
    first = escape(_("Condition") if figure.of_several else _("Which"))
    columns = "".join(f'<th scope="col">{escape(column)}</th>' for column in figure.columns)
    rows = "\n".join(map(_draw_row, figure.rows))
    data = f'<a class="small no-print" href="{escape(figure.data_url)}" download>{csv}</a>\n' if has_data else ""
    return (
        f'<details class="fold"{interface_lang()}>\n<summary>{heading}'
        f'<span class="visually-hidden"{lang}>: {title}</span></summary>\n'
        f'<div class="table-scroll" role="group" tabindex="0" aria-labelledby="{anchor}">\n'
        f"<table>\n<caption{lang}>{title}</caption>\n"
        f'<thead>\n<tr>\n<th scope="col">{first}</th>\n{columns}\n'
        f'<th scope="col">{sources}</th>\n</tr>\n</thead>\n'
        f"<tbody{lang}>\n{rows}\n</tbody>\n</table>\n</div>\n{data}</details>"
    )


def _draw_row(row: Row) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
    return f'<tr><th scope="row">{escape(row.name)}</th>{cells}<td>{row.marks}</td></tr>'

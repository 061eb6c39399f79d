"""Curves of cost against size as SVG, readable on light and dark pages, each with the same in words."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.samples import Run

_INK, _PAPER, _GRID = "#102030", "#fdfefd", "#c0c1c2"
"""Stand-ins that the finished picture gets variables for."""
_STYLE = """<style>
:root { --ink: #1c2430; --paper: #ffffff; --grid: #d5d9de }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --paper: #14181d; --grid: #3a424b } }
</style>"""
_COLORS = ("#1f8a70", "#d1602f", "#5b6ee1", "#b0458f", "#8a7a1f", "#3a9ac2", "#c03a4b", "#7d8794")
_MARKERS = "osD^vPX*"
_SVG_TAG = re.compile(r"(<svg\b[^>]*)>")


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A picture of one measure of some cases over all sizes."""

    name: str
    title: str
    part: str
    cases: Sequence[str]
    measure: str
    """As samples call it; its unit is that of the axis."""

    def read(self, run: Run) -> dict[str, list[tuple[int, float]]]:
        """By case the points that were measured at two sizes or more."""
        sizes = run.sizes(self.part)
        points = {
            case: [(s, v) for s in sizes if (v := run.median(self.part, case, self.measure, s)) is not None]
            for case in self.cases
        }
        return {case: found for case, found in points.items() if len(found) > 1}

    def say(self, run: Run) -> str:
        """The picture in words, in one line."""
        lines = [
            f"{case}: {_say(found[0][1])} at {found[0][0]:,} facts, {_say(found[-1][1])} at {found[-1][0]:,}"
            for case, found in self.read(run).items()
        ]
        return f"{self.title}, {self.measure}. {'; '.join(lines)}."


def draw(plot: Plot, run: Run, folder: Path) -> Path | None:
    """The picture's file; None when there is nothing to draw."""
    points = plot.read(run)
    if not points:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{plot.name}.svg"
    _paint(plot, points, path)
    path.write_text(_adapt(path.read_text(), plot.say(run)))
    return path


def _paint(plot: Plot, points: dict[str, list[tuple[int, float]]], path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of its own dependencies.
        import matplotlib

        matplotlib.use("svg")
        from matplotlib import pyplot
    settings = {"svg.fonttype": "none", "svg.hashsalt": plot.name, "font.size": 11, "text.color": _INK}
    settings |= {f"{axis}tick.color": _INK for axis in "xy"} | {"axes.labelcolor": _INK, "axes.edgecolor": _INK}
    with pyplot.rc_context(settings):
        figure, axes = pyplot.subplots(figsize=(7.5, 4.5), facecolor=_PAPER, layout="constrained")
        axes.set_facecolor(_PAPER)
        for number, (case, found) in enumerate(points.items()):
            color, marker = _COLORS[number % len(_COLORS)], _MARKERS[number % len(_MARKERS)]
            axes.plot(*zip(*found, strict=True), color=color, marker=marker, linewidth=2, label=case)
        _set_axes(axes, plot, sorted({size for found in points.values() for size, _ in found}))
        figure.legend(frameon=False, fontsize=9, loc="outside lower center", ncols=3)
        figure.savefig(path, format="svg", facecolor=_PAPER, metadata={"Date": None, "Creator": None})
        pyplot.close(figure)


def _set_axes(axes, plot: Plot, sizes: list[int]) -> None:
    from matplotlib.ticker import FuncFormatter, NullLocator

    axes.set(xscale="log", yscale="log", title=plot.title, xlabel="facts on the site", ylabel=plot.measure)
    axes.set_xticks(sizes)
    axes.xaxis.set_minor_locator(NullLocator())
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, place: f"{value:,.10g}"))
    # A curve that rises by a tenth shall not look steep.
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, high / 100), high * 1.5)
    axes.grid(color=_GRID, linewidth=0.6)


def _adapt(svg: str, words: str) -> str:
    """With colours that follow the reader's page, and with its words for those who do not see it."""
    for color, name in ((_INK, "ink"), (_PAPER, "paper"), (_GRID, "grid")):
        svg = svg.replace(color, f"var(--{name})")
    return _SVG_TAG.sub(lambda tag: f'{tag[1]} role="img"><title>{_escape(words)}</title>{_STYLE}', svg, count=1)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _say(value: float) -> str:
    return f"{value:.3g}"

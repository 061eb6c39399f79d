"""Numbers on one axis as shapes of an SVG picture: plain geometry, no words but those that it is given.

The picture is 320 units wide, so that its text is as large as the page's on the smallest screens.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from conditions.content import QuantityContent

_LEFT, _RIGHT = 12, 300
_LETTERS = 44
"""So many fit into a line."""
_LINE, _BAR, _GAP = 17, 12, 12
_DOT = 8
"""The least side of the square in which one dot of an array stands."""
_MOST_ROWS = 12
_STEPS = (1, 2, 5, 10)
_OPEN_END = {"more_than": 1, "at_least": 1, "less_than": -1, "up_to": -1}


@dataclass(frozen=True)
class Item:
    """What one line of the picture shows."""

    label: str
    quantity: QuantityContent
    tone: int


@dataclass(frozen=True)
class Shape:
    kind: str
    """The class of the stylesheet: bar, band, dots, whisker, end, other, even."""
    path: str
    move: str = ""
    """Where the path begins, of dots: their squares are counted from there."""


@dataclass(frozen=True)
class Text:
    x: str
    y: int
    text: str


@dataclass(frozen=True)
class Line:
    tone: int
    texts: tuple[Text, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Dots:
    """An array of dots: the side of a dot's square, and how many people one dot stands for."""

    side: int
    people: int

    @property
    def middle(self) -> str:
        return _say(self.side / 2)

    @property
    def radius(self) -> str:
        return _say(self.side * 0.4)


@dataclass(frozen=True)
class Drawing:
    """All numbers of places are text, for an SVG knows no language."""

    height: int
    lines: tuple[Line, ...]
    ticks: tuple[Text, ...]
    axis_y: int
    dots: Dots | None

    @property
    def tones(self) -> list[int]:
        return sorted({line.tone for line in self.lines})


def draw(items: Sequence[Item], display: str, *, highest: float) -> Drawing:
    """The items below each other over one axis from nothing to at least `highest`: see `find_highest`."""
    return _Artist(items, display, highest).draw()


def find_highest(quantities: Iterable[QuantityContent]) -> float:
    """The highest number that is drawn of these: pictures that belong together get one scale."""
    return max(max(_all_values(quantity)) for quantity in quantities)


class _Artist:
    def __init__(self, items: Sequence[Item], display: str, highest: float) -> None:
        self._items = items
        self._display = display
        self._rows = self._people = 1
        self._side = _BAR
        if display == "per_100k":
            self._people, self._rows, self._side = _choose_dots(highest)
            self._top: float = (_RIGHT - _LEFT) / self._side * self._rows * self._people
            self._step = _choose_step(self._top)
        elif display == "percent" and highest <= 100:
            self._top, self._step = 100, 25
        else:
            self._step = _choose_step(max(highest, 1))
            self._top = math.ceil(max(highest, 1) / self._step) * self._step
        self._y = 0

    def draw(self) -> Drawing:
        lines = tuple([self._draw_line(item) for item in self._items])
        axis_y = self._y
        return Drawing(
            height=axis_y + 22,
            lines=lines,
            ticks=tuple(self._draw_ticks(axis_y + 17)),
            axis_y=axis_y,
            dots=Dots(self._side, self._people) if self._display == "per_100k" else None,
        )

    def _draw_ticks(self, y: int) -> Iterator[Text]:
        for place in range(math.floor(self._top / self._step + 1e-9) + 1):
            value = place * self._step
            yield Text(_say(self._x(value)), y, f"{value:,.10g}")

    def _draw_line(self, item: Item) -> Line:
        texts = []
        for part in wrap(item.label, _LETTERS):
            self._y += _LINE
            texts.append(Text(str(_LEFT), self._y, part))
        top = self._y + 6
        tall = self._rows * self._side
        shapes = tuple(self._draw_shapes(item.quantity, _Box(top, tall)))
        self._y = top + tall + _GAP
        return Line(item.tone, tuple(texts), shapes)

    def _draw_shapes(self, q: QuantityContent, box: "_Box") -> Iterator[Shape]:
        low, high = _ends(q)
        yield from self._draw_amount(low, high, box)
        if q.interval_low is not None and q.interval_high is not None:
            yield Shape("whisker", box.whisker(self._x(float(q.interval_low)), self._x(float(q.interval_high))))
        if q.bound in _OPEN_END:
            yield Shape("end", box.arrow(self._x(high), _OPEN_END[q.bound]))
        if q.comparator_value is not None:
            yield Shape("other", box.diamond(self._x(float(q.comparator_value))))

    def _draw_amount(self, low: float, high: float, box: "_Box") -> Iterator[Shape]:
        if self._display == "per_100k":
            yield Shape("dots", self._dots(max(low, 0)), f"{_LEFT} {_say(box.top)}")
        elif self._display == "ratio":
            yield Shape("bar", box.bar(self._x(min(1, low)), self._x(max(1, low))))
            yield Shape("even", box.stroke(self._x(1)))
        elif self._display != "range":
            yield Shape("bar", box.bar(self._x(0), self._x(low)))
        if low == high:
            if self._display == "range":
                yield Shape("bar", box.circle(self._x(low)))
        else:
            yield Shape("bar" if self._display == "range" else "band", box.bar(self._x(low), self._x(high)))

    def _dots(self, value: float) -> str:
        """Whole columns of dots, then what is left in one more."""
        columns, rest = divmod(value / self._people, self._rows)
        wide, tall = columns * self._side, self._rows * self._side
        whole = _rectangle(0, 0, wide, tall) if columns else ""
        if self._rows == 1:
            return whole + _rectangle(wide, 0, rest * self._side, tall)
        return whole + _rectangle(wide, 0, self._side, rest * self._side)

    def _x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * value / self._top


@dataclass(frozen=True)
class _Box:
    """Where the shapes of a line stand."""

    top: float
    tall: float

    @property
    def middle(self) -> float:
        return self.top + self.tall / 2

    def bar(self, left: float, right: float) -> str:
        return _rectangle(left, self.top, max(right - left, 1), self.tall)

    def stroke(self, x: float) -> str:
        return f"M{_say(x)} {_say(self.top - 4)}v{_say(self.tall + 8)}"

    def whisker(self, left: float, right: float) -> str:
        y, end = _say(self.middle), f"V{_say(self.middle + 5)}"
        start = _say(self.middle - 5)
        return f"M{_say(left)} {start}{end}M{_say(left)} {y}H{_say(right)}M{_say(right)} {start}{end}"

    def arrow(self, x: float, way: int) -> str:
        y = _say(self.middle)
        return f"M{_say(x)} {y}h{way * 14}m{way * -5}-5l{way * 5} 5 {way * -5} 5"

    def circle(self, x: float) -> str:
        return f"M{_say(x - 6)} {_say(self.middle)}a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"

    def diamond(self, x: float) -> str:
        return f"M{_say(x)} {_say(self.middle - 7)}l7 7-7 7-7-7z"


def _ends(q: QuantityContent) -> tuple[float, float]:
    if q.value is not None:
        return float(q.value), float(q.value)
    return float(q.low or 0), float(q.high or 0)


def _all_values(q: QuantityContent) -> Iterator[float]:
    yield from _ends(q)
    yield from (float(v) for v in (q.interval_low, q.interval_high, q.comparator_value) if v is not None)


def _choose_dots(highest: float) -> tuple[int, int, int]:
    """(people for a dot, rows of dots, side of a dot's square): large dots for few people, many small ones for many."""
    wide = _RIGHT - _LEFT
    for side in (24, 16, 12):
        if highest * side <= wide:
            return 1, 1, side
    people = 1
    while (rows := math.ceil(highest / people / (wide // _DOT))) > _MOST_ROWS:
        people *= 10
    return people, rows, _DOT


def _choose_step(top: float) -> float:
    """A round number that parts the axis into five pieces at most."""
    size = 10.0 ** math.floor(math.log10(top / 5))
    return next(step * size for step in _STEPS if top / (step * size) <= 5)


def _rectangle(left: float, top: float, wide: float, tall: float) -> str:
    return f"M{_say(left)} {_say(top)}h{_say(wide)}v{_say(tall)}h-{_say(wide)}z"


def _say(value: float) -> str:
    return f"{round(value, 1):g}"

from xml.etree import ElementTree

import pytest

from tests.bench.plots import Plot, draw
from tests.bench.samples import Run, Sample

PLOT = Plot(name="acts", title="Acts & more", part="p", cases=("one", "two"), measure="wall ms")


@pytest.fixture
def run():
    values = [("one", 140, 10), ("one", 1400, 11.5), ("two", 140, 5)]
    samples = [Sample(part="p", case=case, measure="wall ms", size=size, value=value) for case, size, value in values]
    return Run(machine={}, options={}, samples=samples)


def test_a_picture_says_its_curves_in_words(run, tmp_path):
    path = draw(PLOT, run, tmp_path / "performance")

    svg = ElementTree.parse(path).getroot()
    title = svg.find("{http://www.w3.org/2000/svg}title").text
    assert svg.get("role") == "img"
    assert title == "Acts & more, wall ms. one: 10 at 140 facts, 11.5 at 1,400."


def test_its_colors_follow_a_dark_page(run, tmp_path):
    text = draw(PLOT, run, tmp_path).read_text()

    assert "prefers-color-scheme: dark" in text
    assert "fill: var(--ink)" in text
    assert "#102030" not in text


def test_the_same_numbers_give_the_same_file(run, tmp_path):
    first = draw(PLOT, run, tmp_path).read_bytes()

    assert draw(PLOT, run, tmp_path).read_bytes() == first


def test_what_was_measured_at_one_size_only_is_no_curve(tmp_path):
    samples = [Sample(part="p", case="one", measure="wall ms", size=140, value=1)]

    assert draw(PLOT, Run(machine={}, options={}, samples=samples), tmp_path) is None

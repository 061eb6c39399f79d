"""What is generated depends on the seed alone, and is no word of the real content."""

from random import Random

import pytest
from django.conf import settings

from comparisons.generating.conditions import ConditionMaker, Generated
from comparisons.generating.pairs import PairMaker
from comparisons.generating.shapes import Shapes, read_shapes
from comparisons.generating.words import Words


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return read_shapes(settings.BASE_DIR / "fixtures")


def make(shapes: Shapes, *, seed: int = 1, number: int = 1, facts: int = 140) -> Generated:
    return ConditionMaker(shapes, seed=seed, number=number, facts=facts).make()


def test_the_same_seed_makes_the_same_content(shapes: Shapes) -> None:
    assert make(shapes) == make(shapes)
    assert make(shapes).facts[0].text != make(shapes, seed=2).facts[0].text


def test_a_condition_has_sixty_sources_for_its_140_facts(shapes: Shapes) -> None:
    made = make(shapes)

    assert (len(made.facts), len(made.sources)) == (140, 60)
    assert {source.key for fact in made.facts for source in fact.citations} <= {source.key for source in made.sources}


def test_facts_are_nested_as_in_the_real_content(shapes: Shapes) -> None:
    facts = make(shapes).facts
    places = {fact.key: place for place, fact in enumerate(facts)}

    nested = [fact for fact in facts if fact.parent]
    assert nested
    assert all(places[fact.parent] < places[fact.key] for fact in nested)


def test_a_comparison_shows_about_140_facts_and_has_ten_questions(shapes: Shapes) -> None:
    pair = (make(shapes), make(shapes, number=2))
    maker = PairMaker(shapes, pair, seed=1)

    assert 120 <= sum(fact.prominence != "detail" for one in pair for fact in one.facts) <= 160
    assert len(list(maker.make_questions())) == 10
    assert len(pair[0].main_sources) == 30


@pytest.mark.parametrize("length", [10, 93, 400])
def test_a_text_is_about_as_long_as_it_shall_be(length: int) -> None:
    texts = [Words(Random(seed)).sentence(length) for seed in range(50)]

    assert all(length - 15 <= len(text) <= length for text in texts)


def test_no_word_of_the_real_facts_is_used(shapes: Shapes) -> None:
    real = {fact["text"] for fact in shapes["facts"]} | {fact.get("label", "") for fact in shapes["facts"]} - {""}

    assert not real & {text for fact in make(shapes).facts for text in (fact.text, fact.label)}

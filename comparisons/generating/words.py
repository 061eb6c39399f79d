"""Text of neutral words at a wanted length: plainly artificial, and about as varied as real text."""

import re
from itertools import accumulate
from random import Random

_JOINING = ("the", "of", "and", "with", "a", "in", "for", "is", "to", "by", "on", "from")
_NEUTRAL = re.findall(
    r"\w+",
    """
amber anchor apple arch arrow autumn badge bamboo barley barn basket beacon bench birch blanket bridge brook broom
bucket button candle canvas carpet castle cedar chair chalk cherry clay clover coast cobble copper cotton crayon creek
crystal curtain daisy dome drawer dune ember engine fabric falcon feather fence ferry field flag flint forest fountain
garden garnet gate glass glove granite grape gravel hammer harbor harvest hazel hedge helmet hill hinge island ivory
ivy jacket jade jar kettle kite ladder lake lamp lantern lawn leaf lemon lily linen maple marble meadow melon mill
mirror mosaic moss mountain needle nest oak oasis olive orchard paddle paper parcel parrot path pebble pencil pepper
pine plum pocket pond poplar prairie puzzle quartz quilt raft rail ribbon river robin roof rope saddle sail sand
sandal scarf shelf shore silver slate sparrow spruce square stable stone straw stream string summer swan table
teapot tent thread thistle tile timber tower trail tulip tunnel valley velvet village violet wagon walnut water
whistle willow window winter wool yarn
""",
)


def _list_words() -> list[str]:
    """Joining words first, then neutral ones, then their compounds: the earlier, the more often it is used."""
    compounds = [first + second for first in _NEUTRAL for second in _NEUTRAL if first != second]
    Random(0).shuffle(compounds)
    return [*_JOINING, *_NEUTRAL, *compounds[:10_000]]


_WORDS = _list_words()
# Zipf's law: the word in place n is used about 1/n as often as the first.
_WEIGHTS = list(accumulate(1 / (place + 2.7) for place in range(len(_WORDS))))


class Words:
    """Gives words, phrases and sentences; the same ones for the same random numbers."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def compound(self) -> str:
        """“lampstone”: no word of any language."""
        return "".join(self.random.sample(_NEUTRAL, 2))

    def phrase(self, length: int) -> str:
        """Words of about this many letters in all, and never more, except for a single word."""
        length = max(length, 3)
        words = self.random.choices(_WORDS, cum_weights=_WEIGHTS, k=length // 4 + 1)
        first = self.random.choice(_NEUTRAL)
        text = " ".join([first, *words])
        if len(text) > length:
            text = text[: length + 1].rpartition(" ")[0] or first[:length]
        return text[0].upper() + text[1:]

    def sentence(self, length: int, *, end: str = ".") -> str:
        return self.phrase(length - len(end)) + end

    def cite(self, length: int, keys: list[str]) -> str:
        """A sentence with the marks of these sources, which do not count."""
        marks = f" [{'; '.join(f'@{key}' for key in keys)}]" if keys else ""
        return f"{self.phrase(length - 1)}{marks}."

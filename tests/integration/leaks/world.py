"""What readers may and must see, kept apart from the code under test: by hand, from what was approved and retired."""

from collections import defaultdict
from dataclasses import dataclass, field

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, Term
from editorial.models import ReviewedItem
from tests.integration.leaks.canaries import find_canaries, read_words

MUST_SHOW: dict[type[ReviewedItem], tuple[str, ...]] = {
    Citation: ("title",),
    Condition: ("name", "definition"),
    Fact: ("text",),
    Term: ("preferred", "definition"),
    Comparison: ("title", "answer"),
    FAQ: ("question", "answer"),
}


@dataclass
class World:
    live: dict[ReviewedItem, set[str]] = field(default_factory=dict)
    """By item: the words that its live approval made public."""
    shown: dict[ReviewedItem, set[str]] = field(default_factory=dict)
    """By item: those of them that some page has to show."""
    former: dict[ReviewedItem, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By item: all words that were ever public and not withdrawn since."""
    private: set[str] = field(default_factory=set)
    """Words of notes, quotes, comments and reasons: public never."""

    def approve(self, item: ReviewedItem) -> None:
        public, _ = read_words(item)
        fresh = type(item)._base_manager.get(pk=item.pk)
        self.live[item] = public
        self.former[item] |= public
        self.shown[item] = {word for name in MUST_SHOW[type(item)] for word in find_canaries(getattr(fresh, name))}

    def retire(self, item: ReviewedItem) -> None:
        """What was ever public of the item is withdrawn; of a condition also what its old pages held."""
        self.live.pop(item, None)
        self.shown.pop(item, None)
        self.former.pop(item, None)
        if isinstance(item, Condition):
            for fact in self._facts_of(item):
                self.former[fact] = set(self.live.get(fact, ()))

    def note_private(self, item: ReviewedItem) -> None:
        self.private |= read_words(item)[1]

    def may_show_now(self) -> set[str]:
        return {word for item, words in self.live.items() if self._has_page(item) for word in words}

    def must_show_now(self) -> set[str]:
        return {word for item, words in self.shown.items() if self._is_whole(item) for word in words}

    def may_hold_now(self, kind: str) -> set[str]:
        """Words that current editions of this kind may hold: those of a withdrawn condition's comparisons stay, unread,
        and hold the names of the facts that they rest on."""
        return set().union(*self.live.values()) if kind == "comparison" else self.may_show_now()

    def may_show_in_old_editions(self) -> set[str]:
        return {word for item, words in self.former.items() if self._has_page(item) for word in words}

    def _has_page(self, item: ReviewedItem) -> bool:
        """A comparison is withdrawn with its conditions, by number too, and is back with them."""
        if isinstance(item, Comparison):
            return all(condition in self.live for condition in item.conditions.all())
        return not isinstance(item, Fact) or item.condition in self.live

    def _is_whole(self, item: ReviewedItem) -> bool:
        """Whether all that the page rests on is public too: a page about a withdrawn condition may be withdrawn."""
        if isinstance(item, FAQ):
            return all(condition in self.live for condition in item.conditions.all())
        return self._has_page(item)

    def _facts_of(self, condition: Condition) -> list[Fact]:
        return [item for item in self.former if isinstance(item, Fact) and item.condition == condition]

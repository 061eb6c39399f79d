"""What readers may ask for by name, and where it leads."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.functional import cached_property

from comparisons import asking
from conditions.composing import Name, name_of
from conditions.paging import MOST_LISTED
from editorial.languages import local_path
from editorial.searching import naming
from editorial.searching.finding import Counted, Found, Named

_MOST_COMPARISONS = 12


class Known:
    """What the question names, and what else the page needs that does not depend on what is found."""

    def __init__(self, words: Sequence[str] = (), *, condition: str = "", has_list: bool = True) -> None:
        """One query. `condition` is the slug of the filter; `has_list` asks for all conditions, where they are few."""
        found = naming.list_named(
            "condition",
            limit=MOST_LISTED + 1 if has_list else 0,
            slug=condition,
            names=asking.list_possible_names(words),
            kinds=("condition", "term", "form"),
        )
        self.named = [named for named in found if named.stands]
        self.hidden = [named for named in found if not named.stands]
        self._conditions = [named for named in self.named if named.kind == "condition"]

    @cached_property
    def labels(self) -> list[Name]:
        """All conditions; none where there are too many to list."""
        return [label_of(condition) for condition in self._conditions] if self._are_few else []

    @property
    def _are_few(self) -> bool:
        return len(self._conditions) <= MOST_LISTED

    @property
    def hidden_ids(self) -> list[int]:
        return [entry.id for entry in self.hidden]

    def find_condition(self, slug: str) -> Named | None:
        return next((condition for condition in self._conditions if slug_of(condition) == slug), None)

    def list_with(self, condition: Named) -> list[Found]:
        """The comparisons with this condition, those with the fewest others first. One query."""
        return naming.list_about("comparison", condition.about, hidden=self.hidden_ids, limit=_MOST_COMPARISONS)

    def find_comparison(self, conditions: Sequence[Named]) -> str:
        """The address of the page that compares these: the curated one, else one made for the question. One query."""
        ids = [subject_id for condition in conditions for subject_id in condition.about]
        curated = naming.list_about("comparison", ids, hidden=self.hidden_ids, limit=1, is_only=True)
        if curated:
            return local_path(curated[0].address)
        return local_path("/compare/") + "?" + urlencode([("with", slug_of(condition)) for condition in conditions])


def slug_of(condition: Named | Counted) -> str:
    return condition.address.strip("/").split("/")[-1]


def label_of(condition: Named) -> Name:
    return name_of(
        slug=slug_of(condition),
        name=condition.title,
        abbreviation=condition.abbreviation,
        position=condition.position,
    )

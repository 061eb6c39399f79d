"""What readers may ask for by name, and where it leads."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.functional import cached_property

from comparisons import asking
from conditions.composing import Name, name_of
from editorial.languages import local_path
from editorial.searching import finding
from editorial.searching.finding import Named


class Known:
    """What can be asked for by name: the public conditions and the comparisons of public conditions."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """One query."""
        names = asking.list_possible_names(words)
        found = finding.list_named(("condition", "comparison"), ("term", "form"), names)
        self.named = [named for named in found if named.stands]
        self.hidden = [named for named in found if not named.stands]
        self.conditions = [named for named in self.named if named.kind == "condition"]
        self.comparisons = [named for named in self.named if named.kind == "comparison"]

    @cached_property
    def labels(self) -> list[Name]:
        return [label_of(condition) for condition in self.conditions]

    def find_condition(self, slug: str) -> Named | None:
        return next((condition for condition in self.conditions if slug_of(condition) == slug), None)

    def list_with(self, condition: Named) -> list[Named]:
        """The comparisons with this condition."""
        return [comparison for comparison in self.comparisons if set(condition.about) <= set(comparison.about)]

    def find_comparison(self, conditions: Sequence[Named]) -> str:
        """The address of the page that compares these: the curated one, else one made for the question."""
        ids = {subject_id for condition in conditions for subject_id in condition.about}
        curated = next((comparison for comparison in self.comparisons if set(comparison.about) == ids), None)
        if curated:
            return local_path(curated.address)
        return local_path("/compare/") + "?" + urlencode([("with", slug_of(condition)) for condition in conditions])


def slug_of(condition: Named) -> str:
    return condition.address.strip("/").split("/")[-1]


def label_of(condition: Named) -> Name:
    return name_of(
        slug=slug_of(condition),
        name=condition.title,
        abbreviation=condition.abbreviation,
        position=condition.position,
    )

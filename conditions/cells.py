"""A fact beside the approved facts of the other conditions under the same topic."""

import re
from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from django.db.models import CharField, F, IntegerField, Q
from django.db.models.expressions import RawSQL

from conditions.content import FrozenFact, QuantityContent
from conditions.models import Condition, Fact
from conditions.models.fact_choices import Certainty
from conditions.quantities import say_amount, say_measure
from editorial.cells import Cell, CellFinder, CellTable
from editorial.models import Decision
from editorial.registry import Frozen

MOST_CONDITIONS = 20
MOST_IN_A_BATCH = 6
"""So many where several facts are read together: the page of each one alone has the others."""
CLOSEST = 3
"""Of each condition so many are shown: with more of them the page of a batch would grow long."""
_TEXT_LENGTH = 160
_CONDITION = "live_reviews__fact__condition"
_PROMINENCES = ["key", "main", "detail"]
_Other = tuple[tuple[int, int, int], Any]
"""How far it is, and the approval."""

# The newest year among the approved sources of each fact, found by their keys: within the one query for all cells.
_NEWEST = """(
    SELECT max(left(source.content #>> '{content,issued}', 4))
    FROM unnest(editorial_decision.stands_on) AS ground
    JOIN editorial_review AS review ON review.kind = 'citation' AND review.key = substr(ground, 10)
    JOIN editorial_decision AS source ON source.id = review.approval_id
)"""


def _find_neighbours(contents: Sequence[Frozen]) -> Q:
    """Of the first conditions alone: with a thousand of them nobody reads what each says."""
    topics = {content["topic"]["slug"] for content in contents}
    beside = Condition.objects.values("pk")[: _find_most(len(contents))]
    facts = Fact.objects.filter(condition__in=beside, topic__slug__in=topics).order_by()
    # The approved words are under the topic too: the working copy may have gone to another one since.
    is_under = Q(review__kind="fact", content__content__topic__slug__in=sorted(topics))
    return is_under & Q(pk__in=facts.values("review__approval"))


def _find_most(count: int) -> int:
    return MOST_CONDITIONS if count == 1 else MOST_IN_A_BATCH


def _leaves_out(count: int, decisions: Sequence[Decision]) -> bool:
    return any(decision.conditions > _find_most(count) for decision in decisions[:1])


def compare(fact: Fact, content: Frozen, decisions: Sequence[Decision]) -> CellTable:
    """The fact, then of each other condition the closest of its public facts under the same topic, then the rest."""
    mine = FrozenFact.model_validate(content)
    own = _Neighbour(mine, fact.condition.name, _names(fact.condition), _newest_of(fact), None)
    by_place: dict[str, list[_Other]] = {}
    for other in sorted(_list_others(content, decisions), key=lambda other: (other[1].place, *other[0])):
        by_place.setdefault(other[1].place, []).append(other)
    shown = [other for members in by_place.values() for other in members[:CLOSEST]]
    shown.sort(key=lambda other: (other[0][0], other[1].place))
    further = [(place, len(members) - CLOSEST) for place, members in by_place.items() if len(members) > CLOSEST]
    # Only what is shown is taken apart.
    neighbours = [_read(decision) for _, decision in shown]
    cells = [own.cell(""), *(neighbour.cell(_find_caveat(own, neighbour)) for neighbour in neighbours)]
    return CellTable(mine.topic.name, cells, further)


def _list_others(content: Frozen, decisions: Sequence[Decision]) -> list[_Other]:
    """The approvals under the same topic, each with how far it is from being about the same."""
    found = ((decision, decision.content["content"]) for decision in decisions)
    return [(_distance(content, other), decision) for decision, other in found if _is_beside(other, content)]


class _Neighbour:
    """A fact with the names of its condition and the year of its newest source."""

    def __init__(self, fact: FrozenFact, place: str, names: Iterable[str], newest: str, review_id: int | None) -> None:
        self.fact, self.place, self.newest, self.review_id = fact, place, newest, review_id
        self.names = [name for name in names if name]

    def cell(self, caveat: str) -> Cell:
        fact, quantity = self.fact, self.fact.quantity
        return Cell(
            place=self.place,
            text=shorten(f"{fact.label}: {fact.text}" if fact.label else fact.text, _TEXT_LENGTH, placeholder=" …"),
            number=say_amount(quantity) if quantity else "",
            measure=say_measure(quantity) if quantity else "",
            population=quantity.population if quantity else "",
            period=quantity.period if quantity else "",
            newest_source=self.newest,
            certainty=str(Certainty(fact.certainty).label) if fact.certainty in Certainty else "",
            caveat=caveat,
            review_id=self.review_id,
        )

    def say_population(self) -> str:
        """The population without the condition's own names: “people with it” are the same people on both sides."""
        population = (self.fact.quantity.population if self.fact.quantity else "").casefold()
        for name in sorted(self.names, key=len, reverse=True):
            population = re.sub(rf"\b{re.escape(name.casefold())}\b", "it", population)
        return population.strip()


def _read(decision: Any) -> _Neighbour:
    fact = FrozenFact.model_validate(decision.content["content"])
    names = [decision.place, decision.place_abbreviation, *(decision.place_others or [])]
    return _Neighbour(fact, decision.place, names, decision.newest_source or "", decision.review_id)


def _names(condition: Condition) -> list[str]:
    return [condition.name, condition.abbreviation, *condition.also_known_as]


def _newest_of(fact: Fact) -> str:
    """From the sources as they are cited now: what is under review may cite one that is not approved yet."""
    return max((source.citation.issued[:4] for source in fact.sources.all()), default="")


def _is_beside(other: Frozen, mine: Frozen) -> bool:
    return other["topic"]["slug"] == mine["topic"]["slug"] and other["condition"] != mine["condition"]


def _distance(mine: Frozen, other: Frozen) -> tuple[int, int, int]:
    """How far the other is from being about the same: the same feature counts most, then the same measure."""
    return (
        3 - _likeness(mine["quantity"], other["quantity"]),
        _PROMINENCES.index(other["prominence"]),
        other["position"],
    )


def _likeness(one: Frozen | None, two: Frozen | None) -> int:
    if one is None or two is None:
        return 0
    same_feature = bool(one["feature"]) and one["feature"] == two["feature"]
    measures = [quantity["measure"] for quantity in (one, two)]
    same_measure = None not in measures and measures[0]["slug"] == measures[1]["slug"]
    return 2 * same_feature + same_measure


def _is_same_thing(one: QuantityContent | None, two: QuantityContent | None) -> bool:
    if one is None or two is None or one.feature != two.feature:
        return False
    return bool(one.feature) or (one.measure is not None and one.measure == two.measure)


def _find_caveat(own: _Neighbour, other: _Neighbour) -> str:
    """Why two numbers of one thing are not alike. Nothing for numbers of other things: nobody would compare them."""
    if not _is_same_thing(own.fact.quantity, other.fact.quantity):
        return ""
    reasons = [
        _say_other("unit", _unit(own.fact.quantity), _unit(other.fact.quantity)),
        _say_other("population", own.say_population(), other.say_population()),
    ]
    found = [reason for reason in reasons if reason]
    return f"Not comparable: {'; '.join(found)}" if found else ""


def _say_other(what: str, mine: str, theirs: str) -> str:
    if mine == theirs:
        return ""
    return f"another {what}" if mine and theirs else f"the {what} of one is not said"


def _unit(quantity: QuantityContent | None) -> str:
    if quantity is None:
        return ""
    return quantity.unit or (quantity.measure.unit if quantity.measure else "")


CELLS = CellFinder(
    find=_find_neighbours,
    notes={
        "place": F(f"{_CONDITION}__name"),
        "place_abbreviation": F(f"{_CONDITION}__abbreviation"),
        "place_others": F(f"{_CONDITION}__also_known_as"),
        "conditions": RawSQL("(SELECT count(*) FROM conditions_condition)", [], output_field=IntegerField()),
        "newest_source": RawSQL(_NEWEST, [], output_field=CharField()),
    },
    leaves_out=_leaves_out,
    compare=compare,
)

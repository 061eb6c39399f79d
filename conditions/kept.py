"""The edition of a condition's page with what is kept ready of it; what is not is made as it would be for keeping."""

from dataclasses import dataclass
from datetime import date

from conditions.body import Body, make_body
from conditions.content import ConditionContent
from conditions.outcomes import say_outcomes
from conditions.presenting import say_date
from conditions.reading import read_one
from editorial import editions
from editorial.models import Edition
from editorial.registry import PartMaker

USE = "page"
MAKER = PartMaker("condition", USE, lambda edition: make_body(ConditionContent.model_validate(edition.content), {}))


@dataclass(frozen=True)
class BodyReading:
    edition: Edition
    body: Body
    day: str = ""
    """In words, where the page is an old version."""
    is_masked: bool = False


def read_body(slug: str, day: date | None) -> BodyReading:
    """The public page now, or as it was on a day. Raises what reading editions raises."""
    if day is not None:
        return _read_body_of(slug, day)
    current = editions.get_current("condition", slug, use=USE)
    if current.part is not None:
        return BodyReading(current, Body.model_validate_json(current.part))
    return BodyReading(
        current, make_body(ConditionContent.model_validate(current.read_content()), say_outcomes(current))
    )


def _read_body_of(slug: str, day: date) -> BodyReading:
    current = editions.get_current("condition", slug)
    reading = read_one(ConditionContent, current, editions.as_of(current, day))
    said = say_date(day) if reading.is_old else ""
    body = make_body(reading.content, say_outcomes(reading.edition), day=said, is_exported=False)
    return BodyReading(reading.edition, body, said, reading.is_masked)

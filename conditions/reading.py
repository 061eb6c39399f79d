"""From editions to typed content, with what was withdrawn since left out of old ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from conditions.content import PageContent
from conditions.masking import mask_withdrawn
from editorial import editions
from editorial.models import Edition

Content = TypeVar("Content", bound=PageContent)


@dataclass(frozen=True)
class Reading(Generic[Content]):
    edition: Edition
    content: Content
    is_old: bool = False
    masked: tuple[str, ...] = ()
    """Names of the statements of the old edition that are left out, because they were withdrawn since."""

    @property
    def masked_count(self) -> int:
        return len(self.masked)

    @property
    def is_masked(self) -> bool:
        return bool(self.masked)


class Reader:
    """Reads editions beside the current ones of their subjects. One query for all old ones, none without."""

    def __init__(self, pairs: Iterable[tuple[Edition, Edition]]) -> None:
        """`pairs` are (the current edition, the one to show); both may be the same."""
        old = [then for current, then in pairs if then.pk != current.pk]
        keys = {key for edition in old for key in edition.content["references"]}
        self._sources = editions.find_withdrawn_sources(keys) if keys else {}

    def read(self, model: type[Content], current: Edition, then: Edition) -> Reading[Content]:
        if then.pk == current.pk:
            return Reading(then, model.model_validate(then.content))
        values = mask_withdrawn(then.content, current.content, self._sources)
        masked = values.pop("masked")
        return Reading(then, model.model_validate(values), is_old=True, masked=tuple(masked))


def read_one(model: type[Content], current: Edition, then: Edition | None = None) -> Reading[Content]:
    """The current edition, or an old one of the same subject."""
    return Reader([(current, then or current)]).read(model, current, then or current)

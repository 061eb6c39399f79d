"""What was withdrawn later is hidden from old editions too. Pure: no queries, nothing is changed in place.

An approval older than the newest retirement of its item is withdrawn for good, whatever became of the item since: a
statement that was retired, changed and approved again is shown from its new approval on, its old words never again.
Comparisons, FAQs and conditions are withdrawn as whole subjects; editions of before that are not read at all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Content = dict[str, Any]
# Where a part of a content names its sources. Marks in Markdown are drawn only for keys in `references`.
_LISTS = ("definition_citations", "codes_citations", "citations")
_NESTED = ("facts", "subtypes", "points", "terms")


def mask_withdrawn(content: Content, current: Content, sources: Mapping[str, int]) -> Content:
    """A copy of an old edition's `content` without what was withdrawn since; `masked` names the lost statements.

    `current` is the content of the subject's current edition. `sources` are the withdrawn sources of the old one, as
    `editions.find_withdrawn_sources(content["references"])` gives them. `masked` holds names such as "fact:ms-onset".
    """
    retired = {**current["withdrawn"]}
    for key, decision in sources.items():
        retired[f"citation:{key}"] = max(decision, retired.get(f"citation:{key}", 0))
    references = content["references"]
    kept = {key: ref for key, ref in references.items() if not _is_gone(f"citation:{key}", ref, retired)}
    masked: list[str] = []
    result = {**_without_marks(content, kept), "references": kept}
    for part, kind, identity in (("facts", "fact", "key"), ("terms", "term", "id")):
        if part in content:
            names = [f"{kind}:{row[identity]}" for row in content[part]]
            gone = [name for name, row in zip(names, content[part], strict=True) if _is_gone(name, row, retired)]
            result[part] = [row for name, row in zip(names, result[part], strict=True) if name not in gone]
            masked += gone
    return {**result, "masked": masked}


def _is_gone(name: str, row: Content, retired: Mapping[str, int]) -> bool:
    return row["approval"] < retired.get(name, 0)


def _without_marks(part: Content, kept: Iterable[str]) -> Content:
    """The part and all within it, citing only the sources that are kept."""
    result = dict(part)
    for name in _LISTS:
        if name in part:
            result[name] = [key for key in part[name] if key in kept]
    if part.get("superseded_by") and part["superseded_by"] not in kept:
        result["superseded_by"] = ""
    if "sources" in part:
        result["sources"] = [source for source in part["sources"] if source["key"] in kept]
        lost = len(result["sources"]) < len(part["sources"])
        result["has_withdrawn_source"] = part["has_withdrawn_source"] or lost
    for name in _NESTED:
        if name in part:
            result[name] = [_without_marks(row, kept) for row in part[name]]
    return result

"""The public change note of an edition: fixed words and names of topics, never an editor's remark.

A note is empty when no word for readers changed, but only who reviewed it, or when.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from editorial.registry import Frozen


def describe_condition(old: Frozen | None, new: Frozen) -> str:
    if old is None:
        return "First published."
    before, after = _by_key(old), _by_key(new)
    notes = [
        _count("statement added", "statements added", after.keys() - before.keys(), after),
        _count("statement changed", "statements changed", _changed(before, after), after),
        _count("statement removed", "statements removed", before.keys() - after.keys(), before),
    ]
    if _without(old, "facts") != _without(new, "facts"):
        notes.append("Overview or sources updated.")
    return " ".join(note for note in notes if note)


def describe_page(old: Frozen | None, new: Frozen) -> str:
    """For subjects whose whole content is one text."""
    if old is None:
        return "First published."
    return "Text or sources updated." if _without(old) != _without(new) else ""


def _count(one: str, many: str, keys: Iterable[str], facts: Mapping[str, Any]) -> str:
    listed = sorted(keys, key=lambda key: (facts[key]["topic"]["position"], key))
    if not listed:
        return ""
    topics = list(dict.fromkeys(facts[key]["topic"]["name"] for key in listed))
    where = ", ".join(topics[:4]) + (" and other topics" if len(topics) > 4 else "")
    return f"{len(listed)} {one if len(listed) == 1 else many}: {where}."


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    both = before.keys() & after.keys()
    return {key for key in both if before[key] is not after[key] and _plain(before[key]) != _plain(after[key])}


def _plain(fact: Frozen) -> Frozen:
    return {name: value for name, value in fact.items() if name not in ("approval", "reviewed_on")}


def _by_key(content: Frozen) -> dict[str, Any]:
    return {fact["key"]: fact for fact in content["facts"]}


_NOT_WORDS = ("approval", "reviewers", "withdrawn", "is_demonstration")


def _without(content: Frozen, *names: str) -> Frozen:
    kept = {name: value for name, value in content.items() if name not in (*_NOT_WORDS, *names)}
    kept["references"] = {key: {**ref, "approval": 0} for key, ref in content.get("references", {}).items()}
    kept["reference"] = {**content["reference"], "approval": 0} if content.get("reference") else None
    kept["terms"] = [{**term, "approval": 0} for term in content.get("terms", ())]
    return kept

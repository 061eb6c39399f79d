"""From the working copy to the plain values that an approval binds, and their digest."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from editorial.registry import Frozen, get_kind, group_by_kind

if TYPE_CHECKING:
    from editorial.models import ReviewedItem


def canonical_json(value: Any) -> str:
    """One spelling for one value: sorted keys, no spaces, UTF-8 as it is, so that equal values have equal digests.

    Made for texts, whole numbers of up to 64 bits, true, false and none. A fraction is frozen as text: libraries spell
    large and small ones in different ways. Raises TypeError for what JSON cannot say.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return digest_of_json(canonical_json(value))


def digest_of_json(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_digest(kind: str, content: Frozen) -> str:
    """The digest that an approval of this content binds."""
    return digest_of({"kind": kind, "content": content})


def load_fresh(items: Iterable["ReviewedItem"]) -> dict["ReviewedItem", "ReviewedItem"]:
    """The items as the database has them now, ready to freeze: {given: loaded}. Deleted ones are left out.

    The number of queries depends on the kinds, not on the number of items.
    """
    fresh: dict[ReviewedItem, ReviewedItem] = {}
    for kind, members in group_by_kind(items).items():
        loaded = {item.pk: item for item in kind.load([m.pk for m in members])}
        fresh.update({m: loaded[m.pk] for m in members if m.pk in loaded})
    return fresh


def freeze(item: "ReviewedItem") -> Frozen:
    """What an approval of this item would bind."""
    return get_kind(item.item_kind).freeze(item)


def item_digest(item: "ReviewedItem") -> str:
    return content_digest(item.item_kind, freeze(item))

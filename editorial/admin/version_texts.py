"""What a saved version says, field by field, and what it has differently from the version before."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from reversion.errors import RevertError
from reversion.models import Version

from editorial.differences import Change
from editorial.models import ReviewedItem
from editorial.registry import Child, kind_of
from editorial.versions import list_child_versions

Texts = dict[str, str]
Row = tuple[Child | None, dict[str, Any]]
"""Values of the item itself, or of one of its child rows."""
_HIDDEN = {"id", "review"}


class VersionReader:
    """Reads versions of one item into labelled texts; what they name is looked up once for all of them."""

    def __init__(self, item: ReviewedItem, versions: Iterable[Version]) -> None:
        self.item = item
        self.children = kind_of(item).children
        self._rows = {version.pk: list(self._list_rows(version)) for version in versions}
        self._named = _load_named(type(item), self._rows.values())

    def list_changes(self, old: Version | None, new: Version) -> list[Change]:
        """What `new` has differently; of a first version everything that it has."""
        before, after = self._texts(old) if old else {}, self._texts(new)
        labels = dict.fromkeys([*after, *before])
        changes = [Change(label, "", before.get(label, ""), after.get(label, "")) for label in labels]
        return [change for change in changes if change.is_changed]

    def is_readable(self, version: Version) -> bool:
        """Whether the version fits the site's present form."""
        return bool(self._rows[version.pk])

    def _texts(self, version: Version) -> Texts:
        texts: Texts = {}
        for child, values in self._rows[version.pk]:
            texts.update(self._row_texts(child, values))
        return texts

    def _row_texts(self, child: Child | None, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        model = child.model if child else type(self.item)
        hidden = _HIDDEN | ({child.parent, child.identity.removesuffix("_id")} if child else set())
        start = f"{self._title(child, values)}: " if child else ""
        if child:
            yield start.removesuffix(": "), "is there"
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
            if field.name not in hidden:
                label = f"{start}{field.verbose_name}"
                yield capfirst(label), self._value(field, values)

    def _title(self, child: Child, values: dict[str, Any]) -> str:
        field = next(f for f in child.model._meta.concrete_fields if f.attname == child.identity)
        # A row that stands for another item is called by that item's key: its title would be too long.
        named = self._named.get((field.related_model, str(values.get(field.attname))))
        name = getattr(named, "key_value", None) or self._value(field, values)
        return capfirst(f"{child.model._meta.verbose_name} {name}")

    def _value(self, field: Field, values: dict[str, Any]) -> str:
        value = values.get(field.attname if isinstance(field, ForeignKey) else field.name)
        if field.is_relation:
            keys = value if isinstance(value, list) else [value]
            named = [self._named.get((field.related_model, str(key)), "(deleted)") for key in keys if key is not None]
            return ", ".join(sorted(map(str, named)))
        return _as_text(field, value)

    def _list_rows(self, version: Version) -> Iterator[Row]:
        try:
            values = version.field_dict
        except RevertError:
            return
        yield None, values
        for child in self.children:
            for row in list_child_versions(version, self.item, child):
                yield child, row.field_dict


def _as_text(field: Field, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    if isinstance(value, list):
        return "; ".join(" ".join(map(str, e.values())) if isinstance(e, dict) else str(e) for e in value)
    return str(dict(field.flatchoices).get(value, value))


def _load_named(model: type[Model], versions: Iterable[list[Row]]) -> dict[tuple[type[Model], str], Model]:
    """{(model, id): it} of all that the rows name."""
    wanted: dict[type[Model], set[str]] = {}
    for rows in versions:
        for child, values in rows:
            for field, value in _relations(child.model if child else model, values):
                keys = value if isinstance(value, list) else [value]
                wanted.setdefault(field.related_model, set()).update(str(key) for key in keys if key is not None)
    return {
        (model, str(row.pk)): row
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }


def _relations(model: type[Model], values: dict[str, Any]) -> Iterator[tuple[Field, Any]]:
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        name = field.attname if isinstance(field, ForeignKey) else field.name
        if field.is_relation and field.name not in _HIDDEN and name in values:
            yield field, values[name]

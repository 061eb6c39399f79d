"""The keys and slugs that cells may name, read once for a whole sheet."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model

_Key = tuple[str, ...]


class Names:
    """Rows by what people call them. What is found holds its key and no more: enough to point to it."""

    def __init__(self, lookups: dict[type[Model], tuple[str, ...]]) -> None:
        self.lookups = lookups
        """By model, the fields that together name a row."""
        self._known: dict[type[Model], dict[_Key, int]] = {}
        self._planned: dict[type[Model], set[_Key]] = {}

    def find(self, model: type[Model], *key: str) -> Any:
        """The row of that name, which has no id while it is only planned; None where there is none."""
        pk = self._load(model).get(key)
        if pk is None and key not in self._planned.get(model, ()):
            return None
        return model(pk=pk, **{self.lookups[model][-1]: key[-1]})

    def plan(self, model: type[Model], keys: Collection[str]) -> None:
        """These rows are new in the sheet: others of it may name them."""
        self._planned[model] = {(key,) for key in keys}

    def add(self, row: Model) -> None:
        """A row that is saved by now."""
        (lookup,) = self.lookups[type(row)]
        self._load(type(row))[(getattr(row, lookup),)] = row.pk

    def _load(self, model: type[Model]) -> dict[_Key, int]:
        if model not in self._known:
            rows = model._default_manager.order_by().values_list("pk", *self.lookups[model])
            self._known[model] = {tuple(key): pk for pk, *key in rows}
        return self._known[model]

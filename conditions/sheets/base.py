"""What the sheets of all kinds of items share: how a row becomes an item, and what it must not do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import reversion
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import RowResult

from conditions.sheets.cells import guard, is_same, keep_line_ends
from conditions.sheets.names import Names
from conditions.sheets.widgets import NumberCell, TextCell
from editorial import permissions
from editorial.admin.words import describe_editing
from editorial.differences import Change
from editorial.freezing import digest_of
from editorial.loading import save_new
from editorial.models import ReviewedItem, User
from editorial.registry import get_kind
from editorial.versions import list_versions
from editorial.workflow import Action

VERSION = "version"
"""Name of the column that tells in which state an item was exported."""
ROW = "row in the file"
"""Name of the column that carries the row's number while the sheet is imported."""


class Column(Field):
    """A column. A cell that says what is saved changes nothing, whatever it holds."""

    def __init__(self, attribute: str, column_name: str = "", widget: Any = None, *, is_fixed: bool = False) -> None:
        super().__init__(attribute, column_name or attribute, widget or TextCell())
        self.is_fixed = is_fixed

    def to_cell(self, item: Model) -> str:
        """The cell as it is written to a file. A number is no formula, whatever its sign."""
        text = self.export(item)
        return text if isinstance(self.widget, NumberCell) else guard(text)

    def save(self, instance: Model, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        cell, saved = row[self.column_name], self.export(instance)
        if instance.pk and is_same(cell.strip() if self.is_fixed else cell, saved):
            return
        if instance.pk and self.is_fixed:
            raise ValidationError(
                f"The {self.column_name} of a {instance._meta.verbose_name} never changes; here it is “{saved}”. "
                "Make a new row with a key of its own instead.",
                code="fixed",
            )
        text = keep_line_ends(cell, saved)
        self.assign(instance, self.clean({**row, self.column_name: text}, **kwargs))

    def assign(self, instance: Any, value: Any) -> None:
        model_field = instance._meta.get_field(self.attribute)
        if not model_field.is_relation:
            model_field.clean(value, instance)  # Length, form of a key or an address, empty where it may not be.
        setattr(instance, self.attribute, value)


@dataclass
class Line:
    """What a row of the sheet would do, or did."""

    row: int
    key: str
    is_new: bool
    changes: list[Change]
    item: Any = None
    """The saved item with the row's values; None for a new one."""

    @property
    def caption(self) -> str:
        return f"What changes in row {self.row}, {self.key}"

    @property
    def warning(self) -> str:
        """What saving means for an item that stands where this one stands."""
        return describe_editing(self.item.review) if self.item else ""


class SheetRow(RowResult):
    line: Line | None = None


@dataclass
class _Current:
    """The row that is being imported."""

    row: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    is_new: bool = False
    before: list[str] = field(default_factory=list)


class KeyLoader(BaseInstanceLoader):
    """The saved items of a part of the sheet, with all that cells show, in a constant number of queries."""

    def __init__(self, resource: "ItemResource", dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        keys = [cell.strip() for cell in dataset["key"]]
        pks = resource.model._default_manager.filter(key__in=keys).values_list("pk", flat=True)
        self.items = {item.key_value: item for item in resource.load(pks)}

    def get_instance(self, row: Mapping[str, str]) -> ReviewedItem | None:
        return self.items.get(row["key"].strip())


class ItemResource(Resource):
    """Base of the sheets. The names of the columns are part of files that people keep: they stay as they are."""

    self_link: ClassVar[str] = ""
    """The column by which an item names another one of its own kind."""
    lookups: ClassVar[dict[type[Model], tuple[str, ...]]] = {}

    class Meta:
        import_id_fields = ("key",)
        instance_loader_class = KeyLoader
        use_transactions = False
        store_instance = True  # For `after_import_row`, which lets it go.
        skip_diff = True  # Ours compares cells: no copy of each instance is needed.

    def __init__(self, *, by: User | None = None, comment: str = "") -> None:
        super().__init__()
        self.by, self.comment = by, comment
        self.names = Names(self.lookups)
        self._current = _Current()
        self._new: dict[str, Model] = {}
        """Items that wait to be saved together, by key."""

    # Writing sheets

    @property
    def columns(self) -> list[Column]:
        return list(self.fields.values())

    @property
    def model(self) -> type[ReviewedItem]:
        return self._meta.model

    def get_headers(self) -> list[str]:
        return [*(column.column_name for column in self.columns), VERSION]

    def get_cells(self, item: Model) -> list[str]:
        """The cells of the item's row, as they are written to a file."""
        return [*(column.to_cell(item) for column in self.columns), self.get_version(item)]

    def get_texts(self, item: Model) -> list[str]:
        return [column.export(item) for column in self.columns]

    def get_version(self, item: Model) -> str:
        """Tells whether anything of the row was changed since."""
        return _version_of(self.get_texts(item))

    def load(self, pks: Iterable[int]) -> QuerySet[Any]:
        """The items with all that cells show, in a constant number of queries."""
        return get_kind(self.model._meta.model_name or "").load(pks)

    # Reading sheets, row by row

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return SheetRow

    def init_instance(self, row: Any = None) -> Model:
        return self.model()

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if self.self_link and row[self.self_link].strip() in self._new:
            self.save_waiting()  # The row will point to one of them.
        self._current = _Current(row, int(row[ROW]), new, [] if new else self.get_texts(instance))

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        errors: dict[str, list[ValidationError]] = {}
        for column in self.columns:
            try:
                column.save(instance, row, names=self.names, **kwargs)
            except ValidationError as error:
                errors[column.column_name] = error.error_list
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        is_unchanged = not self._current.is_new and self.get_texts(instance) == self._current.before
        return is_unchanged and not import_validation_errors

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors: dict[str, list[Any]] = {name: list(found) for name, found in (import_validation_errors or {}).items()}
        for column, sentence in (*self._find_refusals(instance), *self.find_faults(instance)):
            errors.setdefault(column, []).append(ValidationError(sentence))
        if errors:
            raise ValidationError(errors)

    def find_faults(self, item: Any) -> Iterator[tuple[str, str]]:
        """(column, sentence) of what the columns of one row together must not say."""
        return iter(())

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        if kwargs["is_preview"]:
            return
        if is_create:
            self._new[instance.key] = instance
            return
        with reversion.create_revision(manage_manually=True, atomic=False):
            instance.save()
            self.save_children(instance)
            # What was fetched for the comparison must not go into the version as it was.
            getattr(instance, "_prefetched_objects_cache", {}).clear()
            reversion.add_to_revision(instance)
            reversion.set_user(self.by)
            reversion.set_comment(self.comment)

    def save_waiting(self) -> None:
        """Saves the new items of the rows until now, all at once."""
        if not self._new:
            return
        new, self._new = list(self._new.values()), {}
        save_new([[item, *self.list_children(item)] for item in new], by=self.by, comment=self.comment)
        for item in new:
            self.names.add(item)

    def save_children(self, item: Any) -> None:
        """Saves the rows that belong to the item, which was saved before."""

    def list_children(self, item: Any) -> list[Model]:
        """The rows that belong to the new item."""
        return []

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Nothing is left: `save_children` saved all in the item's revision."""

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        now, item = self._current, row_result.instance
        row_result.line = Line(now.number, item.key, now.is_new, self._list_changes(item), None if now.is_new else item)
        row_result.instance = None  # Not to be kept for each row.

    def _list_changes(self, item: Any) -> list[Change]:
        before = self._current.before or [""] * len(self.columns)
        rows = zip(self.columns, before, self.get_texts(item), strict=True)
        return [Change(c.column_name, c.attribute, old, new) for c, old, new in rows if old != new]

    # What a row must not do

    def _find_refusals(self, item: Any) -> Iterator[tuple[str, str]]:
        now = self._current
        version = now.row.get(VERSION, "").strip()
        noun = item._meta.verbose_name
        if now.is_new and version:
            yield (
                "key",
                f"There is no {noun} “{item.key}”, but the row has a version, so its key was changed. A key never "
                "changes. Put the old key back, or empty the version to make a new one.",
            )
        elif not now.is_new and not version:
            yield (
                VERSION,
                f"The {noun} “{item.key}” exists already, and without its version it cannot be seen whether somebody "
                "changed it meanwhile. Export it, and make your change in that file.",
            )
        elif not now.is_new and version != self._version_before():
            yield VERSION, f"{_describe_last_save(item, self.by)} Export it again, and make your change in that file."
        yield from self._find_missing_right(item)

    def _version_before(self) -> str:
        return _version_of(self._current.before)

    def _find_missing_right(self, item: Any) -> Iterator[tuple[str, str]]:
        opts = self.model._meta
        if self.by is None:
            return
        if self._current.is_new:
            is_allowed = self.by.is_active and self.by.has_perm(f"{opts.app_label}.add_{opts.model_name}")
            what = f"add a {opts.verbose_name}"
        else:
            is_allowed, what = permissions.can(self.by, Action.EDIT, type(item)), f"change “{item.key}”"
        if not is_allowed:
            yield NON_FIELD_ERRORS, f"You do not have the right to {what}. Ask an administrator for it."


def _version_of(texts: list[str]) -> str:
    # Begins with a letter, so that no program takes it for a number.
    return f"v-{digest_of(texts)[:16]}"


def _describe_last_save(item: ReviewedItem, by: User | None) -> str:
    version = list_versions(item).first()
    user = version.revision.user if version else None
    who = "You" if user is not None and user == by else user.display_name if user else "Somebody"
    when = f" on {timezone.localtime(version.revision.date_created):%-d %B %Y at %H:%M}" if version else ""
    return f"{who} changed this {item._meta.verbose_name}{when}, after it was exported, so this row was not taken."

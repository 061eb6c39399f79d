"""From paths to the entries of content files, each with its place in the file. Nothing is judged here but the form."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from editorial.loading.problems import Problem
from editorial.loading.yaml_loader import ContentLoader, DuplicateKey

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class RawEntry:
    """One entry as it stands in the file."""

    section: str
    file: str
    line: int
    number: int
    values: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.values.get("key") or self.values.get("slug") or "")

    def problem(self, message: str, field: str = "") -> Problem:
        name = f"“{self.key}”" if self.key else f"number {self.number}"
        return Problem(message, self.file, self.line, f"{self.section} {name}", field)


@dataclass
class Reading:
    """What was read, and what could not be."""

    entries: list[RawEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_all(paths: Iterable[str | Path], *, sections: Collection[str]) -> Reading:
    """All entries of the files and folders, in order. `sections` are the words that may stand on top of a file."""
    reading = Reading()
    for path in _list_files(paths, reading.problems):
        _read_file(path, sections, reading)
    return reading


def _list_files(paths: Iterable[str | Path], problems: list[Problem]) -> list[Path]:
    files: dict[Path, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            problems.append(Problem("There is no such file or folder.", str(path)))
        found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES) if path.is_dir() else [path]
        if not found:
            problems.append(Problem("This folder holds no content files (.yaml or .yml).", str(path)))
        files.update({file.resolve(): file for file in found if file.is_file()})
    return list(files.values())


def _read_file(path: Path, sections: Collection[str], reading: Reading) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"This is not text in UTF-8 (byte {error.start + 1} is not). Save the file as UTF-8."
        reading.problems.append(Problem(message, str(path)))
    except OSError as error:
        reading.problems.append(Problem(f"The file cannot be read: {error.strerror}.", str(path)))
    else:
        _read_text(text, str(path), sections, reading)


def _read_text(text: str, file: str, sections: Collection[str], reading: Reading) -> None:
    loader = None
    try:
        loader = ContentLoader(text)
        root = loader.get_single_node()
        if root is None:
            reading.problems.append(Problem("The file is empty.", file))
        elif not isinstance(root, yaml.MappingNode):
            message = f"The file must begin with what it holds, as “facts:”. Known are: {_names(sections)}."
            reading.problems.append(Problem(message, file, 1))
        else:
            for key, value in root.value:
                reading.entries.extend(_read_section(loader, key, value, file, sections, reading.problems))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        reading.problems.append(Problem(f"This is not valid YAML: {what}.", file, mark.line + 1 if mark else 0))
    finally:
        if loader is not None:
            loader.dispose()


def _read_section(
    loader: ContentLoader,
    key: yaml.Node,
    value: yaml.Node,
    file: str,
    sections: Collection[str],
    problems: list[Problem],
) -> Iterator[RawEntry]:
    line, name = key.start_mark.line + 1, str(key.value)
    if name not in sections:
        message = f"Content files have no section “{name}”. Known are: {_names(sections)}."
        problems.append(Problem(message, file, line))
    elif not isinstance(value, yaml.SequenceNode):
        problems.append(Problem(f"“{name}:” must be followed by a list of entries, each with a dash.", file, line))
    else:
        for number, node in enumerate(value.value, start=1):
            entry = _read_entry(loader, name, node, number, file, problems)
            if entry is not None:
                yield entry


def _read_entry(
    loader: ContentLoader, section: str, node: yaml.Node, number: int, file: str, problems: list[Problem]
) -> RawEntry | None:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        problems.append(
            Problem("An entry must be made of fields with values.", file, line, f"{section} number {number}")
        )
        return None
    try:
        return RawEntry(section, file, line, number, loader.construct_object(node, deep=True))
    except DuplicateKey as error:
        plain = {str(k.value): v.value for k, v in node.value if isinstance(v, yaml.ScalarNode)}
        entry = RawEntry(section, file, error.line, number, plain)
        problems.append(entry.problem("The field stands here twice. Keep one.", error.key))
        return None


def _names(sections: Collection[str]) -> str:
    return ", ".join(sections)

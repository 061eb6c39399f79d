"""Progress bars of the long commands."""

import sys
from collections.abc import Callable
from typing import Any

from tqdm import tqdm

Progress = Callable[[str, int], Callable[[], Any]]
"""Told the name and the length of a step; gives what to call after each part of it."""


def show_progress(*, verbosity: int) -> Progress:
    """Bars on standard error; none when that is no terminal or the command shall be quiet."""
    is_quiet = verbosity < 1 or not sys.stderr.isatty()
    return lambda name, length: tqdm(total=length, desc=name, unit="", leave=False, disable=is_quiet).update


def no_progress(name: str, length: int) -> Callable[[], Any]:
    return lambda: None

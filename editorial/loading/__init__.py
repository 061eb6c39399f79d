"""Content files become drafts: read, checked as a whole, then written, or nothing at all."""

from editorial.loading.creating import save_new
from editorial.loading.problems import LoadRefused, Problem
from editorial.loading.rows import Children, Entry, ItemEntry, Link, Row, Section
from editorial.loading.run import Loaded, load

__all__ = [
    "Children",
    "Entry",
    "ItemEntry",
    "Link",
    "LoadRefused",
    "Loaded",
    "Problem",
    "Row",
    "Section",
    "load",
    "save_new",
]

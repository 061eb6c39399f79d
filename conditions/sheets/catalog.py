"""Which sheets there are."""

from conditions.sheets.base import ItemResource
from conditions.sheets.citations import CitationResource
from conditions.sheets.facts import FactResource

SHEETS: dict[str, type[ItemResource]] = {"facts": FactResource, "citations": CitationResource}
"""By the name that `import_sheet` knows them by."""

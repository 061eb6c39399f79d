"""What a reviewer is shown of sources: the passages that a content cites, and the references themselves."""

from conditions.content import FrozenCitation
from conditions.models import Citation, FactCitation
from conditions.references import format_reference
from editorial.extracts import Passage, Reference
from editorial.registry import Frozen


def list_fact_passages(content: Frozen) -> list[Passage]:
    """The passages of a fact, with place and quote."""
    bearings = dict(FactCitation._meta.get_field("bearing").flatchoices)
    return [
        Passage(
            f"citation:{source['key']}",
            locator=source["locator"],
            quote=source["quote"],
            bearing=bearings.get(source["bearing"], source["bearing"]),
        )
        for source in content["sources"]
    ]


def list_passages(keys: set[str]) -> list[Passage]:
    """Passages without a place, one for each source among these names (`kind:key`)."""
    return [Passage(name) for name in sorted(keys) if name.startswith("citation:")]


def describe(content: Frozen, derived: Frozen) -> Reference:
    """The source's formatted reference, its address, and what sort of evidence it is."""
    record = FrozenCitation.model_validate(content)
    text = derived.get("reference") or format_reference(record)
    url = f"https://doi.org/{record.doi}" if record.doi else record.url
    return Reference(text=text, url=url, remark=", ".join(_remarks(record)))


def _remarks(record: FrozenCitation) -> list[str]:
    choices = {name: dict(Citation._meta.get_field(name).flatchoices) for name in ("evidence", "integrity")}
    remarks = [str(choices["evidence"].get(record.evidence, record.evidence))]
    if record.integrity != "current":
        remarks.append(str(choices["integrity"].get(record.integrity, record.integrity)).lower())
    if record.superseded_by:
        remarks.append(f"superseded by {record.superseded_by}")
    return remarks

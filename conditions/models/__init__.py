from conditions.models.citation import Citation, CitationType, Evidence, Integrity
from conditions.models.condition import Condition, Subtype
from conditions.models.fact import Bearing, Fact, FactCitation
from conditions.models.fact_choices import Bound, Certainty, CountedFrom, FactKind, Prominence, Rule, Sex, Statistic
from conditions.models.sheet_upload import SheetUpload
from conditions.models.style_rule import StyleRule
from conditions.models.term import Term
from conditions.models.topic import Display, Measure, Topic

__all__ = [
    "Bearing",
    "Bound",
    "Certainty",
    "Citation",
    "CitationType",
    "Condition",
    "CountedFrom",
    "Display",
    "Evidence",
    "Fact",
    "FactCitation",
    "FactKind",
    "Integrity",
    "Measure",
    "Prominence",
    "Rule",
    "Sex",
    "SheetUpload",
    "Statistic",
    "StyleRule",
    "Subtype",
    "Term",
    "Topic",
]

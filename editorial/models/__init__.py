from editorial.models.comment import Comment
from editorial.models.consultation import Consultation, Opinion
from editorial.models.contribution import Contribution
from editorial.models.decision import Decision, Materiality
from editorial.models.edition import Edition
from editorial.models.item import ReviewedItem, item_triggers
from editorial.models.picture import Picture
from editorial.models.prepared import PreparedPart
from editorial.models.presence import Presence
from editorial.models.report_outcome import ReportOutcome, Result
from editorial.models.review import Review
from editorial.models.saved_list import SavedList
from editorial.models.search import SearchEntry, SearchStart, SearchWord
from editorial.models.user import User

__all__ = [
    "Comment",
    "Consultation",
    "Contribution",
    "Decision",
    "Edition",
    "Materiality",
    "Opinion",
    "Picture",
    "PreparedPart",
    "Presence",
    "ReportOutcome",
    "Result",
    "Review",
    "ReviewedItem",
    "SavedList",
    "SearchEntry",
    "SearchStart",
    "SearchWord",
    "User",
    "item_triggers",
]

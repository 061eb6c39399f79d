from editorial.models.comment import Comment
from editorial.models.contribution import Contribution
from editorial.models.decision import Decision, Materiality
from editorial.models.edition import Edition
from editorial.models.item import ReviewedItem, item_triggers
from editorial.models.picture import Picture
from editorial.models.review import Review
from editorial.models.user import User

__all__ = [
    "Comment",
    "Contribution",
    "Decision",
    "Edition",
    "Materiality",
    "Picture",
    "Review",
    "ReviewedItem",
    "User",
    "item_triggers",
]

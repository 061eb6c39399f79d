from comparisons.models.comparison import ComparedCondition, Comparison, Point, PointKind, Section, Verdict
from comparisons.models.faq import FAQ

__all__ = ["FAQ", "ComparedCondition", "Comparison", "Point", "PointKind", "Section", "Verdict"]

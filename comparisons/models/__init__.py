from comparisons.models.comparison import ComparedCondition, Comparison, Point, PointKind, Section, Verdict
from comparisons.models.faq import FAQ
from comparisons.models.report import Report
from comparisons.models.sending import Sending

__all__ = ["FAQ", "ComparedCondition", "Comparison", "Point", "PointKind", "Report", "Section", "Sending", "Verdict"]

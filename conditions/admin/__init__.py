"""The admin of conditions, facts, sources, terms, and of what they are ordered and measured by."""

from conditions.admin import citation, condition, configuration, fact, term

__all__ = ["citation", "condition", "configuration", "fact", "term"]

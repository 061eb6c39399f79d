"""The admin of comparisons, FAQs and readers' reports."""

from comparisons.admin import comparison, faq, report  # noqa: F401

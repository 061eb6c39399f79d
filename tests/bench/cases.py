"""What is measured, by name: shared by those who measure, and by the report, which needs no Django."""

FIXED = "fixed work"
"""Always the same computing, timed beside the site's: what all other times can be compared with."""

# Part "cached": "<server>: <case>".
PLAIN_BYTES, FLOOR, DEFAULT = "bare WSGI", "floor", "default middleware"
CACHED, UNCACHED = "site", "site, uncached"
MANY, HEAVY = ", many pages", ", heavy page"
"""Rows with their own floor."""
WITH_HEADERS = ", all headers"
"""What sends the site's headers too, and not just those that a browser needs to read the body."""

# Part "memory".
FULL = "{server}: a full page cache"

# Part "uncached".
COMPARISON, CONDITION = "comparison", "condition"
PLAIN = ", plain"

# Part "editorial".
ONE, TOGETHER, MIXED, SAVE = "approve one", "approve 20 of one condition", "approve 20 of any", "save and submit one"
QUEUE, BATCH, LIST, FORM, DAY = "desk: queue", "desk: batch of 20", "admin: list of facts", "admin: a fact", "my day"
ACTS = (ONE, TOGETHER, MIXED, SAVE)
SCREENS = (QUEUE, BATCH, LIST, FORM, DAY)

# Part "search".
ALL, SUGGESTIONS = "search: all", "suggestions"
SORTS = ("one word", "two words", "a rare word", "a common word", "an abbreviation", "a typing error")
LISTS = {
    "list: conditions from A to Z": "/conditions/",
    "list: choose what to compare": "/compare/",
    "list: sources": "/sources/",
    "list: questions": "/faqs/",
}

# Part "import".
IMPORT = "import of facts"

"""One address for each type of page that readers meet: with the content of the tests, and with the real content."""

# What tests.rich_content.build_rich_site publishes.
RICH = {
    "home": "/",
    "conditions": "/conditions/",
    "condition": "/conditions/stiffness/",
    "old-condition": "/conditions/stiffness/?as_of=2000-01-01",
    "picker": "/compare/",
    "refused-pick": "/compare/?with=stiffness",
    "comparison": "/compare/stiffness-vs-hardness/",
    "free-comparison": "/compare/?with=stiffness&with=hardness&with=rigidity",
    "questions": "/faqs/",
    "question": "/faqs/can-one-have-both/",
    "sources": "/sources/",
    "source": "/sources/sound/",
    "glossary": "/glossary/",
    "history": "/history/condition/stiffness/",
    "edition": "/history/condition/stiffness/1/",
    "about": "/about/",
    "policy": "/editorial-policy/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "not-found": "/no-such-page/",
    "spanish-comparison": "/es/compare/stiffness-vs-hardness/",
}

# What `manage.py demo` publishes.
REAL = {
    "home": "/",
    "conditions": "/conditions/",
    "condition": "/conditions/multiple-sclerosis/",
    "picker": "/compare/",
    "comparison": "/compare/ms-vs-als/",
    "questions": "/faqs/",
    "question": "/faqs/is-ms-or-als-more-serious/",
    "sources": "/sources/",
    "source": "/sources/filippi-2018/",
    "glossary": "/glossary/",
}

"""One address for each type of page that readers meet: with the content of the tests, and with the real content."""

from comparisons.models import FAQ
from tests.factories import make_faq, publish
from tests.rich_content import build_rich_site
from tests.steps import approve, edit, retire, submit

# What `build_every_page_type` publishes: pages of content …
CONTENT = {
    "condition": "/conditions/stiffness/",
    "old-condition": "/conditions/stiffness/?as_of=2000-01-01",
    "comparison": "/compare/stiffness-vs-hardness/",
    "free-comparison": "/compare/?with=stiffness&with=hardness&with=rigidity",
    "question": "/faqs/can-one-have-both/",
    "source": "/sources/sound/",
    "doubted-source": "/sources/concern/",
    "history": "/history/condition/stiffness/",
    "old-edition": "/history/condition/stiffness/1/",
    "old-comparison": "/history/comparison/stiffness-vs-hardness/1/",
    "old-question": "/history/faq/can-one-have-both/1/",
    "old-source": "/history/citation/sound/1/",
    "old-glossary": "/history/glossary/glossary/1/",
    "changes": "/history/faq/can-one-have-both/2/changes/",
    "spanish-comparison": "/es/compare/stiffness-vs-hardness/",
    "spanish-question": "/es/faqs/can-one-have-both/",
}
# … lists, forms, and pages about the site.
SITE = {
    "home": "/",
    "conditions": "/conditions/",
    "picker": "/compare/",
    "refused-pick": "/compare/?with=stiffness",
    "questions": "/faqs/",
    "found-questions": "/faqs/?q=both",
    "sources": "/sources/",
    "filtered-sources": "/sources/?evidence=cohort",
    "refused-filter": "/sources/?evidence=none",
    "glossary": "/glossary/",
    "search": "/search/",
    "found": "/search/?q=stiff",
    "found-nothing": "/search/?q=zzyzx",
    "refused-search": "/search/?q=stiff&kind=none",
    "updates": "/updates/",
    "filtered-updates": "/updates/?kind=faq&condition=stiffness",
    "refused-updates": "/updates/?kind=none",
    "corrections": "/updates/corrections/",
    "feedback": "/feedback/?about=/conditions/stiffness/&section=topic-symptoms",
    "feedback-about-nothing": "/feedback/?about=/no-such-page/",
    "thanks": "/feedback/thanks/?about=/conditions/stiffness/",
    "api": "/api/v1/docs/",
    "about": "/about/",
    "policy": "/editorial-policy/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "not-found": "/no-such-page/",
    "gone": "/faqs/withdrawn/",
    "spanish-home": "/es/",
    "spanish-search": "/es/search/?q=stiff",
    "spanish-feedback": "/es/feedback/?about=/conditions/stiffness/",
}
RICH = CONTENT | SITE

# What `manage.py demo` publishes.
REAL = {
    "home": "/",
    "conditions": "/conditions/",
    "condition": "/conditions/multiple-sclerosis/",
    "picker": "/compare/",
    "comparison": "/compare/ms-vs-als/",
    "three-compared": "/compare/?with=multiple-sclerosis&with=amyotrophic-lateral-sclerosis&with=systemic-sclerosis",
    "questions": "/faqs/",
    "question": "/faqs/is-ms-or-als-more-serious/",
    "sources": "/sources/",
    "source": "/sources/filippi-2018/",
    "glossary": "/glossary/",
    "search": "/search/?q=walking",
    "updates": "/updates/",
    "history": "/history/comparison/ms-vs-als/",
    "edition": "/history/comparison/ms-vs-als/1/",
    "feedback": "/feedback/?about=/compare/ms-vs-als/",
    "api": "/api/v1/docs/",
    "about": "/about/",
    "policy": "/editorial-policy/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "not-found": "/no-such-page/",
    "spanish": "/es/compare/ms-vs-als/",
}


def build_every_page_type() -> None:
    """A small site with every structure, a question that was corrected and one that was withdrawn."""
    faq: FAQ = build_rich_site().faq
    editor = edit(faq, answer="Another answer [@sound].")
    submit(faq, by=editor)
    approve(faq, is_correction=True)
    withdrawn = make_faq(slug="withdrawn")
    publish(*withdrawn.citations.all(), withdrawn)
    retire(withdrawn)

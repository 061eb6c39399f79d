"""Two people at work, in a process of their own: a fact is changed, submitted and approved every second.

Each change carries a running number in a text that says that it is artificial. Now and then a question is retired and
brought back. Every change is told on the standard output, a line of JSON when it begins and one when it is committed.
"""

import itertools
import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sclerosis_site.settings")
django.setup()

import reversion  # noqa: E402
from django.db.models import Model  # noqa: E402

from comparisons.models import FAQ, Comparison  # noqa: E402
from conditions.models import Citation, Condition, Fact, FactCitation, Topic  # noqa: E402
from editorial import actions  # noqa: E402
from editorial.models import ReviewedItem, User  # noqa: E402
from tests.load.ledger import now  # noqa: E402

EVERY = 1.0
RETIRE_EVERY = 10
"""Of so many changes one retires the question, and half as many later it is brought back."""
OTHERS = (
    *("/", "/es/", "/conditions/", "/compare/", "/faqs/", "/sources/", "/glossary/", "/about/", "/updates/"),
    *("/updates/feed/", "/sitemap.xml", "/robots.txt", "/faqs/?condition=multiple-sclerosis", "/feedback/"),
    *("/search/?q=weakness", "/search/?q=life+expectancy", "/search/?q=scleroderma", "/search/suggestions/?q=sc"),
    *("/history/condition/multiple-sclerosis/", "/api/v1/conditions", "/api/v1/openapi.json"),
)


class Newsroom:
    def __init__(self) -> None:
        self.editor = User.objects.get(username="editor")
        self.reviewer = User.objects.get(username="reviewer")
        self.question = FAQ.objects.order_by("-pk")[0]
        self.facts = [self._make_fact(condition) for condition in Condition.objects.order_by("pk")]

    def _make_fact(self, condition: Condition) -> Fact:
        key = f"load-test-{condition.slug}"
        fact = Fact.objects.filter(key=key).first()
        if fact is None:
            topic, source = Topic.objects.get(slug="symptoms"), Citation.objects.filter(review__status="approved")[0]
            with reversion.create_revision():
                values = {"condition": condition, "topic": topic, "prominence": "main"}
                fact = Fact.objects.create(key=key, text=describe(condition.slug, 0), **values)
                FactCitation.objects.create(fact=fact, citation=source, position=0)
        return fact

    def change(self, number: int) -> None:
        """The next fact in turn gets the number."""
        fact = self.facts[number % len(self.facts)]
        self._publish(fact, fact.condition.slug, number, text=describe(fact.condition.slug, number))

    def _publish(self, item: ReviewedItem, subject: str, value: int | str, **values: str) -> None:
        item = type(item).objects.get(pk=item.pk)
        tell("begin", subject, value)
        with reversion.create_revision():
            reversion.set_user(self.editor)
            for name, text in values.items():
                setattr(item, name, text)
            item.save()
        actions.submit([item], by=self.editor)
        actions.approve([item], by=self.reviewer, digests={item: digest_of(item)})
        tell("commit", subject)

    def retire(self) -> None:
        tell("begin", self.question.slug, 410)
        actions.retire([self.question], by=self.reviewer, reason="The load test retires it.")
        tell("commit", self.question.slug)

    def bring_back(self, number: int) -> None:
        answer = f"This artificial answer was brought back by the load test, number {number}."
        self._publish(self.question, self.question.slug, 200, answer=answer)


def describe(slug: str, number: int) -> str:
    return f"This is an artificial text of the load test for {slug}, number {number}."


def digest_of(item: Model) -> str:
    return type(item)._default_manager.get(pk=item.pk).review.digest


def describe_site(newsroom: Newsroom) -> dict[str, Any]:
    """What readers ask for: pages that show the numbers, the question, and others of every kind."""
    slugs = [fact.condition.slug for fact in newsroom.facts]
    curated = [f"/compare/{slug}/" for slug in Comparison.objects.values_list("slug", flat=True)]
    conditions = [f"/conditions/{slug}/" for slug in slugs]
    sources = [f"/sources/{key}/" for key in Citation.objects.values_list("key", flat=True)[:40]]
    return {
        "question": f"/faqs/{newsroom.question.slug}/",
        "slug": newsroom.question.slug,
        "numbered": [*conditions, *curated, *(f"/es{address}" for address in conditions)],
        "addresses": [*OTHERS, *sources, *(f"/api/v1{address[:-1]}" for address in conditions)],
    }


def tell(what: str, subject: str, value: Any = None) -> None:
    print(json.dumps([what, subject, value, now()]), flush=True)


def main(*, seconds: float) -> None:
    newsroom = Newsroom()
    for number in range(len(newsroom.facts)):
        newsroom.change(number)
    newsroom.bring_back(0)
    tell("ready", "", describe_site(newsroom))
    ends_at, next_at = now() + seconds, now()
    for number in itertools.count(len(newsroom.facts)):
        if now() > ends_at:
            break
        newsroom.change(number)
        if number % RETIRE_EVERY == 0:
            newsroom.retire()
        elif number % RETIRE_EVERY == RETIRE_EVERY // 2:
            newsroom.bring_back(number)
        next_at = max(next_at + EVERY, now())
        time.sleep(max(0.0, next_at - now()))


if __name__ == "__main__":
    main(seconds=float(sys.argv[1]))

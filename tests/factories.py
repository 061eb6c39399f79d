"""Content for tests: real rows made through the ordinary models."""

import itertools
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from comparisons.models import FAQ, ComparedCondition, Comparison, Report
from conditions.models import Citation, Condition, Fact, FactCitation, Term, Topic
from editorial.groups import ADMINISTRATORS, EDITORS, REVIEWERS
from editorial.models import Picture, ReviewedItem, User
from editorial.pictures import store_upload

_numbers = itertools.count(1)


def make_user(*groups: str, **values: Any) -> User:
    username = values.pop("username", f"user{next(_numbers)}")
    user = User.objects.create_user(username, password="a long password", is_staff=True, **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_editor(**values: Any) -> User:
    return make_user(EDITORS, **values)


def make_reviewer(**values: Any) -> User:
    """With a statement of interests, without which nobody approves medical content."""
    signed = {"interests": "None.", "interests_declared_on": timezone.now().date()}
    return make_user(REVIEWERS, **{**signed, **values})


def make_administrator(**values: Any) -> User:
    return make_user(ADMINISTRATORS, **values)


def make_topic(slug: str = "symptoms", **values: Any) -> Topic:
    defaults = {"name": slug.title(), "question": f"What of {slug}?", "aspect": "Symptoms", "in_table": True}
    return Topic.objects.get_or_create(slug=slug, defaults={**defaults, **values})[0]


def make_citation(**values: Any) -> Citation:
    key = values.pop("key", f"source-{next(_numbers)}")
    defaults = {"title": f"A study named {key}", "issued": "2020", "doi": f"10.1000/{key}"}
    return Citation.objects.create(key=key, **{**defaults, **values})


def make_condition(*, sources: list[Citation] | None = None, **values: Any) -> Condition:
    slug = values.pop("slug", f"condition-{next(_numbers)}")
    defaults = {"name": slug.replace("-", " ").capitalize(), "definition": f"What {slug} is."}
    condition = Condition.objects.create(slug=slug, **{**defaults, **values})
    condition.definition_citations.set(sources if sources is not None else [make_citation()])
    return condition


def make_fact(condition: Condition, *, sources: list[Citation] | None = None, **values: Any) -> Fact:
    key = values.pop("key", f"fact-{next(_numbers)}")
    defaults = {"text": f"Something about {key}.", "topic": values.pop("topic", None) or make_topic()}
    fact = Fact.objects.create(key=key, condition=condition, **{**defaults, **values})
    for position, citation in enumerate(sources if sources is not None else [make_citation()]):
        FactCitation.objects.create(fact=fact, citation=citation, position=position)
    return fact


def make_comparison(*conditions: Condition, **values: Any) -> Comparison:
    slug = values.pop("slug", f"comparison-{next(_numbers)}")
    defaults = {"title": f"Comparing {slug}", "answer": f"They differ, says {slug}."}
    comparison = Comparison.objects.create(slug=slug, **{**defaults, **values})
    for position, condition in enumerate(conditions):
        ComparedCondition.objects.create(comparison=comparison, condition=condition, position=position)
    return comparison


def make_faq(*conditions: Condition, sources: list[Citation] | None = None, **values: Any) -> FAQ:
    slug = values.pop("slug", f"faq-{next(_numbers)}")
    defaults = {"question": f"Is {slug} a question?", "answer": f"Yes, {slug} is."}
    faq = FAQ.objects.create(slug=slug, **{**defaults, **values})
    faq.conditions.set(conditions)
    faq.citations.set(sources if sources is not None else [make_citation()])
    return faq


def make_term(*, sources: list[Citation] | None = None, **values: Any) -> Term:
    slug = values.pop("slug", f"term-{next(_numbers)}")
    term = Term.objects.create(slug=slug, **{"preferred": slug.title(), "definition": f"What {slug} means.", **values})
    term.citations.set(sources if sources is not None else [make_citation()])
    return term


def make_report(**values: Any) -> Report:
    """An open one, on a page when nothing else is said."""
    defaults = {"text": "Something is wrong here.", "received_at": timezone.now()}
    return Report.objects.create(**{**defaults, "page": "" if values.get("fact") else "/", **values})


def publish(*items: ReviewedItem, editor: User | None = None, reviewer: User | None = None) -> None:
    """Takes the items through the real workflow."""
    from editorial import actions

    actions.submit(items, by=editor or make_editor())
    digests = {item: type(item).objects.get(pk=item.pk).review.digest for item in items}
    actions.approve(items, by=reviewer or make_reviewer(), digests=digests)


def make_picture(kind: str = "PNG", colour: str = "teal") -> Picture:
    content = BytesIO()
    Image.new("RGB", (8, 4), colour).save(content, format=kind)
    return store_upload(ContentFile(content.getvalue()))

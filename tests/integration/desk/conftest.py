"""A small site with a public fact and what waits for review."""

from dataclasses import dataclass

import pytest
import reversion
from django.test import Client
from django.urls import reverse

from comparisons.models import Comparison
from conditions.models import Citation, Condition, Fact
from editorial import actions
from editorial.models import ReviewedItem, User
from tests.factories import make_citation, make_comparison, make_condition, make_editor, make_fact, publish
from tests.integration.desk.previews import CHANGED


@dataclass
class Site:
    source: Citation
    condition: Condition
    fact: Fact
    editor: User
    other: Condition | None = None
    comparison: Comparison | None = None


@pytest.fixture
def site(db) -> Site:
    """A condition, its source and one fact, all public."""
    source = make_citation(key="roe-2020", title="A long study")
    condition = make_condition(slug="multiple-sclerosis", sources=[source])
    fact = make_fact(condition, sources=[source], key="ms-walk", text="About 1,250 people walked.")
    fact.sources.update(locator="p. 12", quote="Of all, 1,250 walked.")
    fact.save()
    editor = make_editor(first_name="Edna", last_name="Editor")
    publish(source, condition, fact, editor=editor)
    return Site(source, condition, fact, editor)


@pytest.fixture
def desk(reviewer) -> Client:
    """A browser in which a reviewer is signed in."""
    return sign_in(reviewer)


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def edit(item: ReviewedItem, *, by: User, **values) -> ReviewedItem:
    with reversion.create_revision():
        reversion.set_user(by)
        for name, value in values.items():
            setattr(item, name, value)
        item.save()
    return type(item).objects.get(pk=item.pk)


def submit_change(item: ReviewedItem, *, by: User, **values) -> ReviewedItem:
    """The item with a change that waits for review."""
    changed = edit(item, by=by, **values)
    actions.submit([changed], by=by)
    return changed


def fresh(item: ReviewedItem) -> ReviewedItem:
    return type(item).objects.get(pk=item.pk)


def form_of(*items: ReviewedItem, action: str = "approve", **values) -> dict:
    """What the page of these items would send."""
    ids = [item.review_id for item in items]
    digests = {f"digest-{item.review_id}": fresh(item).review.digest for item in items}
    return {"items": ids, "shown": ids, "action": action, "materiality": "clinical", "comment": "", **digests, **values}


def decide(client: Client, *items: ReviewedItem, **values):
    return client.post(reverse("desk:decide"), form_of(*items, **values))


@pytest.fixture
def pending(site) -> Site:
    """The site with a second condition, a comparison of both, and a change of the fact that waits."""
    other = make_condition(slug="als", sources=[site.source])
    fact = fresh(site.fact)
    comparison = make_comparison(site.condition, other, slug="ms-and-als", title="MS and ALS")
    publish(other, comparison)
    site.other, site.comparison = other, comparison
    site.fact = submit_change(fact, by=site.editor, text=CHANGED, prominence="main")
    return site

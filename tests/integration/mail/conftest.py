"""People with addresses, and what was queued for them."""

from collections import Counter

import pytest
from post_office.models import Email

from editorial.models import User
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer


@pytest.fixture
def edna(db) -> User:
    return make_editor(username="edna", first_name="Edna", last_name="Editor", email="edna@example.org")


@pytest.fixture
def rae(db) -> User:
    return make_reviewer(username="rae", first_name="Rae", last_name="Reviewer", email="rae@example.org")


def make_drafts(count: int = 1) -> list:
    """A source, a condition and so many facts that stand on them."""
    source = make_citation()
    condition = make_condition(sources=[source])
    return [source, condition, *(make_fact(condition, sources=[source]) for _ in range(count))]


def queued() -> Counter[tuple[str, str]]:
    """(address, subject) of all mails that were ever queued."""
    return Counter((email.to[0], email.subject) for email in Email.objects.order_by("pk"))


def last_text(address: str) -> str:
    """The newest mail to the address: its subject and its text."""
    email = Email.objects.filter(to=address).latest("pk")
    return f"{email.subject}\n{email.message}"

"""The groups and their rights are there on every database, also after tests have emptied it."""

import pytest
from django.contrib.auth.models import Group

from editorial.models import Decision, Edition
from tests.factories import make_citation, publish


def list_groups() -> list[str]:
    return list(Group.objects.order_by("name").values_list("name", flat=True))


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_a_test_on_real_transactions_starts_with_the_groups_and_without_content(turn: str) -> None:
    assert list_groups() == ["Administrators", "Editors", "Reviewers"]
    assert not Decision.objects.exists()
    assert not Edition.objects.exists()

    publish(make_citation())

    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_groups_are_there_after_tests_on_real_transactions() -> None:
    reviewers = Group.objects.get(name="Reviewers")

    assert reviewers.permissions.filter(codename="decide_item").exists()
    assert list_groups() == ["Administrators", "Editors", "Reviewers"]

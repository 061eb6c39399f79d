"""The rights of a person are those of the person and of the groups, as in Django, in one query."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission

from editorial.models import User
from editorial.rights import StaffBackend
from tests.factories import make_reviewer, make_user

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def mixed() -> User:
    user = make_reviewer()
    user.user_permissions.add(Permission.objects.get(codename="add_topic"))
    return user


def test_they_are_the_same_as_djangos(mixed: User) -> None:
    found = StaffBackend().get_all_permissions(again(mixed))

    assert found == ModelBackend().get_all_permissions(again(mixed))
    assert {"conditions.add_topic", "editorial.decide_item"} <= found


def test_they_take_one_query_however_often_they_are_asked_for(mixed: User, django_assert_num_queries) -> None:
    user = again(mixed)

    with django_assert_num_queries(1):
        assert user.has_perm("editorial.decide_item")
        assert user.has_perm("conditions.add_topic")
        assert not user.has_perm("conditions.delete_topic")


def test_who_left_or_is_in_no_group_holds_none_and_a_superuser_all(mixed: User, superuser: User) -> None:
    User.objects.filter(pk=mixed.pk).update(is_active=False)

    assert StaffBackend().get_all_permissions(again(mixed)) == set()
    assert StaffBackend().get_all_permissions(make_user()) == set()
    assert again(superuser).has_perm("conditions.delete_topic")


def test_no_right_is_held_on_a_single_object_only(mixed: User) -> None:
    assert StaffBackend().get_all_permissions(again(mixed), obj=mixed) == set()

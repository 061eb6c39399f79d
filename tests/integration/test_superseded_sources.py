"""The page of a source names what replaced it exactly while that is public."""

import pytest

from conditions.models import Citation
from editorial import actions, editions, publishing
from tests.factories import make_citation, make_reviewer, publish

pytestmark = pytest.mark.django_db


def make_replaced() -> tuple[Citation, Citation]:
    new = make_citation(key="new", title="Canary of the replacement")
    return make_citation(key="old", integrity="superseded", superseded_by=new), new


def read_old_source() -> dict:
    edition = editions.get_current("citation", "old")
    assert publishing.find_unfaithful(edition) is None
    return edition.content


def test_a_replacement_that_is_not_approved_is_not_named() -> None:
    old, _ = make_replaced()
    publish(old)

    assert read_old_source()["superseded_by"] == ""
    assert "Canary" not in str(read_old_source())


def test_a_replacement_is_named_from_its_own_approval_on() -> None:
    old, new = make_replaced()
    publish(old)
    publish(new)

    assert read_old_source()["superseded_by"] == "new"


def test_a_retired_replacement_is_named_no_more_and_the_source_must_be_looked_at_again() -> None:
    old, new = make_replaced()
    publish(new, old)
    actions.retire([new], by=make_reviewer(), reason="Wrong.")

    assert "Canary" not in str(read_old_source())
    old.refresh_from_db()
    assert old.review.recheck_reasons == ["Its replacement “new” was retired."]


def test_two_sources_that_name_each_other_as_replacement_are_published() -> None:
    old, new = make_replaced()
    new.superseded_by = old
    new.save()
    publish(old, new)

    assert read_old_source()["superseded_by"] == "new"

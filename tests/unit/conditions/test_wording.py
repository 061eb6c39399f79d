"""House style: rules and the words to avoid, found in texts for readers."""

import pytest

from conditions.models import StyleRule
from conditions.wording import HouseStyle
from tests.factories import make_term

pytestmark = pytest.mark.django_db


def test_rules_and_words_to_avoid_are_read_in_one_query_and_found(django_assert_num_queries):
    StyleRule.objects.all().delete()
    StyleRule.objects.create(slug="no-shouting", pattern="!", message="No shouting.")
    StyleRule.objects.create(slug="dangling-colon", pattern=":", message="An error of its own.")
    make_term(
        slug="wobble", preferred="wobble", avoid=[{"text": "shakes", "reason": "Rude."}, {"reason": "no text"}, 5]
    )
    make_term(slug="gait", preferred="gait")

    with django_assert_num_queries(1):
        style = HouseStyle.load()

    found = [(issue.code, issue.message) for issue in style.find("The shakes: ouch!", "text")]
    assert found == [("no-shouting", "“!”: No shouting."), ("term-wobble", "“shakes”: Write “wobble”. Rude.")]

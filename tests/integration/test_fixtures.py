"""The content files on a site that is empty otherwise."""

import pytest
from django.core.management import call_command
from reversion.models import Revision

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, Measure, StyleRule, Term, Topic
from editorial.models import Edition, Review
from tests.fixture_files import COUNTS, dump

pytestmark = pytest.mark.django_db


def test_a_dump_makes_the_same_rows_on_an_empty_site_as_drafts(db, tmp_path, django_capture_on_commit_callbacks):
    call_command("load_content", "fixtures", verbosity=0)
    rows = dump(tmp_path / "one.json")
    for model in (FAQ, Comparison, Term):
        model.objects.all().delete()
    Fact.objects.update(parent=None)
    for model in (Fact, Condition, Citation, Topic, Measure, StyleRule, Revision, Review):
        model.objects.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("loaddata", str(tmp_path / "one.json"), verbosity=0)

    assert dump(tmp_path / "two.json") == rows
    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    assert set(Review.objects.values_list("status", flat=True)) == {"draft"}
    assert not Review.objects.filter(digest="").exists()
    assert not Edition.objects.exists()

"""What becomes of content files that are right."""

from pathlib import Path

import pytest
import reversion
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from comparisons.models import FAQ, Comparison
from conditions.models import Citation, Condition, Fact, StyleRule
from editorial.models import Decision, Edition, Review
from tests.content_files import WHOLE, changed, load, refuse, write
from tests.factories import make_citation, make_condition, make_editor, publish
from tests.steps import read_database

pytestmark = pytest.mark.django_db

FACT = (
    "  - {{key: {key}, condition: ms, subtype: rrms, topic: symptoms, kind: item, prominence: detail, position: 20,"
    " text: Words., parent: lead, certainty: high, citations: [smith-2020, jones-2021]}}\n"
)


def test_a_whole_file_becomes_drafts_with_all_that_belongs_to_them(tmp_path):
    load(write(tmp_path, WHOLE))

    lead, child = Fact.objects.get(key="lead"), Fact.objects.get(key="child")
    assert child.parent == lead
    assert lead.subtype.name == "Relapsing"
    assert (lead.low, lead.high, lead.interval_high) == (40, pytest.approx(60.5), pytest.approx(70.25))
    assert (lead.measure.slug, lead.feature, lead.sex, lead.comparator_label) == ("share", "fatigue", "women", "others")
    sources = lead.sources.values_list("citation__key", "locator", "quote")
    assert list(sources) == [("smith-2020", "Table 1", "half"), ("jones-2021", "", "")]
    assert lead.note == "To check."
    condition = Condition.objects.get()
    assert list(condition.subtypes.values_list("slug", "is_separate")) == [("rrms", False), ("not-it", True)]
    comparison = Comparison.objects.get()
    assert [p.kind for p in comparison.points.all()] == ["similarity", "confusion"]
    assert {f.key for f in comparison.points.all()[0].rests_on.all()} == {"lead", "child"}
    assert [c.slug for c in FAQ.objects.get().comparisons.all()] == ["pair"]
    citation = Citation.objects.get(key="smith-2020")
    assert citation.authors == [{"family": "Smith", "given": "Ann"}, {"literal": "A group"}]
    assert set(Review.objects.values_list("status", flat=True)) == {"draft"}
    assert not Decision.objects.exists()
    assert not Edition.objects.exists()


def test_each_item_is_one_version_of_its_own_with_its_parts_person_and_comment(tmp_path):
    editor = make_editor(username="anna")
    load(write(tmp_path, WHOLE), by="anna")

    for item in (Fact.objects.get(key="lead"), Condition.objects.get(), Comparison.objects.get(), FAQ.objects.get()):
        version = Version.objects.get_for_object(item).get()
        assert version.revision.user == editor
        assert version.revision.comment == "Loaded from content files."
    revision = Version.objects.get_for_object(Fact.objects.get(key="lead")).get().revision
    assert {v.content_type.model for v in revision.version_set.all()} == {"fact", "factcitation"}
    items = Review.objects.count() + 2  # The topic and the measure are versioned too.
    assert Revision.objects.count() == items


def test_a_version_is_what_reversion_itself_would_have_written(tmp_path):
    load(write(tmp_path, WHOLE))

    for item in (Fact.objects.get(key="lead"), Condition.objects.get(), Comparison.objects.get(), FAQ.objects.get()):
        with reversion.create_revision():
            reversion.add_to_revision(item)
        second, first = Version.objects.get_for_object(item)
        assert read_parts(first) == read_parts(second)


def read_parts(version: Version) -> list[tuple[object, ...]]:
    """What the revision of this version holds of the item and its rows."""
    rows = version.revision.version_set.order_by("content_type", "object_id")
    return [(row.content_type, row.object_id, row.db, row.format, row.object_repr, row.field_dict) for row in rows]


def test_many_new_facts_take_the_queries_of_few(tmp_path):
    def count(facts: int, folder: str) -> int:
        lines = [FACT.format(key=f"{folder}-{number}") for number in range(facts)]
        (tmp_path / folder).mkdir()
        path = write(tmp_path / folder, "facts:\n" + "".join(lines))
        with CaptureQueriesContext(connection) as captured:
            load(path)
        return len(captured)

    load(write(tmp_path, WHOLE))

    assert count(50, "many") == count(2, "few")
    assert Fact.objects.count() == 54


def test_who_loads_is_a_contributor_of_all_and_cannot_approve_it(tmp_path):
    make_editor(username="anna")
    load(write(tmp_path, WHOLE), by="anna")

    assert all(review.contributions.get().user.username == "anna" for review in Review.objects.all())


def test_loading_the_same_files_again_changes_nothing(tmp_path):
    path = write(tmp_path, WHOLE)
    load(path)
    before = read_database()
    load(path, by=make_editor().username)

    assert read_database() == before


def test_only_what_differs_is_updated_as_one_new_version(tmp_path):
    path = write(tmp_path, WHOLE)
    load(path)
    count = Revision.objects.count()
    text = changed("locator: Table 1", "locator: Table 2")
    load(write(tmp_path, text))

    fact = Fact.objects.get(key="lead")
    assert fact.sources.all()[0].locator == "Table 2"
    assert Revision.objects.count() == count + 1
    assert Version.objects.get_for_object(fact).count() == 2


def test_a_part_that_the_file_leaves_out_is_removed_and_one_that_stays_keeps_its_row(tmp_path):
    load(write(tmp_path, WHOLE))
    kept = Condition.objects.get().subtypes.get(slug="rrms").pk
    text = changed("name: Another, definition: Another condition., is_separate: true", "SLOT")
    text = text.replace("      - {slug: not-it, SLOT}\n", "").replace("name: Relapsing,", "name: Relapsing MS,")
    load(write(tmp_path, text))

    assert list(Condition.objects.get().subtypes.values_list("pk", "name")) == [(kept, "Relapsing MS")]


def test_sections_may_change_their_order(tmp_path):
    causes = "  - {slug: causes, name: Causes, question: Why?, aspect: Causes, position: 20}\n"
    text = changed("topics:\n", f"topics:\n{causes}")
    section = '{topic: symptoms, heading: Symptoms, lead: "Both. [@jones-2021]", verdict: partly, rests_on: [lead]}'
    other = "{topic: causes, heading: Causes}"
    load(write(tmp_path, text.replace(section, f"{section}, {other}")))
    load(write(tmp_path, text.replace(section, f"{other}, {section}")))

    assert [s.heading for s in Comparison.objects.get().sections.all()] == ["Causes", "Symptoms"]


def test_an_approved_item_stays_public_as_it_is_until_the_loaded_change_is_approved(tmp_path):
    source = make_citation(key="smith-2020", title="A study", issued="2020")
    publish(source)
    edition = Edition.objects.get()
    load(write(tmp_path, "citations: [{key: smith-2020, type: article-journal, title: New, evidence: other}]"))

    assert Review.objects.get().status == "draft"
    assert list(Edition.objects.all()) == [edition]


def test_a_file_may_name_what_is_on_the_site_only(tmp_path):
    make_condition(slug="ms")
    load(write(tmp_path, "faqs: [{slug: why, question: Why?, answer: So., conditions: [ms], position: 1}]"))

    assert FAQ.objects.get().conditions.get().slug == "ms"


def test_claims_are_checked_but_not_loaded(tmp_path):
    path = write(tmp_path, "claims: [{claim: It is so., verdict: supported, citations: [nobody-1999]}]")

    assert refuse(path)[0] == (
        f"{path}, line 1, claims number 1, field “citations[1]”: There is no citation “nobody-1999”, "
        "neither in these files nor on the site."
    )


# Submitting


def complete(tmp_path: Path) -> Path:
    """Content that may be submitted: a comparison has two conditions, and a lead is followed by its list."""
    other = "  - {slug: als, name: ALS, definition: A disease., definition_citations: [smith-2020]}\nfacts:\n"
    return write(tmp_path, changed("facts:\n", other).replace("conditions: [ms]\n", "conditions: [ms, als]\n"))


def test_the_drafts_are_submitted_when_asked(tmp_path):
    editor = make_editor()
    load(complete(tmp_path), by=editor.username, submit=True)

    assert set(Review.objects.values_list("status", "submitted_by")) == {("in_review", editor.pk)}


def test_what_was_submitted_before_is_not_submitted_again(tmp_path):
    editor = make_editor()
    load(complete(tmp_path), by=editor.username, submit=True)
    count = Decision.objects.count()
    load(complete(tmp_path), by=editor.username, submit=True)

    assert Decision.objects.count() == count


def test_a_refused_submission_loads_nothing_and_gives_all_reasons(tmp_path):
    sentences = refuse(write(tmp_path, WHOLE), by=make_editor().username, submit=True)

    assert "A comparison has two to four conditions; this one has 1." in "\n".join(sentences)
    assert sentences[-1] == "Not submitted, so nothing was loaded."


def test_submitting_needs_a_person(tmp_path):
    assert refuse(write(tmp_path, WHOLE), submit=True) == ["Say with --by who submits the drafts."]


def test_an_unknown_account_is_refused(tmp_path):
    assert refuse(write(tmp_path, WHOLE), by="nobody") == ["There is no active account named “nobody”."]


def test_words_that_yaml_takes_for_something_else_stay_text(tmp_path):
    load(write(tmp_path, "style_rules: [{slug: no, pattern: yes, message: 2026-11-22}]"))

    assert StyleRule.objects.values_list("slug", "pattern", "message").get() == ("no", "yes", "2026-11-22")

"""The demonstration site: all content files, taken through the real workflow once for all tests here."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import brotli
import pytest
import yaml
from django.core.management import call_command
from django.db import transaction
from reversion.models import Revision

from comparisons.models import Comparison
from conditions.models import Citation, Condition, Fact
from editorial import editions, page_cache
from editorial.auditing import audit
from editorial.models import Contribution, Decision, Edition, Review, User
from sclerosis_site.static_storage import minify
from tests.bench.plain import settings as plain
from tests.bench.plain.words import read_figures, read_words
from tests.cached_client import CachedClient
from tests.fixture_files import COUNTS, dump
from tests.steps import edit, read_database
from tests.structured import find_invisible, find_node, read_graph


@pytest.fixture(scope="module")
def _site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def said(_site: str, db: None) -> str:
    """What the command said."""
    return _site


@pytest.fixture
def site(said: str) -> None:
    """The demonstration site. What a test changes there is undone."""


def content_of(kind: str, slug: str) -> dict[str, Any]:
    return editions.get_current(kind, slug).content


def all_facts() -> list[dict[str, Any]]:
    pages = Edition.objects.public().filter(kind="condition")
    return [fact for content in pages.values_list("content", flat=True) for fact in content["facts"]]


def test_all_content_is_there_and_approved(site):
    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    assert set(Review.objects.values_list("status", flat=True)) == {"approved"}
    public = Edition.objects.public()
    kinds = {kind: public.filter(kind=kind).count() for kind in ("condition", "comparison", "faq", "citation")}
    assert kinds == {"condition": 3, "comparison": 3, "faq": 20, "citation": 366}
    assert len(all_facts()) == 519
    assert len(content_of("glossary", "glossary")["terms"]) == 50


def test_each_subject_has_one_edition_only(site):
    assert not Edition.objects.exclude(number=1).exists()


def test_it_says_the_accounts_with_their_password_and_the_counts(said):
    assert "961 items loaded and approved." in said
    assert "Public: 3 conditions with 519 facts, 3 comparisons, 20 FAQs, 366 sources." in said
    assert all(username in said for username in ("editor", "reviewer", "admin", "for-demonstration-only"))


def test_the_accounts_are_honest_about_what_they_are(site):
    accounts = User.objects.in_bulk(["editor", "reviewer", "admin"], field_name="username")

    assert all(user.is_demonstration and user.is_staff for user in accounts.values())
    assert {user.credentials for user in accounts.values()} == {"demonstration account, not a clinician"}
    assert accounts["editor"].display_name == "Demo Editor"
    assert accounts["reviewer"].check_password("for-demonstration-only")
    assert [user.is_superuser for user in accounts.values()].count(True) == 1
    assert accounts["editor"].groups.get().name == "Editors"


def test_the_pages_say_that_no_clinician_has_reviewed_them(site):
    pages = Edition.objects.public().values_list("content", flat=True)

    assert all(content["is_demonstration"] for content in pages)
    assert content_of("condition", "multiple-sclerosis")["reviewers"] == [
        "Demo Reviewer, demonstration account, not a clinician"
    ]


def test_all_was_written_by_the_editor_and_approved_by_the_reviewer(site):
    assert set(Decision.objects.filter(action="submit").values_list("actor__username", flat=True)) == {"editor"}
    assert set(Decision.objects.filter(action="approve").values_list("actor__username", flat=True)) == {"reviewer"}
    assert set(Revision.objects.values_list("user__username", flat=True)) == {"editor"}
    assert set(Contribution.objects.values_list("user__username", flat=True)) == {"editor"}


def test_the_record_is_whole(site):
    assert audit().decisions == 2 * 961


# Every structure of such articles is there (structures.md)


def test_subtypes_and_what_only_looks_like_one(site):
    subtypes = content_of("condition", "systemic-sclerosis")["subtypes"]

    assert [s["slug"] for s in subtypes if not s["is_separate"]] == [
        "limited-cutaneous",
        "diffuse-cutaneous",
        "sine-scleroderma",
    ]
    assert [s["name"] for s in subtypes if s["is_separate"]] == ["Localized scleroderma (morphea)"]
    assert any(fact["subtype"] == "limited-cutaneous" for fact in all_facts())


def test_groups_labels_and_all_prominences(site):
    facts = all_facts()

    assert {f["group"] for f in facts if f["topic"]["slug"] == "treatments"} > {""}
    assert any(f["label"] and f["text"] for f in facts)
    assert {p: sum(f["prominence"] == p for f in facts) for p in ("key", "main", "detail")} == {
        "key": 87,
        "main": 80,
        "detail": 352,
    }
    assert all(f["short"] for f in facts if f["prominence"] == "key")


def test_nested_lists_and_sets_of_criteria_with_their_rules(site):
    facts = {f["key"]: f for f in all_facts()}
    children = [f["key"] for f in facts.values() if f["parent"] == "als-gold-coast"]

    assert facts["als-gold-coast"]["rule"] == "all_of"
    assert len(children) == 3
    assert facts["als-gold-nerve-signs"]["rule"] == "any_of"
    assert {f["kind"] for f in facts.values() if f["parent"] == "als-gold-nerve-signs"} == {"criterion"}
    assert sum(f["parent"] == "ssc-genes-list" for f in facts.values()) == 6


def test_quantities_of_every_form(site):
    quantities = [f["quantity"] for f in all_facts() if f["quantity"]]

    assert len(quantities) == 244
    assert any(q["value"] and q["bound"] == "exact" for q in quantities)
    assert {q["bound"] for q in quantities} >= {"about", "more_than", "less_than", "up_to", "at_least"}
    assert any(q["low"] == "20" and q["high"] == "50" for q in quantities)
    assert sum(q["interval_low"] is not None for q in quantities) == 38
    assert sum(bool(q["comparator_label"]) for q in quantities) == 26
    assert {q["counted_from"] for q in quantities} >= {"onset", "diagnosis", "birth"}
    assert sum(q["is_derived"] for q in quantities) == 9
    assert sum(q["measure"] is None for q in quantities) == 38


def test_certainty_and_sources_with_their_places(site):
    facts = all_facts()

    assert {f["certainty"] for f in facts} == {"high", "moderate", "low", "unclear"}
    assert all(f["sources"] for f in facts)
    assert any(s["locator"] == "Table 2" for f in facts for s in f["sources"])


def test_comparisons_with_verdicts_and_points_of_all_kinds(site):
    pages = [content_of("comparison", c.slug) for c in Comparison.objects.all()]
    sections = [section for page in pages for section in page["sections"]]
    points = [point for page in pages for point in page["points"]]

    assert (len(sections), len(points)) == (60, 99)
    assert {s["verdict"] for s in sections} >= {"same", "different", "partly"}
    assert {p["kind"] for p in points} == {"similarity", "difference", "co-occurrence", "confusion"}
    assert all(s["rests_on"] for s in sections)


def test_questions_belong_to_their_comparison_and_conditions(site):
    page = content_of("comparison", "ms-vs-als")
    faqs = Edition.objects.public().filter(kind="faq").values_list("content", flat=True)

    of_page = [faq for faq in faqs if page["id"] in faq["comparisons"]]
    assert of_page
    assert all(set(faq["conditions"]) <= set(page["conditions"]) for faq in of_page)


def test_what_is_for_reviewers_only_is_in_notes_and_not_public(site):
    fact = Fact.objects.get(key="als-progressive-fatal")
    public = json.dumps(list(Edition.objects.values_list("content", flat=True)), ensure_ascii=False)

    assert fact.note.startswith("Published claim: Article A says ALS is fatal")
    for item in [
        *Fact.objects.exclude(note=""),
        *Citation.objects.exclude(note=""),
        *Condition.objects.exclude(note=""),
    ]:
        assert item.note.splitlines()[0] not in public
    assert "virtually all patients" not in public


def test_every_source_that_the_claims_cite_is_on_the_site(site):
    claims = yaml.safe_load(Path("fixtures/claims.yaml").read_text(encoding="utf-8"))["claims"]
    keys = {key for claim in claims for key in claim["citations"]}

    assert len(claims) == 133
    assert keys <= set(Citation.objects.values_list("key", flat=True))


# What machines read of it


def test_all_that_machines_are_told_is_on_the_page(site, client):
    firsts = {kind: slug for slug, kind in Edition.objects.public().order_by("-slug").values_list("slug", "kind")}
    paths = ["/", "/faqs/", "/glossary/", f"/faqs/{firsts['faq']}/", f"/sources/{firsts['citation']}/"]
    paths += [f"/conditions/{slug}/" for slug in Condition.objects.values_list("slug", flat=True)]
    paths += [f"/compare/{slug}/" for slug in Comparison.objects.values_list("slug", flat=True)]

    answers = {path: client.get(path) for path in paths}

    assert {path: found for path, answer in answers.items() if (found := find_invisible(answer))} == {}
    assert [path for path, answer in answers.items() if not read_graph(answer)] == []
    described = find_node(answers["/conditions/multiple-sclerosis/"], "MedicalCondition")
    assert {"@type": "MedicalSymptom", "name": "Deep tiredness (fatigue)"} in described["signOrSymptom"]
    for name, kind in (("possibleTreatment", "MedicalTherapy"), ("riskFactor", "MedicalRiskFactor")):
        assert described[name], name
        assert {each["@type"] for each in described[name]} == {kind}


# A second run


def test_a_second_run_changes_nothing(site):
    before = read_database()
    call_command("demo", verbosity=0)

    assert read_database() == before


def test_a_second_run_overrides_nothing_that_was_edited(site):
    edit(Fact.objects.get(key="ms-what-it-is"), text="Edited meanwhile.")
    edit(Condition.objects.get(slug="multiple-sclerosis"), slug="ms")
    before = read_database()
    call_command("demo", verbosity=0)

    assert read_database() == before


def test_loading_the_files_over_the_site_changes_nothing(site):
    before = read_database()
    call_command("load_content", "fixtures", verbosity=0)

    assert read_database() == before


def test_a_dump_that_is_loaded_over_the_site_changes_nothing_public(site, tmp_path, django_capture_on_commit_callbacks):
    path = tmp_path / "dump.json"
    rows = dump(path)
    fact = next(row for row in rows if row["model"] == "conditions.fact" and row["fields"]["key"] == "ms-what-it-is")
    fact["fields"]["text"] = "Loaded around the workflow."
    path.write_text(json.dumps(rows), encoding="utf-8")
    public = list(Edition.objects.order_by("pk").values("pk", "digest", "is_current"))

    with django_capture_on_commit_callbacks(execute=True):
        call_command("loaddata", str(path), verbosity=0)

    assert Fact.objects.get(key="ms-what-it-is").text == "Loaded around the workflow."
    assert list(Edition.objects.order_by("pk").values("pk", "digest", "is_current")) == public
    drafts = Review.objects.exclude(status="approved").values_list("key", "approval__action")
    assert list(drafts) == [("ms-what-it-is", "approve")]


@pytest.mark.parametrize("slug", ["ms-vs-als", "ms-vs-systemic-sclerosis", "als-vs-systemic-sclerosis"])
def test_a_comparison_with_all_that_it_loads_is_light(site, settings, monkeypatch, slug):
    """As production sends it: from the page cache, which compressed it thoroughly, with static files as WhiteNoise has
    them."""
    monkeypatch.setattr(page_cache, "COMPRESS_AGAIN_AFTER", 0.0)
    client = CachedClient()
    ask = partial(client.get, f"/compare/{slug}/", **{"accept-encoding": "gzip, deflate, br, zstd"})
    first = ask()
    for thread in threading.enumerate():
        if thread.name.startswith("later-"):
            thread.join()
    page = ask()
    static = [minify(name, Path(settings.BASE_DIR, "static", name).read_text()) for name in ("site.css", "site.js")]

    weight = len(page.content) + sum(len(brotli.compress(file.encode())) for file in static)

    assert page["Content-Encoding"] == "br"
    assert len(page.content) < len(first.content)
    assert 25_000 < weight < 45_000


@pytest.mark.parametrize("address", ["/compare/ms-vs-als/", "/conditions/multiple-sclerosis/"])
def test_the_plain_version_with_which_speed_is_compared_says_the_same(site, settings, client, address):
    settings.ROOT_URLCONF, settings.TEMPLATES = plain.ROOT_URLCONF, plain.TEMPLATES
    ours, others = client.get(address).content, client.get(f"/plain{address}").content

    assert read_words(others) == read_words(ours)
    assert read_figures(others) == read_figures(ours)

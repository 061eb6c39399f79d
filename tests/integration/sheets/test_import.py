"""An import in the admin: dry run, confirmation, drafts."""

from datetime import timedelta

import reversion
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from reversion.models import Version

from conditions.models import Fact, FactCitation, SheetUpload
from editorial.models import Contribution, Decision, Review
from tests.factories import make_citation, make_reviewer, make_user
from tests.integration.sheets.conftest import (
    confirm,
    new_fact,
    problems_of,
    row_of,
    sign_in,
    to_csv,
    to_xlsx,
    upload,
    url,
)
from tests.steps import edit, read_database, review_of


def test_a_dry_run_saves_nothing_and_shows_each_change_word_by_word(site):
    client, before = sign_in(site.editor), read_database()

    shown = upload(
        client, to_csv(row_of("st-walk", text="About 1,350 people walked."), row_of("st-run"), new_fact("st-x"))
    )

    assert shown.status_code == 200
    assert read_database() == before
    page = BeautifulSoup(shown.content, "html.parser")
    assert [tag.text for tag in page.select(".sheet-line ins")] == ["[added: 1,350]"]
    assert [tag.text for tag in page.select(".sheet-line del")] == ["[removed: 1,250]"]
    headings = [" ".join(tag.text.split()) for tag in page.select(".sheet-line h2")]
    assert headings == ["Row 2, changed: st-walk", "Row 4, new: st-x"]
    assert page.select_one(".sheet-unchanged li").text == "Row 3: st-run"


def test_what_is_confirmed_becomes_drafts_of_that_person_and_nothing_public_changes(site):
    client, decisions = sign_in(site.editor), Decision.objects.count()

    shown = upload(client, to_xlsx(row_of("st-walk", text="New."), row_of("st-run"), new_fact("st-x")), "sheet.xlsx")
    answer = confirm(client, shown, comment="Newer figures.")

    assert "1 new, 1 changed, 1 unchanged" in answer.content.decode()
    assert Fact.objects.get(key="st-walk").text == "New."
    statuses = dict(Review.objects.filter(kind="fact").values_list("key", "status"))
    assert statuses == {"st-walk": "draft", "st-run": "approved", "st-x": "draft"}
    assert review_of(site.fact).is_live
    assert Decision.objects.count() == decisions
    version = Version.objects.get_for_object(site.fact)[0]
    assert version.revision.user == site.editor
    assert version.revision.comment == "Newer figures. (Imported from sheet.xlsx.)"
    assert Contribution.objects.filter(review=site.fact.review, user=site.editor).exists()
    assert not SheetUpload.objects.exists()


def test_each_item_has_a_version_of_its_own_with_its_sources_as_they_are_now(site):
    make_citation(key="doe-2024")
    client = sign_in(site.editor)
    lines = "doe-2024 | p. 3 | contradicts | Not all.\nroe-2020"

    confirm(client, upload(client, to_csv(row_of("st-walk", sources=lines), row_of("st-run", label="Running"))))

    revisions = [Version.objects.get_for_object(item)[0].revision for item in (site.fact, site.other)]
    assert revisions[0] != revisions[1]
    rows = [v.field_dict for v in revisions[0].version_set.all() if v.content_type.model_class() is FactCitation]
    assert sorted((row["locator"], row["quote"], row["bearing"]) for row in rows) == [
        ("", "", "supports"),
        ("p. 3", "Not all.", "contradicts"),
    ]
    assert [source.citation.key for source in site.fact.sources.all()] == ["doe-2024", "roe-2020"]


def test_a_source_that_stays_keeps_its_row_and_one_that_is_gone_loses_it(site):
    new = make_citation(key="doe-2024")
    kept = site.fact.sources.get()
    client = sign_in(site.editor)

    confirm(client, upload(client, to_csv(row_of("st-walk", sources="doe-2024\nroe-2020 | p. 9"))))
    assert site.fact.sources.get(citation=site.source).pk == kept.pk
    confirm(client, upload(client, to_csv(row_of("st-walk", sources="doe-2024"))))

    assert [source.citation for source in site.fact.sources.all()] == [new]


def test_rows_may_stand_under_one_another_in_any_order(site):
    client = sign_in(site.editor)

    confirm(client, upload(client, to_csv(new_fact("st-c", parent="st-b"), new_fact("st-b", parent="st-walk"))))

    assert Fact.objects.get(key="st-c").parent.parent == site.fact


def test_what_somebody_changed_after_the_export_is_refused_by_its_row(site):
    row = row_of("st-walk", text="Mine.")
    edit(site.fact, by=make_reviewer(first_name="Rex", last_name="Reviewer"), text="Theirs.")
    before = read_database()

    answer = upload(sign_in(site.editor), to_csv(row_of("st-run", text="Also mine."), row))

    assert answer.status_code == 400
    assert [(row, column) for row, column, _ in problems_of(answer)] == [(3, "version")]
    assert "Rex Reviewer changed this fact" in problems_of(answer)[0][2]
    assert read_database() == before


def test_a_note_that_somebody_changed_is_not_written_over_either(site):
    row = row_of("st-walk", text="Mine.")
    edit(site.fact, by=make_reviewer(), note="Ask Dr Roe.")

    assert problems_of(upload(sign_in(site.editor), to_csv(row)))[0][:2] == (2, "version")


def test_what_somebody_changed_after_the_dry_run_is_refused_and_nothing_is_imported(site):
    client = sign_in(site.editor)
    shown = upload(client, to_csv(row_of("st-walk", text="Mine."), new_fact("st-x")))
    edit(site.fact, by=make_reviewer(), text="Theirs.")
    before = read_database()

    answer = confirm(client, shown)

    assert answer.status_code == 409
    assert problems_of(answer)[0][:2] == (2, "version")
    assert read_database() == before


def test_a_key_that_was_taken_after_the_dry_run_is_refused(site):
    client = sign_in(site.editor)
    shown = upload(client, to_csv(new_fact("st-x")))
    with reversion.create_revision():
        Fact.objects.create(key="st-x", condition=site.condition, topic=site.fact.topic, text="Theirs.")

    answer = confirm(client, shown)

    assert answer.status_code == 409
    assert Fact.objects.get(key="st-x").text == "Theirs."


def test_a_file_without_versions_brings_what_is_new_and_changes_nothing_else(site):
    old, new = row_of("st-run"), new_fact("st-x")
    del old["version"], new["version"]
    client = sign_in(site.editor)

    assert confirm(client, upload(client, to_csv(old, new))).status_code == 200
    assert Fact.objects.filter(key="st-x").exists()
    assert problems_of(upload(client, to_csv({**old, "text": "Other."})))[0][:2] == (2, "version")


def test_a_dry_run_is_confirmed_once(site):
    client = sign_in(site.editor)
    shown = upload(client, to_csv(new_fact("st-x")))
    confirm(client, shown)

    again = confirm(client, shown)

    assert "That dry run is over" in again.content.decode()


def test_nobody_sees_or_confirms_the_upload_of_somebody_else(site):
    shown = upload(sign_in(site.editor), to_csv(new_fact("st-x")))
    address = shown.request["PATH_INFO"]
    other = sign_in(make_reviewer())

    assert "st-x" not in other.get(address, follow=True).content.decode()
    other.post(address)
    other.post(address.replace("/fact/", "/citation/"))

    assert not Fact.objects.filter(key="st-x").exists()


def test_to_add_and_to_change_need_each_its_own_right(site):
    user = make_user()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_fact", "view_fact"]))

    answer = upload(sign_in(user), to_csv(row_of("st-walk", text="Mine."), new_fact("st-x")))

    assert [problem[0] for problem in problems_of(answer)] == [3]
    assert "You do not have the right to add a fact." in problems_of(answer)[0][2]


def test_a_file_that_says_what_is_saved_offers_nothing_to_confirm(site):
    shown = upload(sign_in(site.editor), to_csv(row_of("st-walk"), row_of("st-run")))

    assert "there is nothing to import" in shown.content.decode()
    assert BeautifulSoup(shown.content, "html.parser").select("form input[value^=Save]") == []


def test_an_upload_that_nobody_confirmed_in_a_day_is_removed(site):
    client = sign_in(site.editor)
    upload(client, to_csv(new_fact("st-x")))
    old = SheetUpload.objects.get()
    SheetUpload.objects.update(uploaded_at=old.uploaded_at - timedelta(days=2))

    upload(client, to_csv(new_fact("st-y")))

    assert old.pk not in SheetUpload.objects.values_list("pk", flat=True)


def test_a_look_at_a_page_changes_nothing(site):
    client = sign_in(site.editor)
    shown = upload(client, to_csv(new_fact("st-x")))
    before = read_database()

    for address in (
        shown.request["PATH_INFO"],
        url("import"),
        url("export"),
        url("export") + "?_sheet-rows=all&_sheet-file=csv",
    ):
        assert client.get(address).status_code == 200
    assert read_database() == before
    assert SheetUpload.objects.count() == 1

"""Who may see and do what in the admin."""

import pytest
from django.urls import reverse

from conditions.models import Measure, StyleRule, Subtype
from editorial.models import Decision, Edition, User
from tests.admin_forms import admin_url, change_page, save
from tests.factories import (
    make_administrator,
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_topic,
    make_user,
    publish,
)

pytestmark = pytest.mark.django_db

CONTENT = ["condition", "citation", "term", "fact", "comparison", "faq"]
CONFIGURATION = ["topic", "measure", "stylerule"]
MAKERS = {"nobody": make_user, "editor": make_editor, "reviewer": make_reviewer, "administrator": make_administrator}


def list_url(name, page="changelist"):
    label = "comparisons" if name in ("comparison", "faq") else "conditions"
    return reverse(f"admin:{label}_{name}_{page}")


@pytest.fixture
def items(db):
    from conditions.models import Term

    source = make_citation()
    condition, other = make_condition(sources=[source]), make_condition(sources=[source])
    Subtype.objects.create(condition=condition, slug="limited", name="Limited", definition="A form.")
    term = Term.objects.create(slug="onset", preferred="onset", definition="The first sign.")
    fact = make_fact(condition, sources=[source])
    comparison = make_comparison(condition, other)
    comparison.sections.create(heading="Onset", topic=make_topic(), lead="They start.", position=0)
    comparison.points.create(kind="similarity", text="Both harden.", position=0)
    return [source, condition, term, fact, comparison, make_faq(condition, sources=[source])]


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize(
    ("role", "may_look", "may_add"),
    [("nobody", False, False), ("editor", True, True), ("reviewer", True, True), ("administrator", True, False)],
)
def test_content_is_written_by_editors_and_reviewers(client, name, role, may_look, may_add):
    client.force_login(MAKERS[role]())

    assert client.get(list_url(name)).status_code == (200 if may_look else 403)
    assert client.get(list_url(name, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("name", CONFIGURATION)
@pytest.mark.parametrize(
    ("role", "may_look", "may_add"),
    [("nobody", False, False), ("editor", True, False), ("reviewer", True, False), ("administrator", True, True)],
)
def test_configuration_is_kept_by_administrators(client, name, role, may_look, may_add):
    client.force_login(MAKERS[role]())

    assert client.get(list_url(name)).status_code == (200 if may_look else 403)
    assert client.get(list_url(name, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_every_item_has_a_page_and_a_history_for_whoever_may_look(client, items, role):
    client.force_login(MAKERS[role]())

    for item in items:
        assert change_page(client, item).status_code == 200
        assert client.get(admin_url(item, "history")).status_code == 200


def test_an_administrator_reads_content_without_buttons_to_save(client, items):
    client.force_login(make_administrator())

    page = change_page(client, items[3]).content.decode()

    assert 'name="_save"' not in page
    assert 'name="_submit"' not in page
    assert "Where it stands" in page
    assert client.post(admin_url(items[3]), {"text": "x", "_save": "1"}).status_code == 403


def test_nobody_without_rights_sees_an_item_or_its_history(client, items):
    client.force_login(make_user())

    for item in items:
        for page in ("change", "history", "copy", "delete"):
            assert client.get(admin_url(item, page)).status_code == 403


def test_a_person_with_no_right_to_submit_is_not_offered_it_and_is_refused(client, items):
    from django.contrib.auth.models import Permission

    writer = make_user()
    writer.user_permissions.set(Permission.objects.filter(codename__in=["view_fact", "change_fact"]))
    client.force_login(writer)

    page = change_page(client, items[3]).content.decode()
    response = save(client, items[3], "_submit", text="It softens.")

    assert 'name="_save"' in page
    assert 'name="_submit"' not in page
    assert "You do not have the right to submit for review" in response.content.decode()
    items[3].refresh_from_db()
    assert (items[3].text, items[3].review.status) == ("It softens.", "draft")


def test_the_record_is_for_reading_only(client, items):
    publish(items[0])
    decision, edition = Decision.objects.first(), Edition.objects.first()
    for user, expected in ((make_administrator(), 200), (make_editor(), 403), (make_reviewer(), 403)):
        client.force_login(user)
        for name, row in (("decision", decision), ("edition", edition)):
            assert client.get(reverse(f"admin:editorial_{name}_changelist"), {"q": "source"}).status_code == expected
            assert client.get(reverse(f"admin:editorial_{name}_change", args=[row.pk])).status_code == expected
    client.force_login(User.objects.create_superuser("root", password="x"))
    for name, row in (("decision", decision), ("edition", edition)):
        assert client.get(reverse(f"admin:editorial_{name}_add")).status_code == 403
        assert client.post(reverse(f"admin:editorial_{name}_change", args=[row.pk]), {"slug": "x"}).status_code == 403
        assert client.post(reverse(f"admin:editorial_{name}_delete", args=[row.pk]), {"post": "1"}).status_code == 403


def test_an_administrator_cannot_make_or_change_a_superuser(client):
    administrator, root = make_administrator(), User.objects.create_superuser("root", password="x")
    colleague = make_editor()
    client.force_login(administrator)

    page = client.get(reverse("admin:editorial_user_change", args=[colleague.pk]))

    assert "is_superuser" not in page.context["adminform"].form.fields
    assert "user_permissions" not in page.context["adminform"].form.fields
    assert "credentials" in page.context["adminform"].form.fields
    assert client.post(reverse("admin:editorial_user_change", args=[root.pk]), {"username": "x"}).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[colleague.pk])).status_code == 200


def test_a_definition_says_how_many_drafts_a_change_makes(client, items):
    client.force_login(make_administrator())
    topic = items[3].topic
    measure = Measure.objects.create(slug="age", name="Age", unit="years", plausible_low=0, plausible_high=120)
    StyleRule.objects.create(slug="x", pattern="x", message="y")

    page = client.get(reverse("admin:conditions_topic_change", args=[topic.pk])).content.decode()
    unused = client.get(reverse("admin:conditions_measure_change", args=[measure.pk])).content.decode()

    assert "On this rest: 1 comparison and 1 fact. If you change it, all of them become drafts" in page
    assert "On this rest" not in unused


def test_a_changed_definition_makes_drafts_in_one_revision(client, items):
    source, condition, fact = items[0], items[1], items[3]
    publish(source, condition, fact)
    client.force_login(make_administrator())
    url = reverse("admin:conditions_topic_change", args=[fact.topic_id])
    values = {"slug": "symptoms", "name": "Symptoms", "question": "New?", "aspect": "a", "position": 0}

    client.post(url, values | {"review_months": 12})

    fact.refresh_from_db()
    assert (fact.review.status, fact.review.is_live) == ("draft", True)


def test_relations_are_found_while_typing(client, items):
    client.force_login(make_editor())
    for field, model, app in (
        ("topic", "fact", "conditions"),
        ("subtype", "fact", "conditions"),
        ("parent", "fact", "conditions"),
        ("citation", "factcitation", "conditions"),
        ("rests_on", "section", "comparisons"),
    ):
        query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        response = client.get(reverse("admin:autocomplete"), query)
        assert response.status_code == 200
        assert response.json()["results"]

"""Help for editors and reviewers: folded beside the form, from templates, for every kind of item."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from editorial.registry import list_kinds
from tests.factories import make_citation, make_condition, make_editor, make_fact, make_reviewer, publish

pytestmark = pytest.mark.django_db


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(client: Client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


@pytest.mark.parametrize("kind", [kind.name for kind in list_kinds()])
def test_the_form_of_every_kind_has_help_that_is_folded(kind: str) -> None:
    options = next(k for k in list_kinds() if k.name == kind).model._meta
    editor = sign_in(make_editor())

    page = page_of(editor, reverse(f"admin:{options.app_label}_{options.model_name}_add"))

    folded = page.select_one("details.form-help")
    assert "open" not in folded.attrs
    assert len(folded.select("dl > div > dt")) >= 5
    assert "is never public" in folded.text


def test_help_for_a_fact_names_what_editors_ask_about() -> None:
    editor, fact = sign_in(make_editor()), make_fact(make_condition())

    page = page_of(editor, reverse("admin:conditions_fact_change", args=[fact.pk]))

    terms = {term.text.split(" (")[0] for term in page.select(".form-help dt")}
    assert {"Text", "Short form for the table", "Prominence", "Certainty", "Locator", "Bearing"} <= terms


def test_a_model_without_help_has_a_form_all_the_same(administrator) -> None:
    page = page_of(sign_in(administrator), reverse("admin:conditions_topic_add"))

    assert page.select_one("form #id_name")
    assert page.select_one("details.form-help") is None


def test_the_desk_says_what_each_decision_does() -> None:
    source = make_citation()
    publish(source)

    page = page_of(sign_in(make_reviewer()), reverse("desk:item", args=[source.review_id]))

    terms = [term.text for term in page.select("#decision .desk-help dt")]
    assert terms == [
        *("Approve", "Approve for later (schedule)", "Request changes", "Confirm", "Retire", "Waive a check"),
    ]

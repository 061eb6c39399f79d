"""Two people who edit the same item: the second save is refused, both texts are shown, nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from conditions.models import Fact, Subtype
from editorial import actions
from tests.admin_forms import admin_url, change_page, errors_of, filled_form
from tests.factories import make_citation, make_comparison, make_condition, make_editor, make_fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact(db):
    source = make_citation(key="known-2020")
    return make_fact(make_condition(), key="first-fact", sources=[source], text="It hardens slowly.", label="Skin")


def signed_in(**values):
    browser = Client()
    browser.force_login(make_editor(**values))
    return browser


def post(browser, item, data, **values):
    return browser.post(admin_url(item), data | values | {"_continue": "1"}, follow=True)


def text_of(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_the_second_save_is_refused_and_names_who_was_faster(fact):
    first, second = signed_in(first_name="Ada", last_name="First"), signed_in()
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    post(first, fact, mine, text="It hardens fast.")

    response = post(second, fact, theirs, text="It softens slowly.", label="Typed by the second")

    fact.refresh_from_db()
    assert (fact.text, fact.label) == ("It hardens fast.", "Skin")
    assert "Ada First saved this fact on" in text_of(response)
    form = response.context["adminform"].form
    assert (form["text"].value(), form["label"].value()) == ("It softens slowly.", "Typed by the second")
    shown = {change.label: (change.old, change.new) for change in response.context["clashes"]}
    assert shown == {"Text": ("It hardens fast.", "It softens slowly."), "Label": ("Skin", "Typed by the second")}
    assert "[removed: hardens fast]" in text_of(response)


def test_a_deliberate_second_save_goes_through(fact):
    first, second = signed_in(), signed_in()
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    post(first, fact, mine, text="It hardens fast.")
    refused = post(second, fact, theirs, text="It softens slowly.")

    response = post(second, fact, filled_form(refused))

    assert errors_of(response) == {}
    fact.refresh_from_db()
    assert fact.text == "It softens slowly."


def test_a_third_save_in_between_is_noticed_again(fact):
    first, second = signed_in(), signed_in()
    theirs = filled_form(change_page(second, fact))
    post(first, fact, filled_form(change_page(first, fact)), text="One.")
    refused = post(second, fact, theirs, text="Mine.")
    post(first, fact, filled_form(change_page(first, fact)), text="Two.")

    response = post(second, fact, filled_form(refused))

    assert "__all__" in errors_of(response)
    assert Fact.objects.get().text == "Two."


def test_a_changed_source_row_counts_and_typed_rows_are_kept(fact):
    first, second = signed_in(), signed_in()
    row = "sources-0-"
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    post(first, fact, mine, **{f"{row}locator": "p. 1"})

    response = post(second, fact, theirs, **{f"{row}locator": "p. 2", f"{row}quote": "What it says."})

    assert fact.sources.get().locator == "p. 1"
    shown = {change.label: (change.old, change.new) for change in response.context["clashes"]}
    assert shown["Source “known-2020”: Locator"] == ("p. 1", "p. 2")
    post(second, fact, filled_form(response))
    assert (fact.sources.get().locator, fact.sources.get().quote) == ("p. 2", "What it says.")


def test_a_row_that_was_added_meanwhile_joins_the_form_beside_a_row_that_was_typed(fact):
    first, second = signed_in(), signed_in()
    added, typed = make_citation(key="added"), make_citation(key="typed")
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    new = {"sources-TOTAL_FORMS": "2", "sources-1-bearing": "supports", "sources-1-position": "", "sources-1-id": ""}
    post(first, fact, mine, **new, **{"sources-1-citation": added.pk})

    refused = post(second, fact, theirs, **new, **{"sources-1-citation": typed.pk, "sources-1-quote": "Kept."})
    assert {s.citation.key for s in fact.sources.all()} == {"known-2020", "added"}
    response = post(second, fact, filled_form(refused))

    assert errors_of(response) == {}
    assert {s.citation.key for s in fact.sources.all()} == {"known-2020", "added", "typed"}
    assert fact.sources.get(citation=typed).quote == "Kept."


def test_a_row_that_was_removed_meanwhile_comes_back_only_by_a_deliberate_save(fact):
    first, second = signed_in(), signed_in()
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    post(first, fact, mine, **{"sources-0-DELETE": "on"})

    refused = post(second, fact, theirs, **{"sources-0-locator": "p. 9"})

    assert fact.sources.count() == 0
    assert "Source (new): Citation" in {change.label for change in refused.context["clashes"]}
    response = post(second, fact, filled_form(refused))
    assert errors_of(response) == {}
    assert fact.sources.get().locator == "p. 9"


def test_rows_that_got_new_ids_are_found_by_what_people_call_them(fact):
    condition = fact.condition
    subtype = Subtype.objects.create(condition=condition, slug="limited", name="Limited")
    browser = signed_in()
    typed = filled_form(change_page(browser, condition))
    subtype.delete()
    Subtype.objects.create(condition=condition, slug="limited", name="Limited again")

    refused = post(browser, condition, typed, **{"subtypes-0-definition": "Typed."})
    response = post(browser, condition, filled_form(refused))

    assert errors_of(response) == {}
    assert list(condition.subtypes.values_list("slug", "definition")) == [("limited", "Typed.")]


def test_a_change_of_the_note_counts_too(fact):
    first, second = signed_in(), signed_in()
    mine, theirs = filled_form(change_page(first, fact)), filled_form(change_page(second, fact))
    post(first, fact, mine, note="Ask the author.")

    response = post(second, fact, theirs, text="New.")

    assert "__all__" in errors_of(response)


def test_a_decision_meanwhile_is_no_conflict_for_it_changes_no_text(fact):
    browser = signed_in()
    typed = filled_form(change_page(browser, fact))
    actions.submit([fact], by=make_editor())

    response = post(browser, fact, typed, text="New.")

    assert errors_of(response) == {}
    assert Fact.objects.get().text == "New."


def test_a_form_without_the_state_that_it_loaded_is_refused(fact):
    browser = signed_in()
    data = filled_form(change_page(browser, fact))
    del data["loaded_state"]

    response = post(browser, fact, data, text="Blind.")

    assert "__all__" in errors_of(response)
    assert Fact.objects.get().text == "It hardens slowly."


def test_ones_own_other_window_is_called_that(fact):
    browser = signed_in()
    old = filled_form(change_page(browser, fact))
    post(browser, fact, old, text="One.")

    response = post(browser, fact, old, text="Two.")

    assert "You, in another window, saved this fact" in text_of(response)


def test_sections_may_exchange_their_places_but_not_share_one():
    browser = signed_in()
    comparison = make_comparison(make_condition(), make_condition())
    one = comparison.sections.create(heading="One", position=0)
    two = comparison.sections.create(heading="Two", position=1)
    data = filled_form(change_page(browser, comparison))

    shared = post(browser, comparison, data, **{"sections-0-position": "1"})
    assert "Another row has the same position: “1”." in text_of(shared)
    response = post(browser, comparison, data, **{"sections-0-position": "1", "sections-1-position": "0"})

    assert errors_of(response) == {}
    assert [s.pk for s in comparison.sections.all()] == [two.pk, one.pk]


def test_two_sections_cannot_have_one_topic():
    from tests.factories import make_topic

    browser = signed_in()
    comparison = make_comparison(make_condition(), make_condition())
    comparison.sections.create(heading="One", position=0, topic=make_topic())
    comparison.sections.create(heading="Two", position=1)
    data = filled_form(change_page(browser, comparison))

    response = post(browser, comparison, data, **{"sections-1-topic": make_topic().pk})

    assert "Another row has the same topic: “Symptoms”." in text_of(response)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_held_back():
    fact = make_fact(make_condition(), text="Before.")
    browsers = [signed_in(), signed_in()]
    forms = [filled_form(change_page(browser, fact)) for browser in browsers]
    barrier = threading.Barrier(2)

    def send(number):
        try:
            barrier.wait(timeout=30)
            return post(browsers[number], fact, forms[number], text=f"By {number}.")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        responses = list(pool.map(send, range(2)))

    # The client notes contexts of all threads together, so the pages themselves are asked.
    held_back = ["so your save was held back" in text_of(response) for response in responses]
    fact.refresh_from_db()
    assert sorted(held_back) == [False, True]
    assert fact.text == f"By {held_back.index(False)}."

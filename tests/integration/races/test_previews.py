"""A preview beside other people: nobody reads a row of it, it gives way, and it holds nobody up for long."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conditions.models import Fact
from editorial import actions, previewing
from editorial.freezing import freeze, load_fresh
from editorial.models import Decision, Edition
from editorial.workflow import Action
from tests.factories import make_citation, make_condition, make_fact, make_reviewer, publish
from tests.integration.races.traffic import PATIENCE, held, wait_until_waiting
from tests.public_routes import list_public_urls
from tests.steps import digests_now, edit, read_database, submit, texts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fact() -> Fact:
    """Public, and with a change that waits for its approval."""
    source = make_citation()
    condition = make_condition(slug="ms", sources=[source])
    fact = make_fact(condition, sources=[source], text="First.")
    publish(source, condition, fact)
    edit(fact, text="Second.")
    submit(fact)
    return Fact.objects.get(pk=fact.pk)


def look(fact: Fact, *, by) -> previewing.Preview:
    contents = {item.review_id: freeze(item) for item in load_fresh([fact]).values()}
    page = ("condition", fact.condition.review_id)
    return previewing.preview(contents, page=page, action=Action.APPROVE, by=by, at=timezone.now())


def in_another_session(act):
    def run():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=PATIENCE)


def read_site() -> dict[str, bytes]:
    return {url: Client().get(url).content for url in list_public_urls()}


def test_nobody_else_sees_a_word_or_a_row_of_it_at_that_moment(fact: Fact, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, rows = read_site(), read_database()
    meanwhile = {}
    ask = previewing._look

    def ask_and_look_around(name: str, subject_id: int):
        if Decision.objects.filter(content__content__text="Second.").exists():
            meanwhile["site"] = in_another_session(read_site)
            meanwhile["rows"] = in_another_session(read_database)
        return ask(name, subject_id)

    monkeypatch.setattr(previewing, "_look", ask_and_look_around)

    seen = look(fact, by=make_reviewer())

    assert b"Second." in seen.after.content
    assert meanwhile == {"site": usual, "rows": rows}
    assert read_site() == usual
    assert read_database() == rows


def test_a_preview_gives_way_to_somebody_who_decides_and_says_so(fact: Fact) -> None:
    client = Client()
    client.force_login(make_reviewer())
    address = f"{reverse('desk:preview')}?items={fact.review_id}&page=condition:{fact.condition.review_id}"

    with held(fact):  # Until it has answered: it does not wait for the other.
        response = client.get(address)

    assert response.status_code == 503
    assert "Somebody is deciding on this right now." in response.text
    assert client.get(address).status_code == 200


def test_an_approval_at_the_same_moment_waits_and_goes_through(fact: Fact, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewer, digests = make_reviewer(), digests_now(fact)
    pool, ask, started = ThreadPoolExecutor(1), previewing._look, []

    def approve():
        try:
            return actions.approve([fact], by=reviewer, digests=digests)
        finally:
            connection.close()

    def start_and_ask(name: str, subject_id: int):
        if Edition.objects.filter(number=2).exists():
            started.append(pool.submit(approve))
            wait_until_waiting(1)
            assert not started[0].done()
        return ask(name, subject_id)

    monkeypatch.setattr(previewing, "_look", start_and_ask)
    with pool:
        look(fact, by=make_reviewer())

    assert [d.action for d in started[0].result()] == ["approve"]
    assert texts_of(fact.condition) == ["Second."]

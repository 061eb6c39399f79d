"""The page cache in several processes: what one of them publishes or withdraws, the others show within a second.

Nothing here is about speed: after the second each worker must ask whether there is something new, however slow it is.
"""

import threading
import time

import pytest
from django.test import Client

from editorial.freshness import ASK_EVERY
from tests.factories import make_editor, make_reviewer
from tests.integration.desk.conftest import form_of
from tests.integration.workers.visiting import Answer, Visitor
from tests.rich_content import BareSite, build_bare_site
from tests.steps import edit, retire, revise, submit
from tests.web_server import WebServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PAGE = "/conditions/stiffness/"
HIT, MADE = "pages; hit", ("pages; fwd=uri-miss; stored", "pages; fwd=stale; stored")


@pytest.fixture
def site() -> BareSite:
    return build_bare_site()


def let_a_second_pass() -> None:
    time.sleep(ASK_EVERY + 0.01)


def sign_in(visitor: Visitor, user: object) -> None:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    visitor.cookies = {name: morsel.value for name, morsel in client.cookies.items()}


def test_a_retired_page_is_gone_in_every_worker_after_a_second(site: BareSite, visitors: list[Visitor]) -> None:
    let_a_second_pass()
    for visitor in visitors:
        assert [visitor.get(PAGE).cache_status for _ in range(2)][1] == HIT

    retire(site.stiffness)
    let_a_second_pass()

    for visitor in visitors:
        assert visitor.get(PAGE).status == 410
        assert "stiffness-vs-hardness" not in visitor.get("/compare/").text
        assert (visitor.get(PAGE).status, visitor.get(PAGE).cache_status) == (410, HIT)


def test_a_draft_is_seen_nowhere_and_its_approval_everywhere(site: BareSite, visitors: list[Visitor]) -> None:
    edit(site.stiffness, definition="Nobody approved this yet.")
    submit(site.stiffness)
    let_a_second_pass()
    for visitor in visitors:
        assert "Nobody approved" not in visitor.get(PAGE).text
    site.stiffness.refresh_from_db()

    revise(site.stiffness, definition="Somebody approved this.")
    let_a_second_pass()

    for visitor in visitors:
        assert "Somebody approved this." in visitor.get(PAGE).text
        assert visitor.get(PAGE).cache_status == HIT


def test_what_a_worker_published_it_shows_at_once(site: BareSite, visitors: list[Visitor], server: WebServer) -> None:
    edit(site.stiffness, definition="A change for the desk.")
    submit(site.stiffness)
    reader = visitors[0]
    assert reader.get(PAGE).status == 200
    sign_in(reader, make_reviewer())
    desk = reader.get(f"/admin/review/{site.stiffness.review_id}/")
    reader.cookies["csrftoken"] = desk.headers["set-cookie"].partition("csrftoken=")[2].partition(";")[0]
    data = {**form_of(site.stiffness), "csrfmiddlewaretoken": reader.cookies["csrftoken"]}

    decided = reader.post("/admin/review/decide/", data)
    reader.cookies = {}
    shown = reader.get(PAGE)

    assert decided.status == 302, decided.text
    assert decided.worker == shown.worker == desk.worker
    assert "A change for the desk." in shown.text


def test_many_first_readers_at_once_get_the_same_page(site: BareSite, server: WebServer) -> None:
    let_a_second_pass()
    answers: list[Answer] = []
    gate = threading.Barrier(8)

    def read() -> None:
        visitor = Visitor(server)
        gate.wait()
        answers.extend(visitor.get(path) for path in (PAGE, "/compare/", PAGE))
        visitor.close()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert [answer.status for answer in answers] == [200] * 24
    assert len({answer.body for answer in answers}) == 2


def test_what_is_for_one_person_never_comes_from_memory(site: BareSite, visitors: list[Visitor]) -> None:
    edit(site.stiffness, definition="Only a preview shows this.")
    for visitor in visitors:
        visitor.get(PAGE)
    reader = visitors[0]

    assert reader.post("/feedback/", {"text": "x"}).cache_status == ""
    assert reader.post(PAGE, {}).status in (403, 405)
    sign_in(reader, make_editor())
    preview = reader.get(f"/admin/review/preview/?items={site.stiffness.review_id}&page={PAGE}")
    assert (reader.get(PAGE).cache_status, preview.cache_status) == ("", "")
    for visitor in visitors:
        visitor.cookies = {}
        assert "Only a preview" not in visitor.get(PAGE).text

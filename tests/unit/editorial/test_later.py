"""Work that can wait: it is done in order, and one job that fails keeps no other from being done."""

import threading

from editorial import later as later_module
from editorial.later import Later


def test_jobs_are_done_in_order_in_another_thread():
    done: list[tuple[int, str]] = []
    over = threading.Event()

    def do(job: int) -> None:
        done.append((job, threading.current_thread().name))
        if job == 2:
            over.set()

    later = Later(do)
    for job in range(3):
        later.add(job)

    assert over.wait(30)
    assert done == [(job, "later-do") for job in range(3)]


def test_a_job_that_fails_is_told_and_keeps_no_other_from_being_done(caplog):
    over = threading.Event()

    def do(job: str) -> None:
        if job == "bad":
            raise ValueError("It went wrong.")
        over.set()

    later = Later(do)
    later.add("bad")
    later.add("good")

    assert over.wait(30)
    assert "It went wrong." in caplog.text


def test_there_is_rest_between_jobs_that_never_end(monkeypatch):
    monkeypatch.setattr(later_module, "REST_EVERY", 0.0)
    rested, over = threading.Event(), threading.Event()
    seen: list[bool] = []

    def do(job: int) -> None:
        seen.append(rested.is_set())
        later.add(job + 1) if job < 1 else over.set()

    later = Later(do, delay=0.01, rest=rested.set)
    later.add(0)

    assert over.wait(30)
    assert seen == [True, True]

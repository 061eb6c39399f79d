"""Work that can wait: it is done in order, and one job that fails keeps no other from being done."""

import threading

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

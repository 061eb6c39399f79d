"""The process is killed in the middle of a batch, before the commit: nothing of the batch is left."""

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from editorial import actions
from editorial.models import Decision, Edition
from editorial.searching import indexing
from tests.factories import make_citation, make_reviewer, publish
from tests.steps import approve, digests_now, read_database, review_of, submit

pytestmark = pytest.mark.django_db(transaction=True)

# Works on the test's database; says when all rows of the batch are written, and never comes to the commit.
CHILD = """
import json, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sclerosis_site.settings")
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
import django
django.setup()
from conditions.models import Citation
from editorial import actions, publishing
from editorial.models import Decision, Edition, User

def stop_after(publish):
    def publish_and_wait(*args, **options):
        editions = publish(*args, **options)
        print("written", Decision.objects.filter(action="approve").count(), len(editions), flush=True)
        time.sleep(60)
    return publish_and_wait

publishing.publish = stop_after(publishing.publish)
items = list(Citation.objects.filter(review__status="in_review"))
digests = {item: item.review.digest for item in items}
actions.approve(items, by=User.objects.get(username=sys.argv[2]), digests=digests)
"""


def start_batch(reviewer: str) -> "subprocess.Popen[str]":
    database = {name: connection.settings_dict[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, json.dumps(database), reviewer],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DEBUG": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_when_written(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    return said.strip()


def test_a_killed_batch_leaves_nothing_and_the_next_approval_works() -> None:
    publish(make_citation())
    items = [make_citation() for _ in range(5)]
    submit(*items)
    reviewer = make_reviewer()
    before: dict[str, list[dict[str, Any]]] = read_database()

    said = kill_when_written(start_batch(reviewer.username))

    assert said == "written 6 5"
    assert read_database() == before
    actions.approve(items, by=reviewer, digests=digests_now(*items))
    assert {review_of(item).status for item in items} == {"approved"}
    assert Edition.objects.current().count() == 6
    assert Decision.objects.filter(action="approve").count() == 6


def test_an_error_in_the_middle_of_a_batch_leaves_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [make_citation() for _ in range(3)]
    submit(*items)
    before = read_database()
    written: list[int] = []

    def fail_after_the_editions(*args: Any, **options: Any) -> None:
        written.append(Edition.objects.count())
        raise OSError("The disk is full.")

    monkeypatch.setattr(indexing, "replace", fail_after_the_editions)
    with pytest.raises(OSError, match="disk is full"):
        approve(*items)
    assert written == [3]
    assert read_database() == before

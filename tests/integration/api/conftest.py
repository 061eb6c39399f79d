"""One small rich site for all tests of a file; what a test changes in it is taken back after the test."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from tests.rich_content import RichSite, build_rich_site


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker) -> Iterator[RichSite]:
    # The end of a request must not close the connection of the tests, as Django's own test client knows.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_rich_site()
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)

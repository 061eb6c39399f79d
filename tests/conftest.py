"""What tests of all parts share: the roles, and emptying tables that refuse to be emptied."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import override_settings
from django.utils import translation

from editorial.models import User
from tests.factories import make_administrator, make_editor, make_reviewer

APPEND_ONLY = ["editorial.Decision:no_truncate", "editorial.Edition:no_truncate", "editorial.ReportOutcome:no_truncate"]
PATIENCE = 30  # Seconds; only what hangs is waited for so long.


def wait_for_threads() -> None:
    """Returns when the mail that waited is sent, and when the server has answered all that browsers asked.

    What still writes would meet the emptying of the tables, or the next test. The server has a thread for each
    connection; a browser's window that is closed ends its connections.
    """
    deadline = time.monotonic() + PATIENCE
    for thread in threading.enumerate():
        if thread.name == "mail" or "process_request_thread" in thread.name:
            thread.join(timeout=max(0.0, deadline - time.monotonic()))


@pytest.fixture(autouse=True, scope="session")
def _let_tests_empty_append_only_tables() -> Iterator[None]:
    """After a test on real transactions Django empties all tables; only there, and only in tests, that is allowed."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_all(self: Any, statements: list[str]) -> None:
        wait_for_threads()
        for patience in (3, 2, 1, 0):
            try:
                with pgtrigger.ignore(*APPEND_ONLY):
                    return flush(self, statements)
            except OperationalError:
                # Another process may still be writing, such as a worker of a web server.
                if not patience:
                    raise
                time.sleep(0.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_all)
        yield


@pytest.fixture(autouse=True, scope="session")
def _hash_passwords_fast() -> Iterator[None]:
    """A hash that is slow on purpose costs a second for each account; here it guards nothing."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def editor(db: None) -> User:
    return make_editor()


@pytest.fixture
def reviewer(db: None) -> User:
    return make_reviewer()


@pytest.fixture
def administrator(db: None) -> User:
    return make_administrator()


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("superuser", password="a long password")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ends what still holds the test database, such as a server's thread that a browser kept: it is dropped next."""
    yield
    with django_db_blocker.unblock():
        connection.close()  # That of the last test may be broken; the next one is new.
        cursor = connection.cursor()
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _begin_in_english() -> None:
    """A request below /es/ leaves its language behind in the thread, as the next request there would replace it."""
    translation.activate(settings.LANGUAGE_CODE)

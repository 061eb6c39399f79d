"""The development database: one server for a folder, shared by all commands."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

needs_embedded = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="DATABASE_URL names another server")


def ask_for_url() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sclerosis_site.embedded_postgres"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)


@needs_embedded
def test_two_commands_at_once_share_one_server():
    first, second = ask_for_url(), ask_for_url()

    urls = {first.communicate(timeout=120)[0], second.communicate(timeout=120)[0]}

    assert first.returncode == second.returncode == 0
    assert len(urls) == 1


@needs_embedded
@pytest.mark.django_db
def test_tests_have_a_database_of_their_own():
    assert "test_sclerosis" in settings.DATABASES["default"]["NAME"]

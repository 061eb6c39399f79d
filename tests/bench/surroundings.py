"""Where the bench works, and the environment of the processes that it measures: production's."""

import sys

from tests.web_server import BASE_DIR as PROJECT
from tests.web_server import make_environment

LOCAL = PROJECT / ".local"
FOLDER = LOCAL / "bench"
RESULTS = FOLDER / "results.json"


def make_development_environment(database_url: str) -> dict[str, str]:
    """For the commands that refuse a production site."""
    return {**make_environment(database_url), "DEBUG": "1"}


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]

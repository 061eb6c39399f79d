"""Where the bench works, and the environment of the processes that it measures: production's."""

import os
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
LOCAL = PROJECT / ".local"
FOLDER = LOCAL / "bench"
RESULTS = FOLDER / "results.json"
# Made up and for measuring only: nothing is sent, nobody is let in.
_PRODUCTION = {
    "SECRET_KEY": "only-for-measuring-on-this-machine-never-for-a-public-site-0123456789",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "SITE_URL": "https://www.example.org",
    "EMAIL_URL": "smtp+tls://localhost:587",
}


def make_environment(database_url: str, **more: str) -> dict[str, str]:
    """Production's settings on this database, whatever the developer's shell says."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "SITE_TIER", "STAFF_URL")}
    return {**inherited, **_PRODUCTION, "DATABASE_URL": database_url, "PYTHONPATH": str(PROJECT), **more}


def make_development_environment(database_url: str) -> dict[str, str]:
    """For the commands that refuse a production site."""
    return {**make_environment(database_url), "DEBUG": "1"}


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]

#!/usr/bin/env python3
"""Django's command line."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ModuleNotFoundError as error:
    if error.name != "django":
        raise
    sys.exit("Django is missing from this Python. `make run` builds .venv; then use .venv/bin/python manage.py …")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sclerosis_site.settings")
    # A machine that names no database is a developer's; one that does must say itself that it wants DEBUG.
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEBUG", "1")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

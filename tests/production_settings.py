"""Production for a test: no static files are collected for it, and it has less patience with a silent database."""

from sclerosis_site.settings import *  # noqa: F403
from sclerosis_site.settings import DATABASES, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 1

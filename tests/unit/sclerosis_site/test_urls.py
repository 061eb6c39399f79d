"""Each tier serves its own pages and nothing else."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern

from sclerosis_site.urls import list_patterns


def resolves(tier: str, path: str) -> bool:
    try:
        URLResolver(RegexPattern(r"^/"), list_patterns(tier=tier)).resolve(path)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize(
    ("tier", "staff", "public"), [("all", True, True), ("public", False, True), ("editorial", True, False)]
)
def test_a_tier_serves_its_pages_only(tier, staff, public):
    assert resolves(tier, "/healthz")
    assert resolves(tier, "/admin/login/") is staff
    assert resolves(tier, "/admin/review/") is staff
    assert resolves(tier, "/conditions/") is public
    assert resolves(tier, "/faqs/") is public


def test_a_process_of_readers_does_not_load_what_is_the_staffs():
    code = """
import sys, django
django.setup()
from django.urls import resolve
resolve("/conditions/")
print([name for name in ("editorial.desk.urls", "editorial.admin", "import_export", "lxml") if name in sys.modules])
"""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "sclerosis_site.settings", "DEBUG": "1", "SITE_TIER": "public"}
    command = [sys.executable, "-c", code]

    run = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"

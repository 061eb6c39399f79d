"""Each tier serves its own pages and nothing else."""

import pytest
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

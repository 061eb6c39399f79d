"""Which pages a process serves depends on its tier: readers' pages, the staff's, or both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from sclerosis_site import health

MONITORING = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]


def list_patterns(*, tier: str) -> list[URLPattern | URLResolver]:
    """The patterns of a tier: "public", "editorial" or "all". What another tier serves is not even loaded."""
    patterns: list[URLPattern | URLResolver] = [*MONITORING]
    if tier in ("all", "editorial"):
        patterns.append(path("", include("sclerosis_site.staff_urls")))
    if tier in ("all", "public"):
        patterns += list_public()
    return patterns


def list_public() -> list[URLPattern | URLResolver]:
    """A page has an address in each language of the interface, English without a prefix; what machines read has one."""
    resources = [
        path("", include("conditions.resource_urls")),
        path("", include("comparisons.resource_urls")),
    ]
    pages = [
        path("", include("conditions.urls")),
        path("", include("comparisons.urls")),
    ]
    return [*resources, *i18n_patterns(*pages, prefix_default_language=False)]


urlpatterns = list_patterns(tier=settings.SITE_TIER)

handler400 = "sclerosis_site.errors.bad_request"
handler403 = "sclerosis_site.errors.permission_denied"
handler404 = "sclerosis_site.errors.page_not_found"
handler500 = "sclerosis_site.errors.server_error"

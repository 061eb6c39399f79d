"""Which pages a process serves depends on its tier: readers' pages, the staff's, or both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from editorial.expert import show_expert
from sclerosis_site import health

MONITORING = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
STAFF = [
    # Before the admin, whose own last pattern takes every address below /admin/.
    path("admin/review/", include("editorial.desk.urls")),
    path("admin/", admin.site.urls),
    # For somebody without an account: the secret in the address is the right.
    path("expert/<str:secret>/", show_expert, name="expert"),
]
PAGES = [
    path("", include("conditions.urls")),
    path("", include("comparisons.urls")),
]
RESOURCES = [
    path("", include("conditions.resource_urls")),
    path("", include("comparisons.resource_urls")),
]
# A page has an address in each language of the interface, and English none in front; what machines read has one.
PUBLIC = [*RESOURCES, *i18n_patterns(*PAGES, prefix_default_language=False)]


def list_patterns(*, tier: str) -> list[URLPattern | URLResolver]:
    """The patterns of a tier: "public", "editorial" or "all"."""
    patterns: list[URLPattern | URLResolver] = [*MONITORING]
    if tier in ("all", "editorial"):
        patterns += STAFF
    if tier in ("all", "public"):
        patterns += PUBLIC
    return patterns


urlpatterns = list_patterns(tier=settings.SITE_TIER)

handler400 = "sclerosis_site.errors.bad_request"
handler403 = "sclerosis_site.errors.permission_denied"
handler404 = "sclerosis_site.errors.page_not_found"
handler500 = "sclerosis_site.errors.server_error"

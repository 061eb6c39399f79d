"""What the pages fetch, and machines read: the same in every language."""

from django.urls import include, path

from comparisons.views import numbers, references, search, share_pictures, sitemap, updates, well_known

urlpatterns = [
    path("updates/feed/", updates.update_feed, name="update-feed"),
    path("numbers/<slug:measure>.csv", numbers.figure_csv, name="figure-csv"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path(
        "compare/<slug:slug>/references.<references:ending>",
        references.comparison_references,
        name="comparison-references",
    ),
    path("faqs/<slug:slug>/references.<references:ending>", references.faq_references, name="faq-references"),
    path("search/suggestions/", search.suggestions, name="search-suggestions"),
    path("share/site/<slug:digest>.png", share_pictures.site_picture, name="share-site"),
    path("share/<slug:kind>/<slug:slug>/<slug:digest>.png", share_pictures.share_picture, name="share-picture"),
    path("api/v1/", include("comparisons.api.urls")),
]

from django.urls import path

from conditions.views import conditions, glossary, sources

urlpatterns = [
    path("conditions/", conditions.condition_list, name="condition-list"),
    path("conditions/<slug:slug>/", conditions.condition_detail, name="condition-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:key>/", sources.source_detail, name="source-detail"),
    path("glossary/", glossary.glossary_detail, name="glossary-detail"),
]

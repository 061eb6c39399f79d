from django.urls import path, register_converter

from conditions.views import conditions, glossary, pictures, sources


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

urlpatterns = [
    path("conditions/", conditions.condition_list, name="condition-list"),
    path("conditions/<slug:slug>/", conditions.condition_detail, name="condition-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:key>/", sources.source_detail, name="source-detail"),
    path("glossary/", glossary.glossary_detail, name="glossary-detail"),
    path("pictures/<sha256:sha256>/", pictures.picture_detail, name="picture-detail"),
]

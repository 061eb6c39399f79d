"""What the pages about conditions fetch, and machines read: the same in every language."""

import re

from django.urls import path, register_converter

from conditions.exporting import FORMATS
from conditions.views import pictures, references


class _TextConverter:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Sha256Converter(_TextConverter):
    regex = "[0-9a-f]{64}"


class ReferencesConverter(_TextConverter):
    """How a file of references ends, which says its format."""

    regex = "|".join(map(re.escape, FORMATS))


register_converter(Sha256Converter, "sha256")
register_converter(ReferencesConverter, "references")

urlpatterns = [
    path("pictures/<sha256:sha256>/", pictures.picture_detail, name="picture-detail"),
    path("sources/<slug:key>/references.<references:ending>", references.source_reference, name="source-reference"),
    path(
        "conditions/<slug:slug>/references.<references:ending>",
        references.condition_references,
        name="condition-references",
    ),
]

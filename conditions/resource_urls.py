"""What the pages about conditions fetch, and machines read: the same in every language."""

from django.urls import path, register_converter

from conditions.views import pictures


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

urlpatterns = [
    path("pictures/<sha256:sha256>/", pictures.picture_detail, name="picture-detail"),
]

"""Static files as production serves them: with the hash of their content in the name, compressed, and ours minified."""

import re
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_READERS = {"site.css": rcssmin.cssmin, "site.js": rjsmin.jsmin}
_HASH = re.compile(r"(?<=^site)\.[0-9a-f]{12}(?=\.(css|js)$)")


def minify(name: str, content: str) -> str:
    """What readers load of ours without comments and spaces; every other file as it is."""
    return _READERS[name](content) if name in _READERS else content


class LeanStorage(CompressedManifestStaticFilesStorage):
    def _save(self, name: str, content: Any) -> str:
        plain = _HASH.sub("", name)
        if plain in _READERS:
            content.seek(0)  # It was read for its hash.
            content = ContentFile(minify(plain, content.read().decode()).encode())
        return super()._save(name, content)

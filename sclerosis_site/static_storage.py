"""Static files as production serves them: with the hash of their content in the name, compressed, and ours minified."""

from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_READERS = {"site.css": rcssmin.cssmin, "site.js": rjsmin.jsmin}


def minify(name: str, content: str) -> str:
    """What readers load of ours without comments and spaces; every other file as it is."""
    return _READERS[name](content) if name in _READERS else content


class LeanStorage(CompressedManifestStaticFilesStorage):
    def _save(self, name: str, content: Any) -> str:
        if name in _READERS:
            content = ContentFile(minify(name, content.read().decode()).encode())
        return super()._save(name, content)

import hashlib

import pgtrigger
from django.db import models


class Picture(models.Model):
    """The bytes of a picture, named by their hash, so that an approval of the hash binds the picture.

    Kept in the database: the public route serves a picture only while an edition names its hash.
    """

    sha256 = models.CharField(max_length=64, primary_key=True, editable=False)
    media_type = models.CharField(max_length=50)
    content = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.sha256[:12]

    @classmethod
    def store(cls, content: bytes, *, media_type: str) -> "Picture":
        """The stored picture with these bytes; the same bytes are stored once."""
        sha256 = hashlib.sha256(content).hexdigest()
        return cls.objects.get_or_create(sha256=sha256, defaults={"content": content, "media_type": media_type})[0]

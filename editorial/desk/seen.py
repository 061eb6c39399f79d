"""What was on the screen, sent along with the page: so that a person whose item has changed since learns what changed.

It comes back as it was given out or not at all: it is signed, and it must have the digest that was shown.
"""

from django.core import signing

from editorial.freezing import content_digest
from editorial.registry import Frozen

_SALT = "editorial.desk.seen"


def pack(content: Frozen) -> str:
    """The content as a text for a hidden field."""
    return signing.dumps(content, salt=_SALT, compress=True)


def unpack(text: str, *, kind: str, digest: str) -> Frozen | None:
    """The content that was shown under this digest; None for anything else."""
    try:
        content = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return content if content_digest(kind, content) == digest else None

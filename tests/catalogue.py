"""The Spanish catalogue as tests read it."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings

FOLDER = settings.BASE_DIR / "sclerosis_site/locale/es/LC_MESSAGES"


def read_source(path: Path = FOLDER / "django.po") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="es")


def read_compiled() -> Catalog:
    with (FOLDER / "django.mo").open("rb") as file:
        return read_mo(file)


def list_forms(message: Message) -> Iterator[tuple[str, str]]:
    """(English, Spanish) of the message, for one and for several where it has a plural."""
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        yield from zip(message.id, message.string, strict=True)


def list_messages(catalog: Catalog) -> list[Message]:
    """All but the header."""
    return [message for message in catalog if message.id]

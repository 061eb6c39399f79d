"""Which names can stand in a text, so that of very many names only a few are read: by an index on their first words.

A name is found in a text only where all its words stand there (`prose_changes.Lexicon`). So its runs of letters and of
digits are among those of the text, but for the case, an -s at the end, and `per cent`, which is read as one word.
What is not plain ASCII has more than one way to be written; it may always be there.
"""

import re
import unicodedata
from collections.abc import Iterable, Set

from django.db.models import Func, TextField

_RUN = re.compile("[a-z]+|[0-9]+")
_ALWAYS = frozenset({"", "per", "cent", "percent"})


def list_words(texts: Iterable[str]) -> frozenset[str]:
    """In lower case and without -s, all words that names in these texts can have."""
    plain = "\n".join(unicodedata.normalize("NFC", text).casefold() for text in texts)
    return _ALWAYS | {run.rstrip("s") for run in _RUN.findall(plain)}


def can_stand(name: str, words: Set[str]) -> bool:
    """Whether the name may be in a text with these `list_words`."""
    return not name.isascii() or all(run.rstrip("s") in words for run in _RUN.findall(name.lower()))


class FirstWord(Func):
    """The first word of a name, which is among the `list_words` of each text that has it; empty when it may be any."""

    template = (
        "CASE WHEN %(expressions)s ~ '^[ -~]*$'"
        " THEN COALESCE(rtrim(substring(lower(%(expressions)s) from '[a-z]+|[0-9]+'), 's'), '') ELSE '' END"
    )
    output_field = TextField()
    arity = 1

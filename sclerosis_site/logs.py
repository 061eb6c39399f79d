"""Keeps out of the log the secret of an expert's link, and what readers search for: both stand in addresses."""

import logging
import re
from typing import Any

_SECRET = re.compile(r"(/expert/)[^/\s\"'?#]+")
# To the next parameter or the end of the request line: a broken one may hold spaces.
_QUESTION = re.compile(r"([?&]q=)(?:(?!&| HTTP/).)+")


class HideSecrets(logging.Filter):
    """Lets every record through, without the secrets of addresses in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hide(value) for value in record.args)
        return True


def _hide(value: Any) -> Any:
    return _QUESTION.sub(r"\1…", _SECRET.sub(r"\1…", value)) if isinstance(value, str) else value

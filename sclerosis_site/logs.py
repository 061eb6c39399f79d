"""Keeps the secret of an expert's link out of the log: Django writes the address of every request that failed."""

import logging
import re
from typing import Any

_SECRET = re.compile(r"(/expert/)[^/\s\"'?#]+")


class HideSecrets(logging.Filter):
    """Lets every record through, without the secrets of addresses in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _hide(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hide(value) for value in record.args)
        return True


def _hide(value: Any) -> Any:
    return _SECRET.sub(r"\1…", value) if isinstance(value, str) else value

"""What is written for whoever looks for a fault: no address, no amount."""

import logging
import re
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

LOG = "relance.log"
_LOG_BYTES, _LOGS_KEPT = 1_000_000, 3
_HIDDEN = "…"
# In any line: an e-mail address, an IBAN, an amount. Of a bounded length each, since
# a fault may tell a whole file.
_ADDRESS = re.compile(r"[^\s@<>\"'(),;:]{1,64}@[^\s@<>\"'(),;]{1,255}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?\d{1,3}\b)?")
_AMOUNT = re.compile(r"\d[\d\s']{0,20}[.,]\d{2}\b(?!\.)|\d[\d\s]{0,20}(?=€|EUR\b)")
# In what a fault says, where values stand between quotes; not in lines of code.
_QUOTED = re.compile(r"(['\"«“]).*?(['\"»”])(?!\w)", re.DOTALL)
_NUMBER = re.compile(r"\d{3,}")
_OF_THE_STACK = re.compile(r"  File \"|    |Traceback |The above|During handling")


def discreet(text: str) -> str:
    """Hide the values that a fault tells: customers, addresses, amounts.

    What is left, the kind of fault and where it happened, is what a developer needs.
    """
    return "\n".join(map(_discreet_line, text.split("\n")))


def keep_log(file: Path, *, is_full: bool) -> None:
    """Keep warnings and bugs in the folder of the books."""
    handler = RotatingFileHandler(
        file, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8", delay=True
    )
    written = logging.Formatter if is_full else _Discreet
    handler.setFormatter(written("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)


class _Discreet(logging.Formatter):
    """Writes what happened, and hides to whom and how much."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, its values hidden."""
        hidden = copy(record)
        hidden.msg, hidden.args = discreet(record.getMessage()), None
        hidden.exc_text = None  # kept by a handler that hides nothing
        return super().format(hidden)

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - as logging has it
        """Write where a fault happened, without its values."""
        return discreet(super().formatException(ei))


def _discreet_line(line: str) -> str:
    for pattern in (_ADDRESS, _IBAN, _AMOUNT):
        line = pattern.sub(_HIDDEN, line)
    if _OF_THE_STACK.match(line):
        return line
    line = _QUOTED.sub(rf"\1{_HIDDEN}\2", line)
    return _NUMBER.sub(_HIDDEN, line)

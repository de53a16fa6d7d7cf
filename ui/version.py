"""Which version of Relance this is, and whether it is worth looking for a newer one."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
_OLD_AFTER = timedelta(days=180)
"""Nothing is asked of the network: age alone says that there may be another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version, and the day it was made."""

    number: str
    released: date

    def is_old(self, today: date) -> bool:
        """Tell whether a newer one has probably come since."""
        return today - self.released > _OLD_AFTER


@cache
def this_version() -> Version:
    """Read the one place where the version is written."""
    written = tomllib.loads(_PROJECT.read_text("utf-8"))
    return Version(
        number=written["project"]["version"],
        released=written["tool"]["relance"]["released"],
    )

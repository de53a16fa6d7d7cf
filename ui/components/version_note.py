"""Which version this is, for whoever asks for help; and when it has grown old."""

from datetime import date

from ui import formatting
from ui.components.text import secondary
from ui.translation import _
from ui.version import this_version


def version_note(today: date) -> None:
    """Say the version and its day; of an old one, where to look for another."""
    version = this_version()
    day = formatting.day(version.released)
    secondary(_("Relance {number}, of {day}", number=version.number, day=day)).mark(
        "version"
    )
    if version.is_old(today):
        secondary(
            _(
                "This version is more than six months old: look whether a newer one is "
                "where you found it. Relance never looks by itself. A new version "
                "keeps your books."
            )
        ).mark("version-old")

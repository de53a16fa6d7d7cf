"""Where the books live on each system."""

import tempfile
from pathlib import Path
from typing import ClassVar

from platformdirs import user_data_path

from domain.basics.errors import DunningError

_DEMONSTRATION = "demonstration"


class FolderRefusedError(DunningError):
    """The books must be in a folder that can be written to."""

    message: ClassVar[str] = (
        "Nothing can be written to the folder {folder}. Choose another one."
    )


def data_folder(chosen: str | None, *, demo: bool) -> Path:
    """Make sure of the folder of the books: as chosen, else the system's own place.

    The demonstration has a folder of its own inside.

    Raises:
        FolderRefusedError: nothing can be written there.
    """
    base = (
        Path(chosen).expanduser()
        if chosen
        else user_data_path("Relance", appauthor=False)
    )
    folder = base / _DEMONSTRATION if demo else base
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as problem:
        raise FolderRefusedError(folder=str(folder)) from problem

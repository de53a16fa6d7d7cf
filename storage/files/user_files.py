"""Replace a file of the user, whole or not at all, and never while it is open."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from domain.basics.errors import DunningError
from domain.basics.file_problems import FileNotWrittenError, why
from domain.basics.sentences import N_

_ATTEMPTS = 5
_WAIT_SECONDS = 0.3
_SOMEBODY = N_("another program")
_LONGEST_USER_NAME = 54
"""Excel's lock: a length, a name, blanks, then the name again as UTF-16."""


class FileOpenElsewhereError(DunningError):
    """Somebody has the file open: what they type would be lost, or this would."""

    message = (
        "The file {file} is open ({who}). Save it and close it there, then start"
        " again. If nobody has it open, delete the file {lock} beside it."
    )


def check_not_open(file: Path) -> None:
    """Make sure that no spreadsheet has a file open.

    Raises:
        FileOpenElsewhereError: Excel or LibreOffice left its lock beside it.
    """
    for lock, reader in (
        (file.with_name(f"~${file.name}"), _name_in_excel_lock),
        (file.with_name(f".~lock.{file.name}#"), _name_in_libreoffice_lock),
    ):
        try:
            content = lock.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:  # Excel keeps its own lock to itself
            content = b""
        who = reader(content) or _SOMEBODY
        raise FileOpenElsewhereError(file=file.name, who=who, lock=lock.name)


def replace_file(file: Path, content: bytes) -> None:
    """Write a file that takes the place of the former one at once, or not at all.

    Raises:
        FileNotWrittenError: it cannot be written; the former one is as it was.
    """
    file = file.resolve()  # a link stays a link
    part: Path | None = None
    try:
        with NamedTemporaryFile(
            dir=file.parent, prefix=".relance-", suffix=".part", delete=False
        ) as stream:
            part = Path(stream.name)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _keep_rights(file, part)
        _swap(part, file)
    except OSError as problem:
        raise FileNotWrittenError(file=str(file), reason=why(problem)) from problem
    finally:
        if part:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _keep_rights(file: Path, part: Path) -> None:
    """Give the new file the former one's rights; a temporary file has fewer."""
    if file.exists():
        shutil.copymode(file, part)
    elif os.name == "posix":
        part.chmod(0o644)


def _swap(part: Path, file: Path) -> None:
    """Put the new file in place; a virus scanner may hold it for a moment."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            part.replace(file)
        except PermissionError:
            if attempt == _ATTEMPTS:
                raise
            time.sleep(_WAIT_SECONDS)
        else:
            break
    if os.name == "posix":  # Windows cannot open a folder
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _name_in_excel_lock(content: bytes) -> str:
    if not content:
        return ""
    length = min(content[0], _LONGEST_USER_NAME)
    counted, start = _LONGEST_USER_NAME + 1, _LONGEST_USER_NAME + 3
    is_wide_too = content[counted:start] == bytes((length, 0))
    wide = content[start : start + 2 * length * is_wide_too]
    narrow = content[1 : 1 + length].decode("cp1252", "ignore")
    return _clean(wide.decode("utf-16-le", "ignore")) or _clean(narrow)


def _name_in_libreoffice_lock(content: bytes) -> str:
    """Read « name,login,computer,date,profile;»: a name may not be set."""
    fields = content.decode("utf-8", "ignore").split(",")
    return next((name for field in fields[:2] if (name := _clean(field))), "")


def _clean(name: str) -> str:
    return "".join(c for c in name if c.isprintable()).strip()

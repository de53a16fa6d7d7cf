"""Refresh the user's own workbook where it is, or beside it rather than harm it."""

from collections.abc import Collection
from pathlib import Path

from domain.basics.errors import DunningError
from domain.basics.file_problems import FileMissingError, why
from domain.ledger.workbook import WorkbookContent, WorkbookTab, WorkbookWritten
from storage.files.newton_writer import write_workbook
from storage.files.user_files import check_not_open, replace_file
from storage.files.workbook_losses import losses
from storage.files.workbook_refresh import refresh_workbook

_WITH_MACROS = ".xlsm"


class NoWorkbookNameError(DunningError):
    """The name is not one that Excel opens as a workbook of this kind."""

    message = "The workbook {file} cannot be kept: its name must end in .xlsx."


def update_workbook(
    file: Path, content: WorkbookContent, tabs: Collection[WorkbookTab]
) -> WorkbookWritten:
    """Refresh tabs of a workbook; all three of a workbook that is not there yet."""
    file = file.expanduser()
    check_not_open(file)
    existing = _read(file)
    is_new = not existing
    if file.suffix.casefold() not in ({".xlsx"} if is_new else {".xlsx", _WITH_MACROS}):
        raise NoWorkbookNameError(file=file.name)
    if is_new:
        replace_file(file, write_workbook(content))
        return WorkbookWritten(file=str(file))
    refreshed = refresh_workbook(file.name, existing, content, tabs)
    lost = losses(existing)
    target = file.with_stem(f"{file.stem} (relance)") if lost else file
    check_not_open(target)
    replace_file(target, refreshed)
    return WorkbookWritten(file=str(target), lost=lost)


def _read(file: Path) -> bytes:
    """Read a workbook; nothing where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise FileMissingError(file=str(file), reason=why(problem)) from problem

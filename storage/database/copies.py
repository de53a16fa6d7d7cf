"""Dated copies of the books: where they are, which are kept, what room they take."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from domain.basics.file_problems import FileNotWrittenError, why
from domain.copies import CopiesPlace, CopyReason, KeptCopy
from storage.database import backup
from storage.database.shelf import FOLDER as DOCUMENTS

DAYS, WEEKS, MONTHS = 7, 4, 12
OF_THE_DAY = 10
"""Copies kept of the day itself: each import makes one."""
_FOLDER = "backups"
_CHOSEN = "relance.copies"
"""Names the folder that the user chose: books that cannot be opened tell nothing."""
_NAME = re.compile(
    r".+-(?P<moment>\d{4}-\d\d-\d\d-\d{6})(-(?P<reason>[a-z]+))?(-(?P<turn>\d+))?\.db"
)


def keep(
    connection: sqlite3.Connection,
    path: Path,
    reason: CopyReason,
    moment: datetime,
    *,
    is_thorough: bool = False,
) -> Path:
    """Add a dated copy, then let go of those that are too old to be kept.

    Where the chosen folder takes nothing, the usual one does.

    Raises:
        FileNotWrittenError: the disk is full, or the folder cannot be written to.
        BooksUnreadableError: the books are damaged; every former copy stays.
    """
    for folder in dict.fromkeys((_folder(path), _beside(path))):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            copy = _free_name(folder, path, reason, moment)
            backup.write_copy(connection, copy, is_thorough=is_thorough)
            if folder != _beside(path):
                _follow_documents(path.parent / DOCUMENTS, folder / DOCUMENTS)
            _thin(folder, path, copy)
        except (OSError, FileNotWrittenError) as problem:
            failure = problem
        else:
            return copy
    if isinstance(failure, FileNotWrittenError):
        raise failure
    raise FileNotWrittenError(file=str(folder), reason=why(failure)) from failure


def is_due(path: Path, today: date) -> bool:
    """Tell whether no copy was made on this day, by the clock of this computer."""
    return not any(copy.made_at.date() == today for copy in listed(path))


def listed(path: Path) -> list[KeptCopy]:
    """List the copies of a file of books, in both folders, the latest first."""
    folders = {_folder(path), _beside(path)}
    found = [copy for folder in folders for copy in _in(folder, path)]
    return _latest_first(found)


def described(file: Path) -> KeptCopy:
    """Tell when a copy was made and why, from its name, else from its date."""
    size = file.stat().st_size
    made_at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    reason = CopyReason.UNKNOWN
    if found := _NAME.fullmatch(file.name):
        with suppress(ValueError):
            made_at = datetime.strptime(found["moment"], "%Y-%m-%d-%H%M%S").astimezone()
        with suppress(ValueError):
            reason = CopyReason(found["reason"])
    return KeptCopy(file=str(file), made_at=made_at, reason=reason, size=size)


def place(path: Path) -> CopiesPlace:
    """Tell where copies go, and the room they take."""
    chosen, folder = _chosen(path), _folder(path)
    is_away = chosen is not None and folder != chosen
    return CopiesPlace(
        folder=str(folder),
        used=sum(copy.size for copy in listed(path)),
        out_of_reach=str(chosen) if is_away else "",
    )


def choose(path: Path, folder: str) -> None:
    """Put copies in a folder from now on; empty for the one beside the books.

    Raises:
        FileNotWrittenError: nothing can be written there.
    """
    mark = path.with_name(_CHOSEN)
    try:
        if folder:
            wanted = Path(folder).expanduser().absolute()
            wanted.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=wanted):
                mark.write_text(str(wanted), encoding="utf-8")
        else:
            mark.unlink(missing_ok=True)
    except OSError as problem:
        raise FileNotWrittenError(file=folder, reason=why(problem)) from problem


def bring_documents_back(path: Path) -> None:
    """Put back beside the books the files of what was sent that are not there."""
    folder = _folder(path)
    if folder != _beside(path):
        _follow_documents(folder / DOCUMENTS, path.parent / DOCUMENTS)


def kept(copies: Iterable[KeptCopy], made_on: date) -> set[str]:
    """Choose the copies to keep: one a day, then one a week, then one a month.

    Each is the last one of its day, week or month that has any.
    """
    latest_first = _latest_first(copies)
    of_the_day = [c.file for c in latest_first if c.made_at.date() == made_on]
    found = set(of_the_day[:OF_THE_DAY])
    periods: tuple[tuple[Callable[[KeptCopy], object], int], ...] = (
        (lambda copy: copy.made_at.date(), DAYS),
        (lambda copy: copy.made_at.isocalendar()[:2], WEEKS),
        (lambda copy: (copy.made_at.year, copy.made_at.month), MONTHS),
    )
    for period, count in periods:
        last: dict[object, str] = {}
        for copy in latest_first:
            last.setdefault(period(copy), copy.file)
        found.update(list(last.values())[:count])
    return found


def stamp(moment: datetime) -> str:
    """Write a moment in local time, as the user looks for it."""
    return f"{moment.astimezone():%Y-%m-%d-%H%M%S}"


def _latest_first(copies: Iterable[KeptCopy]) -> list[KeptCopy]:
    """Sort by moment; those of one second in the order in which they were made."""

    def order(copy: KeptCopy) -> tuple[datetime, int, str]:
        found = _NAME.fullmatch(Path(copy.file).name)
        turn = int(found["turn"] or 1) if found else 1
        return copy.made_at, turn, copy.file

    return sorted(copies, key=order, reverse=True)


def _thin(folder: Path, path: Path, made: Path) -> None:
    copies = _in(folder, path)
    keeping = kept(copies, described(made).made_at.date()) | {str(made)}
    for copy in copies:
        if copy.file not in keeping:
            with suppress(OSError):  # another program reads it: next time
                Path(copy.file).unlink()


def _in(folder: Path, path: Path) -> list[KeptCopy]:
    found = folder.glob(f"{path.stem}-[0-9]*{path.suffix}")
    return [described(file) for file in found if _NAME.fullmatch(file.name)]


def _free_name(folder: Path, path: Path, reason: CopyReason, moment: datetime) -> Path:
    """Find a name of its own, should the clock be set back."""
    base = f"{path.stem}-{stamp(moment)}-{reason.value}"
    name, turn = f"{base}{path.suffix}", 1
    while (folder / name).exists():
        turn += 1
        name = f"{base}-{turn}{path.suffix}"
    return folder / name


def _beside(path: Path) -> Path:
    return path.parent / _FOLDER


def _chosen(path: Path) -> Path | None:
    try:
        name = path.with_name(_CHOSEN).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return Path(name) if name else None


def _folder(path: Path) -> Path:
    chosen = _chosen(path)
    return chosen if chosen and chosen.is_dir() else _beside(path)


def _follow_documents(source: Path, target: Path) -> None:
    """Copy the files that are not there yet; each is named by its content."""
    for file in source.rglob("*") if source.is_dir() else ():
        copy = target / file.relative_to(source)
        if file.is_file() and file.suffix != ".part" and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_name(f"{copy.name}.part")
            part.unlink(missing_ok=True)
            shutil.copyfile(file, part)
            part.chmod(0o400)
            part.replace(copy)

"""Whatever is dropped is read, or refused for a reason; nothing else happens."""

import time
from pathlib import Path

import pytest

from domain.basics.errors import UnreadableFileError
from domain.ledger.import_report import SourceFormat
from storage.files.reading import AccountingFiles
from storage.files.sheets import ZIP_MARK, read_tabs
from tests.third_party import third_party

LONGEST_SECONDS = 10
FOUND = third_party("nasty/**/*")
NASTY = [path for path in FOUND if not (isinstance(path, Path) and path.is_dir())]


class EveryTab(frozenset[str]):
    """Wants all the tabs, so that all are read."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return True


@pytest.mark.parametrize("path", NASTY, ids=lambda path: Path(str(path)).name)
def test_a_nasty_file_is_read_or_refused_in_time(path: Path) -> None:
    content = path.read_bytes()
    started = time.monotonic()

    try:
        source = AccountingFiles().read(path.name, content)
        assert source.format in {SourceFormat.FEC, SourceFormat.WORKBOOK}
        refusal = path.name
    except UnreadableFileError as error:
        refusal = str(error)

    assert path.name in refusal
    assert time.monotonic() - started < LONGEST_SECONDS


def test_reading_every_tab_of_nasty_workbooks_takes_little_memory() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused = 0

    for path in NASTY:
        if isinstance(path, Path) and path.read_bytes().startswith(ZIP_MARK):
            try:
                read_tabs(path.name, path.read_bytes(), EveryTab())
            except UnreadableFileError:
                refused += 1

    assert refused < len(NASTY)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000

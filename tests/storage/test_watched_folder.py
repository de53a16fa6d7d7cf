"""A real folder, real files, and the real clock."""

import os
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest

from domain.basics.errors import FolderUnreachableError
from storage.files.watched_folder import _SETTLED_AFTER, PolledFolder


def drop(folder: Path, name: str, text: str, *, minutes_old: float = 0) -> str:
    """Put a file there; returns its sha256."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    moment = time.time() - 60 * minutes_old
    os.utime(file, (moment, moment))
    return sha256(text.encode()).hexdigest()


def test_a_file_is_taken_once_it_stopped_changing(tmp_path: Path) -> None:
    watched = PolledFolder()
    digest = drop(tmp_path, "export.txt", "lignes", minutes_old=60)

    assert watched.newest(str(tmp_path)) is None
    time.sleep(_SETTLED_AFTER)
    found = watched.newest(str(tmp_path))

    assert found
    assert (found.name, found.content) == ("export.txt", b"lignes")
    assert found.sha256 == digest
    assert abs((datetime.now(UTC) - found.modified_at).total_seconds() - 3600) < 60


def test_a_file_written_slowly_is_never_read_half(tmp_path: Path) -> None:
    file, is_written = tmp_path / "export.txt", Event()

    def write() -> None:
        with file.open("w") as export:
            for _line in range(4):
                export.write("une ligne\n")
                export.flush()
                time.sleep(_SETTLED_AFTER / 2)
        is_written.set()

    file.touch()
    writer = Thread(target=write)
    writer.start()
    found = PolledFolder().newest(str(tmp_path), wait=True)
    was_written = is_written.is_set()
    writer.join()

    assert found
    assert found.content == b"une ligne\n" * 4
    assert was_written


def test_names_of_unfinished_files_are_left_alone(tmp_path: Path) -> None:
    for name in (
        "~$export.xlsx",
        "export.txt.part",
        "export.tmp",
        ".export.txt",
        "export.txt.crdownload",
        "photo.jpg",
        "vide.txt",
    ):
        drop(tmp_path, name, "" if name == "vide.txt" else "x")

    assert settled(tmp_path) is None


def test_the_newest_file_wins(tmp_path: Path) -> None:
    drop(tmp_path, "ancien.txt", "a", minutes_old=10)
    drop(tmp_path, "recent.txt", "b", minutes_old=5)

    assert settled(tmp_path) == "recent.txt"


def test_an_older_file_is_not_proposed_after_a_newer_one(tmp_path: Path) -> None:
    drop(tmp_path, "ancien.txt", "a", minutes_old=10)
    known = drop(tmp_path, "recent.txt", "b", minutes_old=5)

    assert settled(tmp_path, known=known) is None


def test_an_unreadable_file_gives_way_to_the_one_before_it(tmp_path: Path) -> None:
    drop(tmp_path, "ancien.txt", "a", minutes_old=10)
    bad = drop(tmp_path, "notice.txt", "b", minutes_old=5)

    assert settled(tmp_path, unreadable=bad) == "ancien.txt"


def test_the_same_content_under_another_name_is_known(tmp_path: Path) -> None:
    known = drop(tmp_path, "export (2).txt", "a")

    assert settled(tmp_path, known=known) is None


def test_a_pattern_keeps_the_files_of_one_firm(tmp_path: Path) -> None:
    drop(tmp_path, "111111111FEC20261231.txt", "a", minutes_old=10)
    drop(tmp_path, "222222222FEC20261231.txt", "b")

    assert settled(tmp_path, "111111111fec*.TXT") == "111111111FEC20261231.txt"


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderUnreachableError):
        PolledFolder().newest(str(tmp_path / "lecteur absent"))


def settled(
    folder: Path, pattern: str = "", *, known: str = "", unreadable: str = ""
) -> str | None:
    """Name the file found by someone who waits."""
    found = PolledFolder().newest(
        str(folder),
        pattern,
        known={known} - {""},
        unreadable={unreadable} - {""},
        wait=True,
    )
    return found.name if found else None

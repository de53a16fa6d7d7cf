import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from storage.app_folder import FolderRefusedError, data_folder


def test_the_chosen_folder_is_made(tmp_path: Path) -> None:
    folder = data_folder(str(tmp_path / "livres" / "été"), demo=False)

    assert folder == tmp_path / "livres" / "été"
    assert folder.is_dir()


def test_the_demonstration_has_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = data_folder(str(tmp_path), demo=True)

    assert folder == tmp_path / "demonstration"
    assert folder.is_dir()


def test_a_folder_is_used_again_and_left_clean(tmp_path: Path) -> None:
    first = data_folder(str(tmp_path), demo=False)

    assert data_folder(str(tmp_path), demo=False) == first
    assert list(first.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is a Linux convention")
def test_the_system_says_where_when_nothing_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    folder = data_folder(None, demo=False)

    assert folder == tmp_path / "Relance"
    assert folder == platformdirs.user_data_path("Relance", appauthor=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_new_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = data_folder(str(tmp_path / "new"), demo=False)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(FolderRefusedError, match="taken"):
        data_folder(str(tmp_path / "taken"), demo=False)
    with pytest.raises(FolderRefusedError):
        data_folder(str(tmp_path / "taken"), demo=True)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a read-only folder")
def test_a_folder_that_cannot_be_written_to_is_refused() -> None:
    with pytest.raises(FolderRefusedError):
        data_folder("/proc", demo=False)

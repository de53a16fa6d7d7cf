from pathlib import Path

import pytest

from domain.files import SharedPlace
from storage.shared_places import kind_of_drive, shared_place

LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
//server/compta /media/comptabilit\\040 cifs rw 0 0
server:/home /home/server nfs4 rw 0 0
"""
MACOS = """\
/dev/disk3s1 on / (apfs, local, journaled)
//camille@server/compta on /Volumes/compta (smbfs, nodev, nosuid)
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - Menuiserie Inventée/Relance", "OneDrive"),
        ("Dropbox/firm/Relance", "Dropbox"),
        ("GoogleDrive-camille@example.com/Mon Drive/Relance", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/Relance", "iCloud Drive"),
        ("Nextcloud/Relance", "Nextcloud"),
    ],
)
def test_a_folder_that_a_program_copies_elsewhere_is_known_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    place = shared_place(tmp_path / folder)

    assert place == SharedPlace(name=program, is_network=False)


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".dropbox.cache", "Dropbox"), (".sync_1a2b.db", "Nextcloud")],
)
def test_or_by_what_the_program_leaves_in_it(
    tmp_path: Path, mark: str, program: str
) -> None:
    (tmp_path / mark).touch()

    place = shared_place(tmp_path / "accounts" / "Relance")

    assert place == SharedPlace(name=program, is_network=False)


@pytest.mark.parametrize("folder", ["Relance", "dropbox notes/Relance", "Drive"])
def test_an_ordinary_folder_is_nobody_elses(tmp_path: Path, folder: str) -> None:
    assert shared_place(tmp_path / folder) is None


@pytest.mark.parametrize(
    ("mounts", "folder", "kind"),
    [
        (LINUX, "/home/camille/Relance", "ext4"),
        (LINUX, "/home/server/Relance", "nfs4"),
        (LINUX, "/media/comptabilit /Relance", "cifs"),
        (MACOS, "/Users/camille/Relance", "apfs"),
        (MACOS, "/Volumes/compta/Relance", "smbfs"),
    ],
)
def test_the_kind_of_a_drive_is_that_of_the_nearest_mount(
    mounts: str, folder: str, kind: str
) -> None:
    assert kind_of_drive(Path(folder), mounts) == kind

"""Which files of a folder are read, and which never are."""

from pathlib import Path

import pytest

from domain.basics.errors import FolderUnreachableError
from storage.files.invoices import InvoiceFolder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "factures"
    inside.mkdir()
    (inside / "F2610-2599.PDF").write_bytes(b"%PDF")
    (inside / "notes.txt").write_bytes(b"notes")
    (tmp_path / "paie.pdf").write_bytes(b"secret")
    return inside


def test_only_the_pdfs_of_the_folder_itself_are_listed(folder: Path) -> None:
    (folder / "2025").mkdir()
    (folder / "2025" / "F2510-0001.pdf").write_bytes(b"%PDF")

    assert list(InvoiceFolder(str(folder)).listing()) == ["F2610-2599.PDF"]


def test_a_link_to_a_file_elsewhere_is_neither_listed_nor_read(folder: Path) -> None:
    (folder / "lien.pdf").symlink_to(folder.parent / "paie.pdf")
    invoices = InvoiceFolder(str(folder))

    assert "lien.pdf" not in invoices.listing()
    assert invoices.content("lien.pdf") is None


@pytest.mark.parametrize(
    "name",
    [
        "../paie.pdf",
        "..\\paie.pdf",
        "/etc/hostname.pdf",
        "notes.txt",
        "..",
        "",
        "absent.pdf",
        "F2610-2599.PDF/../../paie.pdf",
    ],
)
def test_no_name_leads_out_of_the_folder(folder: Path, name: str) -> None:
    assert InvoiceFolder(str(folder)).content(name) is None


def test_a_file_is_read_whole(folder: Path) -> None:
    assert InvoiceFolder(str(folder)).content("F2610-2599.PDF") == b"%PDF"


def test_without_a_folder_nothing_is_found() -> None:
    assert InvoiceFolder("").listing() == {}
    assert InvoiceFolder("").content("F2610-2599.PDF") is None


def test_a_folder_out_of_reach_is_told_rather_than_taken_for_empty(
    tmp_path: Path,
) -> None:
    with pytest.raises(FolderUnreachableError):
        InvoiceFolder(str(tmp_path / "absent")).listing()

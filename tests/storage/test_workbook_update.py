import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from domain.basics.errors import UnreadableFileError
from domain.basics.file_problems import FileMissingError, FileNotWrittenError
from domain.ledger.workbook import LostPart, WorkbookTab, WorkbookWritten
from storage.files import user_files
from storage.files.reading import AccountingFiles
from storage.files.user_files import FileOpenElsewhereError
from storage.files.workbook_losses import losses
from storage.files.workbook_update import NoWorkbookNameError
from tests.storage.test_newton_workbook import DUE_HEADINGS, workbook
from tests.storage.test_workbook_refresh import changed, content, due, furnish

NEW = content(due("F9"))


def update(file: Path) -> WorkbookWritten:
    return AccountingFiles().update_workbook(str(file), NEW, list(WorkbookTab))


def kept(folder: Path) -> Path:
    file = folder / "Société à suivre.xlsx"
    file.write_bytes(AccountingFiles().write_workbook(content(due("F1"))))
    return file


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    stream = BytesIO(workbook(Facture_du=[DUE_HEADINGS], Suivi=[["à moi"]]))
    with ZipFile(stream, "a") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def pieces(file: Path) -> list[object]:
    return [cell.value for cell in load_workbook(file)["Facture_du"]["G"][1:]]


def test_a_workbook_is_refreshed_in_its_place(tmp_path: Path) -> None:
    file = kept(tmp_path)
    file.chmod(0o640)

    written = update(file)

    assert written == WorkbookWritten(file=str(file))
    assert pieces(file) == ["F9"]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o640


def test_a_workbook_that_is_not_there_is_made(tmp_path: Path) -> None:
    update(tmp_path / "neuf.xlsx")

    assert load_workbook(tmp_path / "neuf.xlsx").sheetnames == list(WorkbookTab)


EXCEL_LOCK = (
    b"\x05OUVRE" + b" " * 49 + b"\x05\x00" + "OUVRE".encode("utf-16-le") + b" \0" * 50
)
LOCKS = {
    "~$Société à suivre.xlsx": EXCEL_LOCK[:165],
    ".~lock.Société à suivre.xlsx#": b",Ouvre,PC-1,31.03.2026 09:12,file:///x;",
}


@pytest.mark.parametrize("name", LOCKS)
def test_a_workbook_open_elsewhere_is_told_with_by_whom(
    tmp_path: Path, name: str
) -> None:
    file = kept(tmp_path)
    before = file.read_bytes()
    (tmp_path / name).write_bytes(LOCKS[name])

    with pytest.raises(FileOpenElsewhereError) as refused:
        update(file)

    assert refused.value.details["who"].upper() == "OUVRE"
    assert refused.value.details["lock"] == name
    assert file.read_bytes() == before


def test_a_lock_without_a_name_is_told_all_the_same(tmp_path: Path) -> None:
    file = kept(tmp_path)
    (tmp_path / f"~${file.name}").touch()

    with pytest.raises(FileOpenElsewhereError, match="another program"):
        update(file)


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise PermissionError(13, "held")

    file = kept(tmp_path)
    before = file.read_bytes()
    monkeypatch.setattr(user_files, "_WAIT_SECONDS", 0)
    owner: object = os if failing == "fsync" else Path
    monkeypatch.setattr(owner, failing, fail)

    with pytest.raises(FileNotWrittenError, match="another program is using it"):
        update(file)

    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_file_held_for_a_moment_is_replaced_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = []
    swap = Path.replace

    def hold_twice(part: Path, target: Path) -> Path:
        attempts.append(part)
        if len(attempts) < 3:
            raise PermissionError(13, "held")
        return swap(part, target)

    file = kept(tmp_path)
    monkeypatch.setattr(user_files, "_WAIT_SECONDS", 0)
    monkeypatch.setattr(Path, "replace", hold_twice)

    update(file)

    assert pieces(file) == ["F9"]


LOSING = {
    LostPart.SHAPES: {"xl/drawings/drawing1.xml": b"<xdr:wsDr><xdr:sp macro=''/>"},
    LostPart.CONTROLS: {"xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>"},
    LostPart.SLICERS: {"xl/slicers/slicer1.xml": b"<slicers/>"},
    LostPart.THREADS: {"xl/threadedComments/threadedComment1.xml": b"<T/>"},
    LostPart.EXTENSIONS: {"xl/worksheets/sheet9.xml": b"<worksheet><extLst><ext/>"},
    LostPart.HEADER_PICTURES: {
        "xl/worksheets/sheet9.xml": b"<worksheet><legacyDrawingHF r:id='rId1'/>"
    },
    LostPart.QUERIES: {"xl/connections.xml": b"<connections/>"},
    LostPart.SIGNATURES: {"_xmlsignatures/sig1.xml": b"<Signature/>"},
}


def test_every_part_that_can_be_lost_is_tried() -> None:
    assert set(LOSING) == set(LostPart)


@pytest.mark.parametrize("part", LOSING)
def test_a_workbook_that_would_lose_something_is_left_alone(
    tmp_path: Path, part: LostPart
) -> None:
    file = kept(tmp_path)
    file.write_bytes(with_parts(LOSING[part]))
    before = file.read_bytes()

    written = update(file)

    beside = tmp_path / "Société à suivre (relance).xlsx"
    assert written == WorkbookWritten(file=str(beside), lost=(part,))
    assert file.read_bytes() == before
    assert pieces(beside) == ["F9"]


def test_pictures_charts_and_comments_are_no_loss() -> None:
    assert losses(changed(workbook(Facture_du=[DUE_HEADINGS]), furnish)) == ()


def test_macros_stay(tmp_path: Path) -> None:
    file = tmp_path / "macros.xlsm"
    file.write_bytes(with_parts({"xl/vbaProject.bin": b"a macro"}))

    update(file)

    with ZipFile(file) as package:
        assert package.read("xl/vbaProject.bin") == b"a macro"
        assert b"macroEnabled" in package.read("[Content_Types].xml")


@pytest.mark.parametrize("name", ["liste.xls", "liste.ods", "liste", "liste.xlsm"])
def test_a_new_workbook_has_a_name_that_excel_opens(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoWorkbookNameError, match=name):
        update(tmp_path / name)


def test_what_is_no_workbook_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "notes.xlsx"
    file.write_text("à garder")

    with pytest.raises(UnreadableFileError):
        update(file)

    assert file.read_text() == "à garder"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWrittenError):
        update(tmp_path / "absent" / "a.xlsx")
    (tmp_path / "dossier.xlsx").mkdir()
    with pytest.raises(FileMissingError):
        update(tmp_path / "dossier.xlsx")


def test_a_link_to_a_workbook_stays_a_link(tmp_path: Path) -> None:
    file = kept(tmp_path)
    link = tmp_path / "lien.xlsx"
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("this system grants no links")

    update(link)

    assert link.is_symlink()
    assert pieces(file) == ["F9"]


def test_an_empty_workbook_receives_the_three_tabs(tmp_path: Path) -> None:
    file = tmp_path / "vide.xlsx"
    Workbook().save(file)

    update(file)

    assert load_workbook(file).sheetnames == ["Sheet", *WorkbookTab]

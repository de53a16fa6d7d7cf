from pathlib import Path

from openpyxl import load_workbook

from tests.journeys.command import TODAY, Command


def test_the_users_own_workbook_is_refreshed_and_the_rest_stays(
    demo: Command, tmp_path: Path
) -> None:
    file = tmp_path / "classeur.xlsx"
    demo("workbook", "export", str(file), "--date", TODAY)
    book = load_workbook(file)
    for tab in book.sheetnames:
        book[tab]["C2"] = "changé"
    book.create_sheet("À moi")["A1"] = "à garder"
    book.save(file)

    told = demo("workbook", "export", str(file), "--tab", "Facture_du")

    assert (told["file"], told["lost"]) == (str(file), [])
    book = load_workbook(file)
    assert book["À moi"]["A1"].value == "à garder"
    assert book["No_destinataire"]["C2"].value == "changé"
    assert book["Facture_du"]["C2"].value != "changé"
    assert book["Facture_du"].max_row == told["due_invoices"] + 1


def test_a_workbook_open_elsewhere_is_refused_with_by_whom(
    demo: Command, tmp_path: Path
) -> None:
    (tmp_path / "~$classeur.xlsx").write_bytes(b"\x05OUVRE" + b" " * 159)

    assert "OUVRE" in demo.refused(
        "workbook", "export", str(tmp_path / "classeur.xlsx")
    )
    assert not (tmp_path / "classeur.xlsx").exists()


def test_a_file_that_is_no_workbook_is_never_written_over(
    demo: Command, tmp_path: Path
) -> None:
    for name in ("notes.txt", "notes.xlsx"):
        (tmp_path / name).write_text("à garder")

        assert name in demo.refused("workbook", "export", str(tmp_path / name))
        assert (tmp_path / name).read_text() == "à garder"

"""Files that cannot be used are refused; those with oddities are read."""

from datetime import date
from pathlib import Path

import pytest

from tests.journeys.command import LEDGER, Command, a_fec, a_fec_line
from tests.journeys.kept_books import IMPORTED_ON, kept, unchanged
from tests.storage.test_newton_workbook import (
    DUE,
    DUE_HEADINGS,
    REMINDER_HEADINGS,
    a_workbook,
    workbook,
)

__all__ = ["kept"]
DATA = Path(__file__).parents[1] / "data"


def a_file(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


FEC = (DATA / "fec_as_the_law_says.txt").read_bytes()
XLSX = a_workbook(due=[DUE])
REFUSED_FILES = [
    ("vide.txt", b"", "est vide"),
    ("blancs.txt", b"\xef\xbb\xbf \r\n\t\r\n", "est vide"),
    ("photo.txt", bytes(range(256)) * 20, "ni un FEC"),
    ("facture.pdf", b"%PDF-1.7\n" + bytes(500), "ni un FEC"),
    ("lettre.txt", "Monsieur,\nveuillez trouver…".encode(), "ni un FEC"),
    ("tete.txt", FEC[:60], "Credit"),
    ("une_ligne.txt", FEC[: FEC.index(b"\n") + 1], "411"),
    ("fec.xml", b"<?xml version='1.0'?><comptabilite/>", "XML"),
    ("colonnes.txt", FEC.replace(b"CompteNum", b"Numero"), "CompteNum"),
    ("sans_client.txt", FEC.replace(b"411", b"401"), "411"),
    ("coupe.xlsx", XLSX[: len(XLSX) // 2], "endommagé"),
    ("~$clients.xlsx", (DATA / "~$clients.xlsx").read_bytes(), "verrou"),
    (
        "onglet.xlsx",
        workbook(Relance=[REMINDER_HEADINGS], Factures=[DUE_HEADINGS, DUE]),
        "Facture_du",
    ),
    (
        "titre.xlsx",
        workbook(Facture_du=[["Débits", *DUE_HEADINGS[1:]], DUE]),
        "Date ecriture",
    ),
    ("autre_sorte.xlsx", XLSX, "société"),
    ("un\nnom.txt", b"", "un nom.txt"),
]


@pytest.mark.parametrize(
    ("name", "content", "why"), REFUSED_FILES, ids=[f[0] for f in REFUSED_FILES]
)
def test_a_file_that_cannot_be_used_is_refused_by_name_with_the_reason(
    kept: Command, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    file = a_file(tmp_path, name, content)

    with unchanged(kept):
        said = kept.refused("import", str(file), *IMPORTED_ON)

    assert why in said
    assert " ".join(name.split()) in said


@pytest.mark.parametrize(
    ("file", "balance", "fault"),
    [
        ("fec_mixed_encodings.txt", 1234_56, "codage"),
        ("fec_dot_decimals.txt", 1234_56, "point"),
        ("fec_thousands_spaces.txt", 1234_56, ""),
        ("fec_sign_last.txt", 1234_56, ""),
        ("fec_cut_in_the_middle.txt", 1324_46, "colonnes"),
        ("fec_bad_lines.txt", 2469_12, "date"),
    ],
)
def test_a_file_with_oddities_is_read_and_they_are_listed_by_line(
    command: Command, file: str, balance: int, fault: str
) -> None:
    told = command("import", str(DATA / file), *IMPORTED_ON)

    assert told["balance_after_cents"] == balance
    assert all(f["line"] > 0 for f in told["faults"])
    assert bool(told["faults"]) == bool(fault)
    assert fault in " ".join(f["reason"] for f in told["faults"])
    assert command("check")["problems"] == []


def test_an_unbalanced_lettering_is_listed_and_leaves_its_entries_open(
    command: Command, tmp_path: Path
) -> None:
    lines = (
        a_fec_line("F1", lettering="AB"),
        a_fec_line("B1", "0,00", "1000,00", lettering="AB"),
    )
    told = command("import", str(a_fec(tmp_path, *lines)), *IMPORTED_ON)

    [fault] = told["faults"]
    assert "AB" in fault["reason"]
    assert told["balance_after_cents"] == 200_00
    assert [i["state"] for i in command("items")["items"]].count("settled") == 0


def test_the_same_line_three_times_is_three_invoices_however_often_it_is_imported(
    command: Command, tmp_path: Path
) -> None:
    file = str(a_fec(tmp_path, *[a_fec_line()] * 3))

    for _time in range(2):
        told = command("import", file, *IMPORTED_ON)
        assert told["balance_after_cents"] == 3 * 1200_00


def test_lines_in_any_order_make_the_same_books(
    command: Command, tmp_path: Path
) -> None:
    other = Command(tmp_path / "other", command.capsys)
    lines = [*LEDGER, a_fec_line("F0", "10,00", day="20251231")]

    for books, given in ((command, lines), (other, lines[::-1])):
        books("import", str(a_fec(tmp_path, *given)), *IMPORTED_ON)

    def found(books: Command) -> list[tuple[object, ...]]:
        rows = books("items", *IMPORTED_ON)["items"]
        return sorted((r["reference"], r["due_date"], r["left_cents"]) for r in rows)

    assert found(command) == found(other)


def test_a_due_date_before_the_invoice_is_kept_as_the_file_gives_it(
    command: Command, tmp_path: Path
) -> None:
    due = (date(2026, 1, 9), date(2025, 12, 15), *DUE[2:])
    file = a_file(tmp_path, "classeur.xlsx", a_workbook(due=[due]))

    command("import", str(file), *IMPORTED_ON)

    [item] = command("items", *IMPORTED_ON)["items"]
    assert (item["due_date"], item["left_cents"]) == ("2025-12-15", 2845_80)


def test_a_swapped_due_date_in_a_workbook_is_put_right_and_told_by_line(
    command: Command, tmp_path: Path
) -> None:
    due = (DUE[0], date(2026, 9, 1), *DUE[2:])
    file = a_file(tmp_path, "classeur.xlsx", a_workbook(due=[DUE, due]))

    told = command("import", str(file), *IMPORTED_ON)

    [fault] = told["faults"]
    assert fault["line"] == 3
    assert "01/09/2026 → 09/01/2026" in fault["reason"]
    items = command("items", *IMPORTED_ON)["items"]
    assert {item["due_date"] for item in items} == {"2026-01-09"}

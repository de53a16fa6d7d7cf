"""What an FEC says of its year: opening lines, the days it covers, its validation."""

from datetime import date

import pytest

from domain.ledger.import_report import FaultKind, SourceFile
from storage.files.fec import read_fec
from tests.third_party import ROOT

_HEADINGS = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|"
    "CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|"
    "ValidDate|Montantdevise|Idevise"
)
DETAILED = ROOT / "fec" / "000000000FEC20231231.txt"
JAN = date(2026, 1, 1)


def a_row(
    journal: str,
    name: str,
    day: str,
    *,
    account: str = "411000",
    label: str = "",
    validated: str = "20260401",
) -> str:
    return (
        f"{journal}|{name}|1|{day}|{account}|Clients|C1|Client|F1|{day}|{label}"
        f"|10,00|0,00|||{validated}||"
    )


SALE = a_row("VE", "Ventes", "20260105", validated="")


def read(*rows: str, encoding: str = "utf-8") -> SourceFile:
    content = "\n".join([_HEADINGS, *rows]) + "\n"
    return read_fec("export.txt", content.encode(encoding))


@pytest.mark.parametrize(
    ("journal", "name", "label"),
    [
        ("AN", "", ""),
        ("RAN", "Reports", ""),
        ("AD", "À Nouveaux Détaillés", ""),
        ("OD", "Opérations diverses", "Report à nouveau"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_an_opening_line_tells_the_year_it_opens(
    journal: str, name: str, label: str, encoding: str
) -> None:
    row = a_row(journal, name, "20260101", label=label)

    opening, sale = read(row, SALE, encoding=encoding).lines

    assert (opening.opens_on, sale.opens_on) == (JAN, None)


def test_a_correction_made_later_in_the_opening_journal_is_new() -> None:
    *_, correction = read(SALE, a_row("AN", "", "20260320")).lines

    assert correction.opens_on is None


def test_openings_that_kept_their_date_do_not_stretch_the_days_covered() -> None:
    source = read(a_row("AD", "A nouveaux détaillés", "20241118"), SALE)

    assert source.starts_on == date(2026, 1, 5)
    assert source.lines[0].opens_on == JAN


def test_a_file_of_openings_only_still_covers_their_day() -> None:
    assert read(a_row("AN", "", "20260101")).starts_on == JAN


def test_a_file_without_any_validation_is_told_once_and_read() -> None:
    source = read(SALE, SALE)

    [fault] = source.faults
    assert (fault.kind, fault.found, fault.line) == (FaultKind.PROVISIONAL, "2", 2)
    assert not fault.blocking
    assert len(source.lines) == 2


def test_one_validated_entry_is_enough_not_to_be_provisional() -> None:
    assert read(SALE, a_row("VE", "Ventes", "20260107")).faults == []


@pytest.mark.skipif(not DETAILED.exists(), reason="the public test data are not here")
def test_a_real_export_with_detailed_openings_covers_its_own_year() -> None:
    source = read_fec(DETAILED.name, DETAILED.read_bytes())

    openings = [line for line in source.lines if line.opens_on]
    assert source.starts_on is not None
    assert source.starts_on.year == 2023
    assert openings
    assert {line.opens_on for line in openings} == {date(2023, 1, 1)}
    assert {line.journal for line in openings} == {"AD"}

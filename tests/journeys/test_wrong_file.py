"""Files of the wrong firm, or older than what is known, are asked about first."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.basics.identifiers import EntityId, new_id
from domain.ledger.entry import SourceLine
from domain.usecases.configuring import create_entity
from domain.usecases.importing import preview_import
from storage.database.books import SqliteBooks
from tests.builders import an_entity
from tests.journeys.command import Command, a_fec, a_fec_line
from tests.journeys.stories import OUTSIDE, a_file, a_line, books_of, bring_in

JAN, MARCH = date(2026, 1, 10), date(2026, 3, 20)
TODAY = date(2026, 3, 31)
OURS = [a_line(f"F{n}", 10_00, JAN, code=f"C{n}", name=f"Client {n}") for n in range(4)]
THEIRS = [
    a_line(f"G{n}", 10_00, JAN, code=f"C{n}", name=f"Acheteur {n}") for n in range(4)
]
UNNAMED = "export.txt"


def two_firms(
    *, siret: str = "", other_siret: str = ""
) -> tuple[SqliteBooks, EntityId, EntityId]:
    books, first = books_of(an_entity(siret=siret))
    other = an_entity(id=EntityId(new_id()), name="Menuiserie Neuve", siret=other_siret)
    create_entity(books, other, OUTSIDE.documents.starting_texts())
    return books, first, other.id


def other_entity(
    books: SqliteBooks, entity_id: EntityId, lines: list[SourceLine], siren: str = ""
) -> str:
    name = f"{siren}FEC20261231.txt" if siren else UNNAMED
    source = a_file(*lines, name=name, siren=siren)
    return preview_import(books, source, entity_id, TODAY).other_entity


def test_a_siren_that_is_not_the_firms_is_told() -> None:
    books, ours, _ = two_firms(siret="111 111 111 00012")

    assert other_entity(books, ours, OURS, "999999999") == "SIREN 999999999"
    assert other_entity(books, ours, OURS, "111111111") == ""


def test_the_siren_of_another_firm_names_it_even_where_ours_is_not_known() -> None:
    books, ours, _ = two_firms(other_siret="22222222200012")

    assert other_entity(books, ours, OURS, "222222222") == "Menuiserie Neuve"


def test_the_file_accepted_last_tells_the_siren_of_a_firm_without_siret() -> None:
    books, ours, theirs = two_firms()
    bring_in(books, theirs, a_file(*THEIRS, name="222222222FEC20261231.txt"), TODAY)

    assert other_entity(books, ours, OURS, "222222222") == "Menuiserie Neuve"


def test_customers_known_in_another_firm_only_are_told() -> None:
    books, ours, theirs = two_firms()
    bring_in(books, theirs, a_file(*THEIRS, name=UNNAMED), TODAY)
    bring_in(books, ours, a_file(*OURS, name=UNNAMED), TODAY)

    assert other_entity(books, ours, THEIRS) == "Menuiserie Neuve"
    assert other_entity(books, theirs, THEIRS) == ""


def test_two_firms_that_number_their_customers_alike_are_not_confused() -> None:
    books, ours, theirs = two_firms()
    bring_in(books, theirs, a_file(*THEIRS, name=UNNAMED), TODAY)

    assert other_entity(books, ours, OURS) == ""


def test_a_new_customer_shared_with_another_firm_is_no_confusion() -> None:
    books, ours, theirs = two_firms()
    bring_in(books, theirs, a_file(*THEIRS, name=UNNAMED), TODAY)
    bring_in(books, ours, a_file(*OURS, name=UNNAMED), TODAY)

    assert other_entity(books, ours, [*OURS, THEIRS[0]]) == ""


def test_the_same_export_of_last_month_is_older_even_with_the_same_last_day() -> None:
    books, ours = books_of()
    old = a_file(*OURS)
    bring_in(books, ours, old, TODAY)
    bring_in(books, ours, a_file(replace(OURS[0], label="x"), *OURS[1:]), TODAY)

    assert preview_import(books, old, ours, TODAY).older_than_known


def test_last_year_is_not_older_where_years_begin_in_july() -> None:
    books, ours = books_of(an_entity(fiscal_year_start_month=7))
    last_year = a_file(*OURS, starts_on=date(2025, 7, 1), ends_on=date(2026, 6, 30))
    bring_in(books, ours, last_year, TODAY)
    autumn = a_line("F9", 10_00, date(2026, 9, 1))
    bring_in(books, ours, a_file(autumn, starts_on=date(2026, 7, 1)), TODAY)

    assert not preview_import(books, last_year, ours, TODAY).older_than_known


def test_the_command_refuses_a_file_of_another_firm_until_told_otherwise(
    command: Command, tmp_path: Path
) -> None:
    command("import", str(a_fec(tmp_path)))
    wrong = str(a_fec(tmp_path, name="987654321FEC20261231.txt"))

    said = command.refused("import", wrong)

    assert "--yes-other-firm" in said
    assert "987654321" in said
    assert command("import", wrong, "--dry-run")["other_entity"] == "SIREN 987654321"
    command("import", wrong, "--yes-other-firm")


def test_the_command_refuses_an_older_export_until_told_otherwise(
    command: Command, tmp_path: Path
) -> None:
    paid = a_fec_line(lettering="AA")
    payment = a_fec_line("B1", "0,00", "1200,00", day="20260301", lettering="AA")
    command("import", str(a_fec(tmp_path, paid, payment)))
    older = str(a_fec(tmp_path, a_fec_line()))

    assert "--yes-older" in command.refused("import", older)
    assert command("items")["items"][0]["left_cents"] == 0
    command("import", older, "--yes-older")
    assert command("items")["items"][0]["left_cents"] == 1200_00


@pytest.mark.parametrize("flag", ["--yes-other-firm", "--yes-older"])
def test_the_answers_are_explained_in_the_help(
    flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.cli.arguments import make_parser

    with pytest.raises(SystemExit):
        make_parser().parse_args(["import", "--help"])

    assert flag in capsys.readouterr().out

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    FaultKind,
    PastReminder,
    SourceContact,
    SourceFile,
    SourceFormat,
)
from storage.files.errors import MissingTabColumnsError, MissingTabError
from storage.files.reading import AccountingFiles

Rows = Sequence[Sequence[object]]

REMINDER_HEADINGS = (
    "Date relance",
    "Date Facture",
    "Echeance",
    "Compte client",
    "Numero de facture",
    "Niveau de relance",
    "Nom pièce jointe",
    "Raison sociale",
    "Adresse Mail",
    "D",
    "C",
)
DUE_HEADINGS = (
    "Date ecriture",
    "Date échéance",
    "Num compte",
    "Debit",
    "Credit",
    "Ref image",
    "Num fact",
    "Code journal",
)
CONTACT_HEADINGS = ("Code", "RaisonSocial", "Email", "Nom", "Prenom", "DestRelance")

REMINDED = (
    date(2026, 1, 20),
    date(2025, 12, 15),
    date(2026, 1, 9),
    90000111,
    251213597,
    4,
    "CLI000111_251213597.pdf",
    "GARAGE DU PONT",
    "garage@example.com",
    2845.8,
    0,
)
DUE = (
    date(2025, 12, 15),
    date(2026, 1, 9),
    90000111,
    2845.8,
    0,
    "FCL000111_251213597.pdf",
    251213597,
    "VE1",
)
CONTACT = (90000111, "Garage du Pont", "garage@example.com", "Duval", "Anne", "FAUX")


def workbook(**tabs: Rows) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in tabs.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(tuple(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def a_workbook(reminders: Rows = (), due: Rows = (), contacts: Rows = ()) -> bytes:
    return workbook(
        Relance=[REMINDER_HEADINGS, *reminders],
        Facture_du=[DUE_HEADINGS, *due],
        No_destinataire=[CONTACT_HEADINGS, *contacts],
    )


def read(content: bytes) -> SourceFile:
    return AccountingFiles().read("societe.xlsx", content)


def a_reminder(**changes: object) -> tuple[object, ...]:
    """A row of the history; changes are given by heading, with _ for a space."""
    values = dict(zip(REMINDER_HEADINGS, REMINDED, strict=True))
    values |= {heading.replace("_", " "): value for heading, value in changes.items()}
    return tuple(values.values())


def faults(source: SourceFile) -> list[tuple[str, int, FaultKind, str, bool]]:
    return [(f.sheet, f.line, f.kind, f.found, f.blocking) for f in source.faults]


def test_the_three_tabs_give_lines_history_and_contacts() -> None:
    source = read(a_workbook([REMINDED], [DUE], [CONTACT]))

    assert source.lines == [
        SourceLine(
            line=2,
            journal="VE1",
            entry_on=date(2025, 12, 15),
            account="90000111",
            customer_code="90000111",
            customer_name="Garage du Pont",
            piece="251213597",
            debit=Money(2845_80),
            credit=Money(0),
            due_on=date(2026, 1, 9),
            attachment="FCL000111_251213597.pdf",
        )
    ]
    assert source.past_reminders == [
        PastReminder(
            line=2,
            reminded_on=date(2026, 1, 20),
            customer_code="90000111",
            customer_name="GARAGE DU PONT",
            piece="251213597",
            invoice_on=date(2025, 12, 15),
            due_on=date(2026, 1, 9),
            level=4,
            attachment="CLI000111_251213597.pdf",
            email="garage@example.com",
            debit=Money(2845_80),
            credit=Money(0),
        )
    ]
    assert source.contacts == [
        SourceContact(
            line=2,
            customer_code="90000111",
            customer_name="Garage du Pont",
            email="garage@example.com",
            last_name="Duval",
            first_name="Anne",
            is_dunning=False,
        )
    ]
    assert source.faults == []
    assert (source.format, source.lines_read) == (SourceFormat.WORKBOOK, 3)
    assert (source.only_open, source.has_lettering) == (True, False)


def test_headings_cut_at_their_end_are_recognised() -> None:
    as_found = {
        "Date relance": "Date relani",
        "Date Facture": "Date Facti",
        "Niveau de relance": "Niveau de relani",
        "Raison sociale": "Raison social",
    }
    cut = [as_found.get(heading, heading) for heading in REMINDER_HEADINGS]

    source = read(workbook(Relance=[cut, REMINDED], Facture_du=[DUE_HEADINGS]))

    assert source.past_reminders == read(a_workbook([REMINDED])).past_reminders


def test_tabs_and_headings_in_any_order_and_spelling_are_recognised() -> None:
    source = read(
        workbook(
            Notes=[["rien"]],
            NO_DESTINATAIRE=[CONTACT_HEADINGS, CONTACT],
            **{
                "facture du": [
                    ("Impayés de la société",),
                    (),
                    tuple(h.upper() for h in reversed(DUE_HEADINGS)),
                    tuple(reversed(DUE)),
                ]
            },
        )
    )

    (line,) = source.lines
    assert line.line == 4
    assert (line.piece, line.debit) == ("251213597", Money(2845_80))
    assert source.past_reminders == []


def test_dates_and_amounts_typed_as_text_are_read() -> None:
    texts = ("15/12/2025", "09/01/26", "90000111", "2 845,8", "", "", "F1", "VE")
    serials = (46006, 46031, "90000111", "2845.8", "0,00", "", "F1", "VE")

    first, second = read(a_workbook(due=[texts, serials])).lines

    assert first.entry_on == second.entry_on == date(2025, 12, 15)
    assert first.due_on == second.due_on == date(2026, 1, 9)
    assert first.debit == second.debit == Money(2845_80)


@pytest.mark.parametrize(
    ("cell", "is_dunning"),
    [
        ("VRAI", True),
        (True, True),
        ("Oui", True),
        ("FAUX", False),
        (False, False),
        (0, False),
        ("", None),
        (None, None),
        ("peut-être", None),
    ],
)
def test_whether_a_contact_receives_reminders(
    cell: object, is_dunning: bool | None
) -> None:
    (contact,) = read(a_workbook(contacts=[(*CONTACT[:5], cell)])).contacts

    assert contact.is_dunning is is_dunning


@pytest.mark.parametrize(
    ("cell", "level"),
    [(1, 1), (9.0, 9), ("7", 7), ("Relance 2", 2), ("R3", 3)],
)
def test_levels_are_those_of_the_history(cell: object, level: int) -> None:
    source = read(a_workbook([a_reminder(Niveau_de_relance=cell)]))

    assert [past.level for past in source.past_reminders] == [level]


@pytest.mark.parametrize("cell", [0, 10, 4.5, "deux", None])
def test_a_level_that_is_none_is_told_and_left_out(cell: object) -> None:
    source = read(a_workbook([a_reminder(Niveau_de_relance=cell)]))

    assert source.past_reminders == []
    assert [f[:3] for f in faults(source)] == [("Relance", 2, FaultKind.BAD_LEVEL)]


def test_rows_that_resist_are_told_with_their_tab() -> None:
    source = read(
        a_workbook(
            [a_reminder(Date_relance="hier"), a_reminder(Echeance="bientôt")],
            [
                ("?", *DUE[1:]),
                (*DUE[:2], None, *DUE[3:]),
                (*DUE[:3], "douze", *DUE[4:]),
                (*DUE[:3], 0, *DUE[4:]),
                (),
                DUE,
            ],
            [(None, "Sans code")],
        )
    )

    assert faults(source) == [
        ("Facture_du", 2, FaultKind.BAD_DATE, "?", True),
        ("Facture_du", 3, FaultKind.NO_CUSTOMER, "", True),
        ("Facture_du", 4, FaultKind.BAD_AMOUNT, "douze", True),
        ("Facture_du", 5, FaultKind.NO_AMOUNT, "", True),
        ("Relance", 2, FaultKind.BAD_DATE, "hier", True),
        ("Relance", 3, FaultKind.BAD_DATE, "bientôt", False),
        ("No_destinataire", 2, FaultKind.NO_CUSTOMER, "", True),
    ]
    assert [line.line for line in source.lines] == [7]
    assert [past.line for past in source.past_reminders] == [3]


def test_a_due_date_with_day_and_month_swapped_is_told_and_corrected_beside() -> None:
    source = read(
        a_workbook(
            [
                a_reminder(Date_Facture=date(2019, 12, 15), Echeance=date(2020, 9, 1)),
                a_reminder(Date_Facture=date(2018, 2, 15), Echeance=date(2018, 12, 3)),
                a_reminder(Date_Facture=date(2019, 12, 15), Echeance=date(2020, 1, 9)),
            ]
        )
    )

    assert [(p.due_on, p.swapped_due_on) for p in source.past_reminders] == [
        (date(2020, 9, 1), date(2020, 1, 9)),
        (date(2018, 12, 3), date(2018, 3, 12)),
        (date(2020, 1, 9), None),
    ]
    assert faults(source) == [
        (
            "Relance",
            2,
            FaultKind.SWAPPED_DATE,
            "01/09/2020 → 09/01/2020",
            False,
        ),
        (
            "Relance",
            3,
            FaultKind.SWAPPED_DATE,
            "03/12/2018 → 12/03/2018",
            False,
        ),
    ]


def test_the_usual_delay_of_the_workbook_betrays_shorter_swaps() -> None:
    suspect = a_reminder(Date_Facture=date(2019, 5, 15), Echeance=date(2019, 9, 6))

    alone = read(a_workbook([suspect]))
    among_others = read(a_workbook([suspect], [DUE, DUE]))

    assert [p.swapped_due_on for p in alone.past_reminders] == [None]
    assert [p.swapped_due_on for p in among_others.past_reminders] == [date(2019, 6, 9)]


def test_a_workbook_without_due_invoices_is_refused() -> None:
    with pytest.raises(MissingTabError, match="Facture_du"):
        read(workbook(Relance=[REMINDER_HEADINGS]))


@pytest.mark.parametrize("rows", [[], [DUE_HEADINGS[:3]], [("Ville", "Code postal")]])
def test_a_tab_without_its_columns_is_refused_by_name(rows: Rows) -> None:
    with pytest.raises(MissingTabColumnsError, match=r"Facture_du.*Debit, Credit"):
        read(workbook(Facture_du=rows))


def test_a_workbook_of_excel_97_is_read_like_any_other() -> None:
    path = Path(__file__).parent.parent / "data" / "newton_excel_97.xls"

    old = AccountingFiles().read(path.name, path.read_bytes())

    new = read(a_workbook([REMINDED], [DUE], [CONTACT]))
    assert old.lines == new.lines
    assert old.past_reminders == new.past_reminders
    assert old.contacts == new.contacts

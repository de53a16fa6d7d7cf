"""Any firm written to its workbook and read again is the same firm."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.identifiers import EntityId
from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    PastReminder,
    SourceContact,
    SourceFile,
    SourceFormat,
)
from domain.ledger.workbook import WorkbookContent, WorkbookTab
from domain.ports import Books
from domain.usecases.importing import confirm_import, preview_import
from domain.usecases.reporting import workbook_content
from storage.database.books import open_books
from storage.files.reading import AccountingFiles
from storage.files.workbook_refresh import refresh_workbook
from tests.builders import ENTITY_ID, NOW, TODAY, a_profile, an_entity

CODES = ("C1", "00042", "90000111", "411=DUPONT", "É-1")
PIECES = ("F1", "007", "2025 12", "=1+1", "-AV/3", "@x", "#N/A", "1E5", "Ça;là")
NAMES = ("Dupont", "=cmd|' /C calc'!A0", "L'Été & <Fils>", "Ω – 1 234,50 €")
MAILS = ("", "a@example.com", "b@example.com")

days = st.dates(date(2024, 1, 1), TODAY)
# Few, so that reminders differ by one thing only.
reminder_days = st.sampled_from((TODAY - timedelta(9), TODAY - timedelta(1)))
delays = st.integers(0, 90).map(timedelta)
# Often the same, so that some lines differ by their file or due date only.
cents = st.one_of(st.sampled_from((1, 2)), st.integers(1, 10**9)).map(Money)


@st.composite
def lines(draw: st.DrawFn) -> SourceLine:
    code, amount = draw(st.sampled_from(CODES)), draw(cents)
    is_credit = draw(st.booleans())
    day = draw(days)
    return SourceLine(
        line=2,
        journal=draw(st.sampled_from(("VE", "", "01"))),
        entry_on=day,
        account=code,
        customer_code=code,
        customer_name=NAMES[CODES.index(code) % len(NAMES)],
        piece=draw(st.sampled_from(PIECES)),
        debit=Money(0) if is_credit else amount,
        credit=amount if is_credit else Money(0),
        due_on=day + draw(delays),
        attachment=draw(st.sampled_from(("", "F.pdf", "=F.pdf"))),
    )


@st.composite
def reminders(draw: st.DrawFn) -> PastReminder:
    code, day = draw(st.sampled_from(CODES)), draw(reminder_days)
    return PastReminder(
        line=2,
        reminded_on=day,
        customer_code=code,
        customer_name=NAMES[CODES.index(code) % len(NAMES)],
        piece=draw(st.sampled_from(PIECES)),
        invoice_on=day - timedelta(60),
        due_on=day - timedelta(30),
        level=draw(st.integers(1, 3)),
        attachment=draw(st.sampled_from(("", "F.pdf"))),
        email=draw(st.sampled_from(MAILS)),
        debit=draw(st.sampled_from((Money(1), Money(2)))),
        credit=Money(0),
    )


@st.composite
def firms(draw: st.DrawFn) -> SourceFile:
    return SourceFile(
        name="depart.xlsx",
        format=SourceFormat.WORKBOOK,
        sha256="0" * 64,
        lines=draw(st.lists(lines(), min_size=1, max_size=12)),
        faults=[],
        lines_read=1,
        only_open=True,
        has_lettering=False,
        contacts=[
            SourceContact(line=2, customer_code=code, customer_name="", email=mail)
            for code, mail in draw(
                st.dictionaries(st.sampled_from(CODES), st.sampled_from(MAILS))
            ).items()
        ],
        past_reminders=draw(st.lists(reminders(), max_size=8)),
    )


def books_from(source: SourceFile) -> Books:
    books = open_books()
    books.entities.save(an_entity())
    books.scenarios.save_profile(a_profile())
    preview = preview_import(books, source, ENTITY_ID, TODAY)
    confirm_import(books, preview, NOW, accept_swaps=False)
    return books


def ledger(books: Books, entity_id: EntityId = ENTITY_ID) -> object:
    """What a firm is owed, by whom, since when; ids included."""
    return sorted(books.ledger.open_items(entity_id), key=lambda item: item.id)


def nameless(content: WorkbookContent) -> list[Counter[tuple[object, ...]]]:
    return [Counter(content.rows(tab)) for tab in WorkbookTab]


@settings(max_examples=60, deadline=None)
@given(firms())
def test_any_firm_written_to_its_workbook_and_read_again_is_the_same(
    firm: SourceFile,
) -> None:
    files = AccountingFiles()
    books = books_from(firm)
    content = workbook_content(books, ENTITY_ID)

    source = files.read("classeur.xlsx", files.write_workbook(content))
    again = books_from(source)

    assert [fault for fault in source.faults if fault.blocking] == []
    assert ledger(again) == ledger(books)
    assert nameless(workbook_content(again, ENTITY_ID)) == nameless(content)


@settings(max_examples=30, deadline=None)
@given(firms(), firms())
def test_any_firm_refreshed_over_another_is_read_as_itself_with_both_histories(
    before: SourceFile, after: SourceFile
) -> None:
    files = AccountingFiles()
    old, new = (workbook_content(books_from(s), ENTITY_ID) for s in (before, after))

    refreshed = refresh_workbook(
        "a.xlsx", files.write_workbook(old), new, list(WorkbookTab)
    )
    source = files.read("a.xlsx", refreshed)

    alone = files.read("a.xlsx", files.write_workbook(new))
    assert [bare(line) for line in source.lines] == [bare(x) for x in alone.lines]
    assert source.contacts == alone.contacts
    history = Counter(map(reminded, source.past_reminders))
    olds = Counter(
        map(reminded, files.read("a", files.write_workbook(old)).past_reminders)
    )
    assert history == olds | Counter(map(reminded, alone.past_reminders))
    once_more = refresh_workbook("a.xlsx", refreshed, new, list(WorkbookTab))
    assert Counter(map(reminded, files.read("a", once_more).past_reminders)) == history


def bare(line: SourceLine) -> tuple[object, ...]:
    """A line but for the name, which the history may give."""
    return (line.line, line.account, line.piece, line.debit, line.credit, line.due_on)


def reminded(past: PastReminder) -> tuple[object, ...]:
    code, piece = past.customer_code, past.piece
    return (past.reminded_on, code, piece, past.level, past.debit, past.credit)

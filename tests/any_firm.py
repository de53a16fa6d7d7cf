"""Any firm kept by a workbook, for properties of what reads or writes one."""

from datetime import date, timedelta

from hypothesis import strategies as st

from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import (
    PastReminder,
    SourceContact,
    SourceFile,
    SourceFormat,
)
from tests.builders import TODAY

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
def any_firm(draw: st.DrawFn) -> SourceFile:
    """Draw what a workbook holds: open lines, contacts, past reminders."""
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

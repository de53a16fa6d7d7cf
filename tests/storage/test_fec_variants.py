"""An FEC reads the same however a package writes it, and never reads wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.errors import UnreadableFileError
from domain.basics.money import Money
from domain.ledger.entry import SourceLine
from domain.ledger.import_report import FaultKind, SourceFile
from storage.files.reading import AccountingFiles
from tests.storage.test_fec import DATA

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789éèêàçùôœŒ€ÿß'\"&()°+-="


def _plain(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


AMOUNTS: dict[str, Callable[[int], str]] = {
    "plain": _plain,
    "zeros first": lambda c: f"{'-' if c < 0 else ''}{_plain(abs(c)).rjust(15, '0')}",
    "sign last": lambda c: _plain(abs(c)) + ("-" if c < 0 else ""),
    "dot": lambda c: _plain(c).replace(",", "."),
    "spaces": lambda c: f"{c / 100:,.2f}".replace(",", " ").replace(".", ","),
    "narrow spaces": lambda c: f"{c / 100:,.2f}".replace(",", "\u00a0").replace(
        ".", ","
    ),
    "dots and comma": lambda c: f"{c / 100:,.2f}".translate(
        {ord(","): ".", ord("."): ","}
    ),
    "scientific": lambda c: f"{c / 100:.13E}".replace(".", ","),
}
DATES: dict[str, Callable[[date], str]] = {
    "law": lambda d: f"{d:%Y%m%d}",
    "day first": lambda d: f"{d:%d%m%Y}",
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "dashes": lambda d: f"{d:%Y-%m-%d}",
    "dots": lambda d: f"{d:%d.%m.%Y}",
    "time": lambda d: f"{d:%Y-%m-%d}T00:00:00",
}
DIRECTIONS = {"D and C": ("D", "C"), "plus and minus": ("+1", "-1")}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a package writes its FEC."""

    encoding: str
    separator: str
    line_end: str
    columns: tuple[str, ...]
    is_padded: bool
    has_trailing_separator: bool
    amounts: str
    dates: str
    direction: str | None

    def write(self, lines: list[SourceLine]) -> bytes:
        names = [self._heading(c) for c in self.columns]
        rows = [[self._field(line, c) for c in self.columns] for line in lines]
        trail = self.separator if self.has_trailing_separator else ""
        text = "".join(
            self.separator.join(row) + trail + self.line_end for row in [names, *rows]
        )
        return text.encode(self.encoding)

    def _heading(self, column: str) -> str:
        if self.direction:
            return {"Debit": "Montant", "Credit": "Sens"}.get(column, column)
        return column

    def _field(self, line: SourceLine, column: str) -> str:
        text = self._text(line, column)
        return f" {text}".ljust(20) if self.is_padded else text

    def _text(self, line: SourceLine, column: str) -> str:
        write_amount, write_date = AMOUNTS[self.amounts], DATES[self.dates]
        if self.direction and column in {"Debit", "Credit"}:
            side, amount = (0, line.debit) if line.debit else (1, line.credit)
            sides = DIRECTIONS[self.direction]
            return sides[side] if column == "Credit" else write_amount(amount.cents)
        return {
            "JournalCode": line.journal,
            "EcritureNum": line.entry_number,
            "EcritureDate": write_date(line.entry_on),
            "CompteNum": line.account,
            "CompAuxNum": line.customer_code,
            "CompAuxLib": line.customer_name,
            "PieceRef": line.piece,
            "PieceDate": write_date(line.piece_on) if line.piece_on else "",
            "EcritureLib": line.label,
            "Debit": write_amount(line.debit.cents),
            "Credit": write_amount(line.credit.cents),
            "EcritureLet": line.lettering,
            "DateLet": write_date(line.lettered_on) if line.lettered_on else "00000000",
        }.get(column, "")


days = st.dates(date(1990, 1, 1), date(2089, 12, 31))
# Bytes of « ßŒ » in Windows-1252 are a letter of UTF-8 too. No word has them.
also_utf8 = re.compile("[éèêàçùôÿß][œŒ€°]")
words = st.text(LETTERS, min_size=1, max_size=12).filter(
    lambda word: not also_utf8.search(word)
)
cents = st.integers(-(10**11), 10**11).filter(bool)


@st.composite
def ledgers(draw: st.DrawFn) -> list[SourceLine]:
    lines = []
    for number in range(2, 2 + draw(st.integers(1, 4))):
        amount, is_debit = Money(draw(cents)), draw(st.booleans())
        lettered_on = draw(st.none() | days)
        lines.append(
            SourceLine(
                line=number,
                journal=draw(words),
                entry_number=str(number),
                entry_on=draw(days),
                account=draw(st.sampled_from(["411", "41100000", "411DUVAL"])),
                customer_code=draw(words),
                customer_name=draw(words),
                piece=draw(words),
                piece_on=draw(st.none() | days),
                label=draw(words),
                debit=amount if is_debit else Money(0),
                credit=Money(0) if is_debit else amount,
                lettering="AA" if lettered_on else "",
                lettered_on=lettered_on,
            )
        )
    return lines


@st.composite
def manners(draw: st.DrawFn) -> Manner:
    separator = draw(st.sampled_from("\t|;,"))
    return Manner(
        encoding=draw(
            st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "iso8859-15", "utf-16"])
        ),
        separator=separator,
        line_end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        columns=tuple(draw(st.permutations(COLUMNS))),
        is_padded=draw(st.booleans()),
        has_trailing_separator=draw(st.booleans()),
        # A comma cannot both cut fields and start the cents.
        amounts="dot" if separator == "," else draw(st.sampled_from(list(AMOUNTS))),
        dates=draw(st.sampled_from(list(DATES))),
        direction=draw(st.sampled_from([None, *DIRECTIONS])),
    )


def read(content: bytes) -> SourceFile:
    return AccountingFiles().read("export.txt", content)


@settings(max_examples=300, deadline=None)
@given(ledger=ledgers(), manner=manners())
def test_the_manner_of_writing_changes_nothing(
    ledger: list[SourceLine], manner: Manner
) -> None:
    source = read(manner.write(ledger))

    assert source.lines == ledger
    assert not [fault for fault in source.faults if fault.blocking]


@settings(max_examples=200, deadline=None)
@given(ledger=ledgers(), label=st.text("|" + LETTERS, min_size=1, max_size=20))
def test_a_pipe_in_a_label_never_changes_an_amount(
    ledger: list[SourceLine], label: str
) -> None:
    manner = Manner("utf-8", "|", "\n", COLUMNS, False, False, "plain", "law", None)
    content = manner.write([replace(ledger[0], label=label), *ledger[1:]])

    known = {line.line: (line.debit, line.credit) for line in ledger}
    source = read(content)
    told = {fault.line for fault in source.faults if fault.blocking}
    assert {x.line: (x.debit, x.credit) for x in source.lines} == {
        line: amounts for line, amounts in known.items() if line not in told
    }


@pytest.mark.parametrize(
    "name",
    [
        "fec_as_the_law_says.txt",
        "fec_utf16.txt",
        "fec_columns_reordered.txt",
        "fec_padded_with_trailing_separator.txt",
        "fec_dolibarr_due_dates.txt",
    ],
)
def test_a_file_cut_anywhere_is_refused_or_gives_no_wrong_line(name: str) -> None:
    content = (DATA / name).read_bytes()
    whole = {(x.line, x.debit, x.credit, x.lettering) for x in read(content).lines}

    for size in range(len(content)):
        try:
            source = read(content[:size])
        except UnreadableFileError:
            continue
        found = {(x.line, x.debit, x.credit, x.lettering) for x in source.lines}
        assert found <= whole, size


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    header = "\t".join(COLUMNS).encode() + b"\n"
    for bytes_given in (content, header + content):
        try:
            source = read(bytes_given)
        except UnreadableFileError:
            continue
        assert all(fault.kind in FaultKind for fault in source.faults)

"""One invented ledger, written as an FEC and as each named layout.

Written from the tables that describe the layouts, without the code that reads.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook

from domain.ledger.import_report import SourceFormat

CUSTOMERS = {
    "411ALPIN": "Boulangerie Alpine Inventée",
    "411BRISE": "Café de la Brise",
    "411CEDRE": "Menuiserie du Cèdre rêvé",
    "411DUNES": "Hôtel des Dunes",
    "411ECUME": "Pêcheries de l'Écume",
}
EOL = "\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a customer owes, or paid where ``cents`` is negative."""

    journal: str
    day: date
    code: str
    name: str
    piece: str
    label: str
    cents: int
    due: date | None = None
    lettering: str = ""
    attachment: str = ""
    mode: str = ""

    @property
    def side(self) -> str:
        return "D" if self.cents > 0 else "C"

    def counterpart(self) -> "Entry":
        """Make the line that balances it, on an account that is no customer's."""
        account = "70600000" if self.journal == "VE" else "51200000"
        return replace(
            self, code=account, name="", cents=-self.cents, due=None, lettering=""
        )


def a_ledger() -> list[Entry]:
    """Make forty entries: invoices, credit notes, payments whole and partial."""
    entries = []
    for number in range(24):
        code, name = list(CUSTOMERS.items())[number % len(CUSTOMERS)]
        day = date(2026, 1, 5) + timedelta(days=4 * number)
        letters = f"{chr(65 + number // 5)}{chr(65 + number % 5)}"
        is_paid, is_credited = number % 2 == 0, number % 8 == 3
        invoice = Entry(
            journal="VE",
            day=day,
            code=code,
            name=name,
            piece=f"FA{number:04}",
            label=f"Facture {number:04} été",
            cents=10_000 + 3_337 * number,
            due=day + timedelta(days=30 + number) if number % 4 else None,
            lettering=letters if is_paid or is_credited else "",
            attachment=f"FA{number:04}.PDF",
            mode="VIR",
        )
        entries.append(invoice)
        if is_paid or is_credited:
            entries.append(
                replace(
                    invoice,
                    journal="BQ" if is_paid else "VE",
                    day=day + timedelta(days=20),
                    piece=f"{'RG' if is_paid else 'AV'}{number:04}",
                    label=f"{'Règlement' if is_paid else 'Avoir'} {number:04}",
                    cents=-invoice.cents,
                    due=None,
                    attachment="",
                )
            )
    partial = replace(
        entries[1], journal="BQ", piece="RG9001", cents=-1_000, due=None, lettering=""
    )
    return [*entries, partial]


def _lines(entries: list[Entry]) -> list[Entry]:
    return [line for e in entries for line in (e, e.counterpart())]


def _euros(cents: int, mark: str = ",") -> str:
    return f"{abs(cents) // 100}{mark}{abs(cents) % 100:02}"


def _day(day: date | None, pattern: str, none: str = "") -> str:
    return day.strftime(pattern) if day else none


def as_fec(entries: list[Entry]) -> bytes:
    heading = (
        "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum"
        " CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet"
        " ValidDate Montantdevise Idevise DateLimitReglmt FichierFacture"
    )
    rows = [heading.split()]
    for number, e in enumerate(_lines(entries), start=1):
        is_customer = e.code.startswith("411")
        amount = _euros(e.cents)
        day = _day(e.day, "%Y%m%d")
        rows.append(
            [
                *(e.journal, e.journal, str(number), day),
                *("411000" if is_customer else e.code, "Compte"),
                *((e.code, e.name) if is_customer else ("", "")),
                *(e.piece, day, e.label),
                *((amount, "0,00") if e.cents > 0 else ("0,00", amount)),
                *(e.lettering, "", day, "", ""),
                *(_day(e.due, "%Y%m%d"), e.attachment),
            ]
        )
    return "".join("\t".join(row) + EOL for row in rows).encode()


def as_quadratus(entries: list[Entry]) -> bytes:
    names = {e.code: e.name for e in entries}
    out = []
    for code, name in names.items():
        out.append(f"C{code:8}{name[:30]:30}{'':59}41100000{'':110} C")
    for e in _lines(entries):
        cents = f"{abs(e.cents):012}"
        out.append(
            f"M{e.code:8}{e.journal:2}000{_day(e.day, '%d%m%y')} {e.label[:20]:20}"
            f"{e.side}+{cents}{'':8}{_day(e.due, '%d%m%y', '000000')}{e.lettering:2}"
            f"{'':3}{e.piece[-5:]:5}{'':10}{'':10}{e.piece[:8]:8}EUR{e.journal:3}{'':3}"
            f"{e.label[:30]:30}{'':2}{e.piece[:10]:10}{'':10}+{cents}{e.attachment:12}"
            f"{'':10}{'0000000001'}_IMP{'01012026000000'}{'':20}"
        )
        if e.due and e.mode:
            out.append(
                f"R{_day(e.due, '%d%m%y')}+{cents}{'':2}BQ{e.piece:10}{'':20}"
                f"BQ {e.code:8}{e.mode:4}1{'':4}{'':11}"
            )
    return "".join(line + EOL for line in out).encode("cp1252")


def as_ximport(entries: list[Entry], charset: str = "cp850", mark: str = ".") -> bytes:
    out = ""
    for number, e in enumerate(_lines(entries), start=1):
        out += (
            f"{number:5}{e.journal:2}{_day(e.day, '%Y%m%d')}{_day(e.due, '%Y%m%d'):8}"
            f"{e.piece:12}{e.code:11}{e.label[:25]:25}{_euros(e.cents, mark):>13}"
            f"{e.side}{e.lettering:12}{'':6}{e.name[:34]:34}O2003{EOL}"
        )
    return out.encode(charset)


def as_cegid_tra(entries: list[Entry]) -> bytes:
    out = [
        "***S5CLIJRLETE   0101190001011900009",
        "***PS1",
        "***PS2100100 60 50 50 50 50",
        "***PS3",
        "***PS5EUR2X                                     1",
        "***EXO0010101202631122026OUV",
        "***ETB001Société Imaginaire",
    ]
    for e in _lines(entries):
        is_customer = e.code.startswith("411")
        out.append(
            f"{e.journal:3}{_day(e.day, '%d%m%Y')}{'FC' if e.journal == 'VE' else 'OD'}"
            f"{'41100000' if is_customer else e.code:17}{'X' if is_customer else ' '}"
            f"{e.code if is_customer else '':17}{e.piece:35}{e.label[:35]:35}{e.mode:3}"
            f"{_day(e.due, '%d%m%Y', '01011900')}{e.side}{_euros(e.cents):>20}N{'':8}"
            f"EUR{'1,00':>10}E--{'':20}{'':20}001"
        )
    return "".join(line + EOL for line in out).encode("cp1252")


def as_sage_text(entries: list[Entry]) -> bytes:
    out = ["#VER 5"]
    for e in _lines(entries):
        is_customer = e.code.startswith("411")
        day, third = _day(e.day, "%d%m%y"), e.code if is_customer else ""
        out += ["#MECG", e.journal, day, day, e.piece, third, ""]
        out += ["41100000" if is_customer else e.code, "", third, "", e.label[:30]]
        out += [{"VIR": "10"}.get(e.mode, "")]
        out += [_day(e.due, "%d%m%y"), "", "", "0"]
        out += ["0" if e.cents > 0 else "1", _euros(e.cents, ".")]
        out += ["", "", "", "", "0", "0", "", "0"]
    return (EOL.join(out) + EOL + "#FIN").encode("cp1252")


def as_rimport(entries: list[Entry], charset: str = "cp1252") -> bytes:
    out = ["##Fichier\tRImport", "##DebFmt", "SepDec = .", "##FinFmt"]
    out += ["##Section\tTiers", "411ALPIN\tBoulangerie", "##Section\tMvt"]
    for number, e in enumerate(_lines(entries), start=1):
        fields = [str(number), e.journal, _day(e.day, "%d/%m/%Y"), e.code, e.name[:40]]
        fields += [_euros(e.cents, "."), e.side, "V", e.label[:50], e.piece, ""]
        fields += [_day(e.due, "%d/%m/%Y")]
        out.append("\t".join([*fields, *[""] * 10]))
    return "".join(line + EOL for line in out).encode(charset)


WRITERS: dict[SourceFormat, Callable[[list[Entry]], bytes]] = {
    SourceFormat.QUADRATUS: as_quadratus,
    SourceFormat.XIMPORT: as_ximport,
    SourceFormat.CEGID_TRA: as_cegid_tra,
    SourceFormat.SAGE_TEXT: as_sage_text,
    SourceFormat.RIMPORT: as_rimport,
}
WITH_LETTERING = {SourceFormat.QUADRATUS, SourceFormat.XIMPORT}


def _as_spreadsheet(rows: list[list[object]]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def open_ones(entries: list[Entry]) -> list[Entry]:
    """Keep what no lettering settles."""
    return [e for e in entries if not e.lettering]


def as_due_list(entries: list[Entry]) -> bytes:
    """Write what is open as an « échéancier », in a spreadsheet."""
    heading = ["Code client", "Nom", "N° pièce", "Date facture", "Échéance", "Reste dû"]
    rows: list[list[object]] = [["Échéancier clients"], [], list(heading)]
    rows += [
        [e.code, e.name, e.piece, e.day, e.due or "", e.cents / 100]
        for e in open_ones(entries)
    ]
    return _as_spreadsheet(rows)


def as_balance(entries: list[Entry]) -> bytes:
    """Write what each customer owes as a balance, in a spreadsheet."""
    owed: dict[tuple[str, str], int] = {}
    for e in entries:
        owed[e.code, e.name] = owed.get((e.code, e.name), 0) + e.cents
    rows: list[list[object]] = [["Compte", "Intitulé", "Solde"]]
    rows += [[code, name, cents / 100] for (code, name), cents in owed.items()]
    return _as_spreadsheet(rows)

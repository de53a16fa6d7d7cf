"""The data inside an invoice: UN/CEFACT CII, as Factur-X and ZUGFeRD embed it.

Profiles MINIMUM to EXTENDED are read alike, ZUGFeRD 1.0 too, whose elements bear
other names: https://fnfe-mpe.org/factur-x.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from domain.basics.company_numbers import iban_compact, siren_valid
from domain.basics.money import Money
from domain.basics.text import squeezed
from domain.ledger.invoice_file import InvoiceData, InvoiceProblem

NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
"""Of the file inside the PDF, case aside."""
LARGEST = 5_000_000
"""Bytes; an EXTENDED invoice of a thousand lines takes two million."""

_SETTLEMENT = "HeaderTradeSettlement"
_AMOUNTS = "SpecifiedTradeSettlementHeaderMonetarySummation"
_BUYER = "HeaderTradeAgreement/BuyerTradeParty"
# What ZUGFeRD 1.0 calls otherwise.
_FORMER_NAMES = {
    "HeaderExchangedDocument": "ExchangedDocument",
    "ApplicableSupplyChainTradeSettlement": _SETTLEMENT,
    "ApplicableHeaderTradeSettlement": _SETTLEMENT,
    "ApplicableSupplyChainTradeAgreement": "HeaderTradeAgreement",
    "ApplicableHeaderTradeAgreement": "HeaderTradeAgreement",
    "SpecifiedTradeSettlementMonetarySummation": _AMOUNTS,
}
_TERMS = f"{_SETTLEMENT}/SpecifiedTradePaymentTerms"
_MEANS = f"{_SETTLEMENT}/SpecifiedTradeSettlementPaymentMeans"
# The end of each path, and the term of EN 16931 that it holds.
_READ = {
    "ExchangedDocument/ID": "number",  # BT-1
    "ExchangedDocument/TypeCode": "type",  # BT-3
    "ExchangedDocument/IssueDateTime/DateTimeString": "issued",  # BT-2
    f"{_TERMS}/DueDateDateTime/DateTimeString": "due",  # BT-9
    f"{_SETTLEMENT}/InvoiceCurrencyCode": "currency",  # BT-5
    f"{_SETTLEMENT}/{_AMOUNTS}/GrandTotalAmount": "total",  # BT-112
    f"{_SETTLEMENT}/{_AMOUNTS}/DuePayableAmount": "payable",  # BT-115
    f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID": "iban",  # BT-84
    f"{_BUYER}/Name": "buyer",  # BT-44
    f"{_BUYER}/SpecifiedLegalOrganization/ID": "siren",  # BT-47
    "HeaderTradeAgreement/BuyerReference": "reference",  # BT-10
}
_LONGEST_PATH = 4
_DATES = {8: "%Y%m%d", 10: "%Y-%m-%d"}
_SIREN_DIGITS = 9
_CURRENCY_LETTERS = 3
_LONGEST_TEXT = 200
_LARGEST_AMOUNT = Decimal(10) ** 13


class _RefusedError(Exception):
    """The data declare what an invoice never needs."""


def read_data(xml: bytes) -> InvoiceData:
    """Read the data of an invoice; what is wrong with them is told, not raised."""
    if len(xml) > LARGEST:
        return InvoiceData(problem=InvoiceProblem.DATA_TOO_LARGE)
    try:
        found = _Elements().read(xml)
    except _RefusedError:
        return InvoiceData(problem=InvoiceProblem.DATA_REFUSED)
    except (expat.ExpatError, ValueError, LookupError):
        return InvoiceData(problem=InvoiceProblem.DATA_DAMAGED)
    if not found.get("number"):
        return InvoiceData(problem=InvoiceProblem.DATA_DAMAGED)
    return _data(found)


class _Elements:
    """Walks through the elements, and keeps the texts that matter."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] | None = None
        self._found: dict[str, list[str]] = defaultdict(list)

    def read(self, xml: bytes) -> dict[str, list[str]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.ExternalEntityRefHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)
        return self._found

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(_FORMER_NAMES.get(local, local))
        self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, _name: str) -> None:
        text = squeezed("".join(self._text or ()))[:_LONGEST_TEXT]
        self._text = None  # what follows a child is blank
        if text:
            for length in range(2, _LONGEST_PATH + 1):
                meaning = _READ.get("/".join(self._path[-length:]))
                if meaning:
                    self._found[meaning].append(text)
        self._path.pop()


def _refuse(*_declaration: object) -> int:
    """Stop at a DTD: no entity is ever read, inside or outside."""
    raise _RefusedError


def _data(found: Mapping[str, Sequence[str]]) -> InvoiceData:
    def first(meaning: str) -> str:
        return next(iter(found.get(meaning, ())), "")

    currency = first("currency").upper()
    dues = {day for text in found.get("due", ()) if (day := _date(text))}
    ibans = (iban_compact(text) for text in found.get("iban", ()))
    return InvoiceData(
        number=first("number"),
        type_code=first("type"),
        issued_on=_date(first("issued")),
        # Several are instalments: which entry is which is not told.
        due_on=dues.pop() if len(dues) == 1 else None,
        total=_money(first("total"), currency),
        payable=_money(first("payable"), currency),
        ibans=" ".join(dict.fromkeys(ibans)),
        buyer_name=first("buyer"),
        buyer_siren=_siren(first("siren")),
        buyer_reference=first("reference"),
    )


def _date(text: str) -> date | None:
    """Read a date of format 102; some write it as ISO."""
    pattern = _DATES.get(len(text))
    try:
        return datetime.strptime(text, pattern).date() if pattern else None  # noqa: DTZ007 - a day
    except ValueError:
        return None


def _money(text: str, currency: str) -> Money | None:
    is_code = len(currency) == _CURRENCY_LETTERS and currency.isalpha()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not is_code or not amount.is_finite() or abs(amount) > _LARGEST_AMOUNT:
        return None
    return Money.of(amount, currency)


def _siren(text: str) -> str:
    """Keep the SIREN of a SIREN or a SIRET."""
    number = "".join(text.split())[:_SIREN_DIGITS]
    return number if siren_valid(number) else ""

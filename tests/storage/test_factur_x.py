"""The data inside invoices, sound or made to harm."""

from datetime import date

import pytest

from domain.basics.money import Money
from domain.ledger.invoice_file import InvoiceProblem
from storage.files.factur_x import LARGEST, read_data
from tests.invoices import OWN_IBAN, factur_x

_MINIMUM = b"""<?xml version='1.0' encoding='UTF-8'?>
<a:CrossIndustryInvoice xmlns:a="urn:un:unece:uncefact:data:standard:\
CrossIndustryInvoice:100" xmlns:b="urn:un:unece:uncefact:data:standard:\
ReusableAggregateBusinessInformationEntity:100">
 <a:ExchangedDocument><b:ID> F20260023 </b:ID><b:TypeCode>380</b:TypeCode>
 </a:ExchangedDocument>
 <a:SupplyChainTradeTransaction>
  <b:ApplicableHeaderTradeAgreement><b:BuyerTradeParty><b:Name>Ma jolie
  boutique</b:Name><b:SpecifiedLegalOrganization><b:ID>78787878400035</b:ID>
  </b:SpecifiedLegalOrganization></b:BuyerTradeParty>
  </b:ApplicableHeaderTradeAgreement>
  <b:ApplicableHeaderTradeSettlement>
   <b:InvoiceCurrencyCode>EUR</b:InvoiceCurrencyCode>
   <b:SpecifiedTradeSettlementHeaderMonetarySummation>
    <b:TaxBasisTotalAmount>624.90</b:TaxBasisTotalAmount>
    <b:GrandTotalAmount>671.15</b:GrandTotalAmount>
    <b:DuePayableAmount>470.15</b:DuePayableAmount>
   </b:SpecifiedTradeSettlementHeaderMonetarySummation>
  </b:ApplicableHeaderTradeSettlement>
 </a:SupplyChainTradeTransaction></a:CrossIndustryInvoice>"""

_ZUGFERD_1 = b"""<rsm:CrossIndustryDocument
 xmlns:rsm="urn:ferd:CrossIndustryDocument:invoice:1p0"
 xmlns:ram="urn:un:unece:uncefact:data:standard:\
ReusableAggregateBusinessInformationEntity:12"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:15">
 <rsm:HeaderExchangedDocument><ram:ID>471102</ram:ID><ram:TypeCode>380</ram:TypeCode>
 <ram:IssueDateTime><udt:DateTimeString format="102">20260305</udt:DateTimeString>
 </ram:IssueDateTime></rsm:HeaderExchangedDocument>
 <rsm:SpecifiedSupplyChainTradeTransaction>
 <ram:ApplicableSupplyChainTradeSettlement>
 <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
 <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
 <udt:DateTimeString format="102">20260404</udt:DateTimeString>
 </ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
 <ram:SpecifiedTradeSettlementMonetarySummation>
 <ram:GrandTotalAmount currencyID="EUR">235.62</ram:GrandTotalAmount>
 </ram:SpecifiedTradeSettlementMonetarySummation>
 </ram:ApplicableSupplyChainTradeSettlement>
 </rsm:SpecifiedSupplyChainTradeTransaction></rsm:CrossIndustryDocument>"""


def test_an_invoice_tells_its_number_date_amount_account_and_buyer() -> None:
    data = read_data(
        factur_x(
            number="FA-001",
            total="120.00",
            payable="100.00",
            iban="FR76 3000 6000 0112 3456 7890 189",
            siren="012345005",
        )
    )

    assert data.problem is None
    assert (data.number, data.type_code) == ("FA-001", "380")
    assert (data.issued_on, data.due_on) == (date(2026, 3, 16), date(2026, 4, 15))
    assert data.billed == (Money(120_00), Money(100_00))
    assert data.ibans == OWN_IBAN
    assert (data.buyer_name, data.buyer_siren) == ("Client C001", "012345005")
    assert data.buyer_reference == "SERVICE-7"


def test_the_least_profile_has_no_due_date_nor_account() -> None:
    data = read_data(_MINIMUM)

    assert (data.number, data.due_on, data.ibans) == ("F20260023", None, "")
    assert data.billed == (Money(671_15), Money(470_15))
    assert (data.buyer_name, data.buyer_siren) == ("Ma jolie boutique", "787878784")


def test_the_first_zugferd_is_read_too() -> None:
    data = read_data(_ZUGFERD_1)

    assert (data.number, data.due_on) == ("471102", date(2026, 4, 4))
    assert data.total == Money(235_62)


def test_instalments_give_no_due_date_rather_than_the_wrong_one() -> None:
    twice = factur_x().replace(
        b"</ram:SpecifiedTradePaymentTerms>",
        b"</ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradePaymentTerms>"
        b"<ram:DueDateDateTime><udt:DateTimeString>20260515</udt:DateTimeString>"
        b"</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>",
    )

    assert read_data(twice).due_on is None


def test_a_credit_note_takes_from_the_debt() -> None:
    assert read_data(factur_x(type_code="381")).billed == (Money(-120_00),) * 2
    assert read_data(factur_x(total="-120.00")).billed == (Money(-120_00),) * 2


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("total", "NaN"),
        ("total", "1e999"),
        ("total", "cent vingt"),
        ("currency", "EUROS"),
        ("currency", "12€"),
    ],
)
def test_an_amount_that_is_none_is_left_out(field: str, text: str) -> None:
    data = read_data(factur_x(**{field: text}))

    assert (data.problem, data.number, data.billed) == (None, "FA-001", ())


@pytest.mark.parametrize("due", ["20260231", "demain", "2026", "00000000"])
def test_a_date_that_is_none_is_left_out(due: str) -> None:
    assert read_data(factur_x(due=due)).due_on is None


_ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.invalid/x.dtd"> %x;]>',
        '<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd">',
        f'<!DOCTYPE a [<!ENTITY l0 "lol">{_ENTITIES}]>',
        "<!DOCTYPE a>",
    ],
    ids=["external", "parameter", "dtd", "billion_laughs", "empty"],
)
def test_a_dtd_is_refused_whatever_it_declares(head: str) -> None:
    data = read_data(factur_x(head=head, number="&l9;" if "l9" in head else "FA-1"))

    assert data.problem is InvoiceProblem.DATA_REFUSED
    assert not data.has_data


def test_data_of_fifty_megabytes_are_not_even_parsed() -> None:
    assert read_data(b"x" * (LARGEST + 1)).problem is InvoiceProblem.DATA_TOO_LARGE


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\0\0\0",
        b"%PDF-1.7",
        factur_x()[:400],
        factur_x(head='<?xml version="1.0" encoding="ebcdic-inconnu"?>'),
        b"<a>" * 50_000,
        b"<facture><numero>1</numero></facture>",
        factur_x(number=""),
    ],
)
def test_data_that_are_no_invoice_are_told(xml: bytes) -> None:
    assert read_data(xml).problem is InvoiceProblem.DATA_DAMAGED

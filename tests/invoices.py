"""PDFs of invoices, made by the tests, with the data of Factur-X inside."""

import zlib
from collections.abc import Iterator
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pypdfium2

from domain.basics.identifiers import EntityId
from domain.ledger.invoice_file import InvoiceFile
from storage.files.invoice_pdf import read_pdf
from storage.files.invoices import InvoiceFolder

_SPACES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:'
    'ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
OWN_IBAN = "FR7630006000011234567890189"


def factur_x(
    *,
    number: str = "FA-001",
    total: str = "120.00",
    payable: str = "",
    due: str = "20260415",
    type_code: str = "380",
    currency: str = "EUR",
    iban: str = OWN_IBAN,
    buyer: str = "Client C001",
    siren: str = "",
    head: str = '<?xml version="1.0" encoding="UTF-8"?>',
) -> bytes:
    """Write the data of an invoice, as the profile BASIC WL orders them."""
    organisation = (
        f'<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">{siren}</ram:ID>'
        "</ram:SpecifiedLegalOrganization>"
    )
    terms = (
        "<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>"
        f'<udt:DateTimeString format="102">{due}</udt:DateTimeString>'
        "</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>"
    )
    means = (
        "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode>"
        f"<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID>"
        "</ram:PayeePartyCreditorFinancialAccount>"
        "</ram:SpecifiedTradeSettlementPaymentMeans>"
    )
    return (
        f"{head}<rsm:CrossIndustryInvoice {_SPACES}>"
        f"<rsm:ExchangedDocument><ram:ID>{number}</ram:ID>"
        f"<ram:TypeCode>{type_code}</ram:TypeCode><ram:IssueDateTime>"
        '<udt:DateTimeString format="102">20260316</udt:DateTimeString>'
        "</ram:IssueDateTime></rsm:ExchangedDocument>"
        "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>"
        "<ram:BuyerReference>SERVICE-7</ram:BuyerReference>"
        "<ram:SellerTradeParty><ram:Name>Atelier Bois Clair</ram:Name>"
        "</ram:SellerTradeParty><ram:BuyerTradeParty>"
        f"<ram:Name>{buyer}</ram:Name>{organisation if siren else ''}"
        "</ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>"
        "<ram:ApplicableHeaderTradeSettlement>"
        f"<ram:InvoiceCurrencyCode>{currency}</ram:InvoiceCurrencyCode>"
        f"{means if iban else ''}{terms if due else ''}"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        f"<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount>"
        f"<ram:DuePayableAmount>{payable or total}</ram:DuePayableAmount>"
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        "</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
        "</rsm:CrossIndustryInvoice>"
    ).encode()


def a_pdf(xml: bytes | None = None, name: str = "factur-x.xml") -> bytes:
    """Make a PDF of one blank page; ``xml`` goes inside."""
    written = BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(595, 842)
        if xml is not None:
            document.new_attachment(name).set_data(xml)
        document.save(written)
    return written.getvalue()


def an_invoice(folder: Path, file: str, **data: str) -> Path:
    """Put an invoice in a folder."""
    path = folder / file
    path.write_bytes(a_pdf(factur_x(**data)))
    return path


def files_read(entity_id: EntityId, folder: Path) -> Iterator[InvoiceFile]:
    """Read a folder in this process, which is faster than in one of its own."""
    for name, (size, modified_ns) in InvoiceFolder(str(folder)).listing().items():
        data = read_pdf(folder / name)
        values = {field.name: getattr(data, field.name) for field in fields(data)}
        yield InvoiceFile(
            entity_id=entity_id,
            name=name,
            size=size,
            modified_ns=modified_ns,
            **values,
        )


def a_swelling_pdf(megabytes: int) -> bytes:
    """Make a small PDF whose data become huge once decompressed."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes))
    packed += packer.flush()
    data = b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles"
        b"<</Names[(factur-x.xml) 4 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        b"<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F 5 0 R>>>>",
        data % (len(packed), packed),
    )


def a_locked_pdf() -> bytes:
    """Make a PDF that asks for a password."""
    key = b"(" + b"x" * 32 + b")"
    lock = b"<</Filter/Standard/V 1/R 2/P -44/O %b/U %b>>" % (key, key)
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        lock,
        trailer=b"/Encrypt 4 0 R/ID[(a)(a)]",
    )


def by_hand(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Write a PDF object by object."""
    written, places = b"%PDF-1.7\n", []
    for rank, text in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (rank, text)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )

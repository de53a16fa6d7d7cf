"""Everything that reads what somebody else wrote: name → a call that takes any bytes.

A reader answers, or refuses with a sentence of ours; anything else is a bug.
"""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from domain.basics.errors import DunningError
from domain.dunning.styling import plain, styled
from domain.dunning.text_checks import check_text
from domain.ledger.proposing import propose_for
from domain.usecases import text_files
from storage.documents.logo import printable_logo
from storage.files import user_files
from storage.files.factur_x import read_data
from storage.files.reading import AccountingFiles
from storage.files.sheets import OLE_MARK
from storage.mail.addresses import on_the_wire
from storage.mail.answers import in_words
from storage.mail.received import take_apart

FILES = AccountingFiles()
_WORKBOOK = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="appli'
        "cation/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        '"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Facture_du" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/>'
        "</Relationships>"
    ),
}


def any_file(content: bytes) -> None:
    """Read accounts, then the same as any table; old .xls has a process of its own."""
    if content.startswith(OLE_MARK):
        return
    with suppress(DunningError):
        FILES.read("a.txt", content)
    with suppress(DunningError):
        table = FILES.table("a.txt", content)
        FILES.read_mapped(table, propose_for(table).mapping, "a.txt")


def sheet(content: bytes) -> None:
    """Read a workbook whose only sheet is these bytes."""
    package = BytesIO()
    with ZipFile(package, "w", ZIP_STORED) as parts:
        for name, part in _WORKBOOK.items():
            parts.writestr(name, part)
        parts.writestr("xl/worksheets/s.xml", content)
    any_file(package.getvalue())


def invoice(content: bytes) -> None:
    """Read the data embedded in an invoice."""
    read_data(content)


def mail(content: bytes) -> None:
    """Read a message of the mailbox."""
    take_apart(content)


def templates(content: bytes) -> None:
    """Read a file of templates, and each as a template is read."""
    with suppress(DunningError):
        for entry in text_files._entries(content):
            check_text(entry["subject"], entry["body"])
    text = content.decode("utf-8", "replace")
    with suppress(DunningError):
        check_text(text[:60], text)
    plain(styled(text))


def logo(content: bytes) -> None:
    """Read a picture."""
    printable_logo(content)


def small(content: bytes) -> None:
    """Read the lock of a spreadsheet, a server's answer, an address."""
    user_files._name_in_excel_lock(content)
    user_files._name_in_libreoffice_lock(content)
    in_words(250, content)
    with suppress(DunningError):
        on_the_wire(content.decode("utf-8", "replace"))


READERS: dict[str, Callable[[bytes], None]] = {
    reader.__name__: reader
    for reader in (any_file, sheet, invoice, mail, templates, logo, small)
}

"""What a hostile file, name or text could do, and the sentence it gets instead.

Attacks tried elsewhere, beside what they attack:
- templates that run or read files: tests/storage/test_text_safety.py;
- XML and ZIP bombs, cells far away, entities, cut and altered workbooks, archives:
  tests/storage/test_workbook_traps.py, test_any_table.py, test_markup.py,
  test_nasty_files.py, tests/journeys/test_nasty_imports.py;
- entities, bombs and swelling PDFs in invoices: tests/storage/test_factur_x.py,
  test_invoice_pdf.py; links and paths out of their folder: test_invoices.py;
- headers added through subjects, names and files: tests/storage/test_email_message.py;
- formulas in exports: tests/storage/test_table_writer.py, test_newton_writing.py,
  tests/storage/test_workbook_refresh.py;
- addresses that the PDF engine must not read: tests/storage/test_letters.py, logos:
  test_letter_window.py;
- other programs, users, hosts and pages: tests/ui/test_local_guard.py and
  tests/red_team/test_foreign_page.py.
"""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.basics.errors import DunningError
from domain.basics.file_names import LONGEST, safe_file_name
from domain.files import Attachment
from storage.documents.maker import DocumentMaker
from storage.files.reading import AccountingFiles
from tests.fuzzing.readers import READERS
from tests.journeys.command import LEDGER, Command, a_fec, a_fec_line
from tests.storage.test_email_message import an_email, read_back
from ui.translation import refusal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
DRAWING_REFUSED = "fait appel à d'autres fichiers, contient un programme"
PICTURE_REFUSED = "Cette image ne peut pas être lue"


def drawn_again_and_again(turns: int) -> str:
    """Draw a dot 10 to the power of ``turns`` times, in a few lines."""
    parts = ['<path id="p0" d="M0 0L1 1"/>']
    for n in range(turns):
        again = f'<use href="#p{n}"/>' * 10
        parts.append(f'<g id="p{n + 1}">{again}</g>')
    return f'<defs>{"".join(parts)}</defs><use href="#p{turns}"/>'


DRAWINGS = {
    "script": "<script>alert(1)</script>",
    "event": '<path onload="alert(1)" d="M0 0"/>',
    "page inside": "<foreignObject><p>a</p></foreignObject>",
    "file": '<image href="file:///etc/hostname"/>',
    "address": '<image xlink:href="http://example.invalid/a.png" xmlns:xlink="x"/>',
    "drawing in a drawing": '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
    "style from elsewhere": "<style>@import 'http://example.invalid/a.css';</style>",
    "fill from elsewhere": '<path fill="url(http://example.invalid/#a)" d="M0 0"/>',
    "part of another file": '<use href="/etc/passwd#a"/>',
    "billion": drawn_again_and_again(9),
    "draws itself": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "endless depth": "<g>" * 5000 + "</g>" * 5000,
}


@pytest.mark.parametrize("attack", DRAWINGS)
def test_a_drawing_that_is_more_than_one_is_refused(attack: str) -> None:
    assert DRAWING_REFUSED in refused_logo((SVG % DRAWINGS[attack]).encode())


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE svg [<!ENTITY a "ha">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<?xml-stylesheet href="http://example.invalid/a.css"?>',
    ],
)
def test_a_drawing_declares_nothing_of_its_own(declaration: str) -> None:
    assert DRAWING_REFUSED in refused_logo((declaration + SVG % "").encode())


def test_an_ordinary_drawing_is_taken() -> None:
    ordinary = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + SVG
        % f'<style>.a{{fill:url(#b)}}</style><path d="M0 0"/>{drawn_again_and_again(2)}'
    ).encode()

    assert DocumentMaker().printable_logo(ordinary) == (ordinary, "image/svg+xml")


def test_a_picture_that_unpacks_to_gigabytes_is_refused_unopened() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10**6))))
    )

    assert PICTURE_REFUSED in refused_logo(bomb)


def refused_logo(content: bytes) -> str:
    with pytest.raises(DunningError) as refused:
        DocumentMaker().printable_logo(content)
    return refusal(refused.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../.bashrc", "-..-.bashrc"),
        ("..\\..\\a.exe", "-..-a.exe"),
        ("/etc/passwd", "-etc-passwd"),
        ("C:\\a.pdf", "C--a.pdf"),
        ("a.pdf:stream", "a.pdf-stream"),
        ("CON", "_CON"),
        ("nul.txt.pdf", "_nul.txt.pdf"),
        ("Com1 .pdf", "_Com1.pdf"),
        ("CONTRAT.pdf", "CONTRAT.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\u200bb\x00c\r\nd.pdf", "abc d.pdf"),
        ("fin. . .", "fin"),
        ("...", "_"),
        ("", "_"),
        ("Relevé de compte Œuvre 2026.pdf", "Relevé de compte Œuvre 2026.pdf"),
    ],
)
def test_a_name_names_one_file_and_reads_as_it_is(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
    assert Path("folder", safe).parent == Path("folder")


@pytest.mark.parametrize("name", ["é" * 300 + ".pdf", "a" * 300, "." * 300 + "x" * 300])
def test_a_long_name_is_cut_and_keeps_its_ending(name: str) -> None:
    safe = safe_file_name(name)

    assert 0 < len(safe.encode()) <= LONGEST
    assert safe.endswith(".pdf") == name.endswith(".pdf")


@pytest.mark.parametrize(
    "name",
    [
        "../../.ssh/authorized_keys",
        "a.pdf\r\nBcc: victim@example.com",
        'a".exe\r\n\r\n<script>',
        "facture\u202efdp.exe",
        "NUL",
    ],
)
def test_an_attachment_names_one_file_and_adds_no_header(name: str) -> None:
    hostile = Attachment(name=name, mime="application/pdf", content=b"%PDF")

    message = read_back(an_email(attachments=(hostile,)))

    [found] = message.iter_attachments()
    assert found.get_filename() == safe_file_name(name)
    assert message.keys() == read_back(an_email()).keys()


def a_path_in_an_archive() -> bytes:
    return zipped({"../../etc/cron.d/a": b"x"})


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (a_path_in_an_archive, "archive"),
        (lambda: zipped({"../xl/workbook.xml": b"<a/>"}), "endommagé"),
        (lambda: b"PK\x03\x04" + b"\0" * 100, "endommagé"),
        (lambda: b"\0" * 5_000, "vide"),
        (lambda: b"x" * 300_000, "ni un FEC"),
        (lambda: "JournalCode\u202e\u0000".encode("utf-16"), ""),
    ],
)
def test_a_hostile_import_is_refused_with_a_sentence(
    content: Callable[[], bytes], why: str, tmp_path: Path
) -> None:
    before = sorted(tmp_path.parent.rglob("*"))

    with pytest.raises(DunningError) as refused:
        AccountingFiles().read("a.xlsx", content())

    assert why in refusal(refused.value)
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_gigantic_cell_in_any_table_is_refused_or_cut() -> None:
    READERS["any_file"](b"Client;Solde\nC1;" + b'"' + b"9" * 500_000)


def test_hostile_codes_and_names_stay_inside_the_books(
    command: Command, tmp_path: Path
) -> None:
    """A code becomes the name of a file, a spreadsheet's cell, a page's address."""
    codes = ("../../C1", "=cmd|' /C calc'!A0", "C\u202e1", "'; DROP TABLE customers;--")
    lines = [a_fec_line(f"F{n}", code=code) for n, code in enumerate(codes)]
    command("import", str(a_fec(tmp_path, *LEDGER, *lines)), "--date", "2026-03-31")

    told = [c["code"] for c in command("clients")["clients"]]
    assert len(told) == len(codes) + 2
    assert command("check")["problems"] == []
    assert {p.name for p in tmp_path.iterdir()} == {"books", "123456789FEC20261231.txt"}

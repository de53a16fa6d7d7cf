"""The same letters by LibreOffice and by typst, as plain as their users write them.

One document holds all the letters, each on a page of its own with its logo, address,
table and QR code, as a mail merge makes them. No letter is kept apart, tagged for
screen readers nor bookmarked: ours are.
"""

import base64
import subprocess
from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from domain.dunning.letter import ContentLine, LetterContent
from storage.documents.codes import qr_png
from tests.builders import a_customer, an_item
from tests.composing import as_shipped

ITEMS = 10
_HEADS = ("Réf.", "Émise le", "Échéance", "Retard", "Facturé", "Réglé", "Reste")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def logo() -> bytes:
    """Draw a logo, as a firm gives it."""
    drawn = Image.new("RGB", (600, 150), "#12436d")
    ImageDraw.Draw(drawn).ellipse((20, 20, 130, 130), fill="white")
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


def letters(count: int) -> list[LetterContent]:
    """Write letters of one page, to as many customers."""
    drawn = logo()
    return [
        as_shipped(
            "reminder_1",
            *[
                an_item(reference=f"FA-{n}-{line}", cents=100_00 + n * 37 + line)
                for line in range(ITEMS)
            ],
            customer=a_customer(code=f"C{n:04}", name=f"Client {n:04}"),
            logo=drawn,
            logo_mime="image/png",
        )
        for n in range(count)
    ]


def _cells(line: ContentLine) -> tuple[str, ...]:
    return (
        line.reference,
        line.invoice_on,
        line.due_on,
        line.days_late,
        line.invoiced,
        line.paid,
        line.left,
    )


def _qr(letter: LetterContent) -> bytes:
    return qr_png(letter.payment.qr_payload) if letter.payment else b""


def _picture(png: bytes, width: str, height: str) -> str:
    return (
        f'<text:p><draw:frame svg:width="{width}" svg:height="{height}"'
        ' text:anchor-type="as-char"><draw:image><office:binary-data>'
        f"{base64.b64encode(png).decode()}"
        "</office:binary-data></draw:image></draw:frame></text:p>"
    )


def _paragraph(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _row(cells: Sequence[str]) -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string">{_paragraph(cell)}'
        "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"


def _odt_letter(letter: LetterContent, drawn: bytes, rank: int) -> str:
    rows = "".join(_row(_cells(line)) for line in letter.lines)
    return "".join(
        (
            _paragraph("", "Fresh" if rank else "Standard"),
            _picture(drawn, "4cm", "1cm"),
            *(_paragraph(line, "Recipient") for line in letter.recipient_lines),
            _paragraph(letter.place_and_date),
            _paragraph(letter.subject),
            *(_paragraph(text) for text in letter.paragraphs_before),
            (
                f'<table:table table:name="T{rank}">'
                '<table:table-column table:number-columns-repeated="7"/>'
                f"{_row(_HEADS)}{rows}</table:table>"
            ),
            _paragraph(f"Total à régler {letter.total}"),
            _paragraph(letter.payment.iban if letter.payment else ""),
            _picture(_qr(letter), "2.5cm", "2.5cm"),
            *(_paragraph(text) for text in letter.paragraphs_after),
            _paragraph(letter.sender.legal_line),
        )
    )


def by_libreoffice(program: str, batch: Sequence[LetterContent], folder: Path) -> Path:
    """Have LibreOffice convert a document of all the letters."""
    spaces = " ".join(
        f'xmlns:{name}="{_ODF}{path}:1.0"'
        for name, path in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    )
    drawn = logo()
    body = "".join(_odt_letter(one, drawn, rank) for rank, one in enumerate(batch))
    source = folder / "letters.fodt"
    source.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces}'
        ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.'
        'text"><office:automatic-styles>'
        '<style:style style:name="Standard" style:family="paragraph">'
        '<style:text-properties fo:font-size="9pt"/></style:style>'
        '<style:style style:name="Fresh" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
        '<style:style style:name="Recipient" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-left="9cm"/></style:style>'
        "</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
        "</office:document>",
        encoding="utf-8",
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [program, profile, "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*convert, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
    )
    return source.with_suffix(".pdf")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_letter(letter: LetterContent, rank: int) -> str:
    cells = ",".join(_quoted(cell) for line in letter.lines for cell in _cells(line))
    heads = ",".join(map(_quoted, _HEADS))
    recipient = ",".join(map(_quoted, letter.recipient_lines))
    texts = "".join(f"#{_quoted(text)}\n\n" for text in letter.paragraphs_before)
    after = "".join(f"#{_quoted(text)}\n\n" for text in letter.paragraphs_after)
    iban = letter.payment.iban if letter.payment else ""
    return (
        f'{"#pagebreak()" if rank else ""}\n#image("logo.png", width: 4cm)\n'
        f"#place(top + left, dx: 88mm, dy: 40mm, stack(spacing: 4pt, {recipient}))\n"
        f"#v(40mm)\n#{_quoted(letter.place_and_date)}\n\n"
        f"*#{_quoted(letter.subject)}*\n\n{texts}"
        f"#table(columns: 7, stroke: none, {heads},{cells})\n"
        f"*Total à régler #{_quoted(letter.total)}*\n\n#{_quoted(iban)}\n"
        f'#image("qr{rank}.png", width: 25mm)\n{after}'
        f"#{_quoted(letter.sender.legal_line)}\n"
    )


def by_typst(python: str, batch: Sequence[LetterContent], folder: Path) -> Path:
    """Have typst compile a document of all the letters, in a process of its own."""
    (folder / "logo.png").write_bytes(logo())
    for rank, one in enumerate(batch):
        (folder / f"qr{rank}.png").write_bytes(_qr(one))
    source, made = folder / "letters.typ", folder / "typst.pdf"
    head = '#set page(paper: "a4", margin: (x: 21mm, y: 15mm))\n#set text(size: 9pt)\n'
    body = "".join(_typst_letter(one, rank) for rank, one in enumerate(batch))
    source.write_text(head + body, encoding="utf-8")
    program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    subprocess.run([python, "-c", program, str(source), str(made)], check=True)
    return made

"""« Dossier de recouvrement » as one PDF, and as one ZIP of its pieces."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2

from domain.dunning.case_file import CaseFile, Exhibit, MadeCase
from storage.documents.press import print_batch, print_sheet
from storage.documents.proof import proof_files
from storage.documents.turns import one_at_a_time


def make_case(case: CaseFile) -> MadeCase:
    """Print the list of pieces and each piece; bind all, and pack each on its own."""
    listing = print_sheet(case.listing)
    bound = [listing]
    pieces = {"00 Bordereau de pièces.pdf": listing}
    for number, exhibit in enumerate(case.exhibits, start=1):
        cover, content = print_sheet(exhibit.cover), _content(exhibit)
        bound += [cover, *([content] if content else [])]
        stem = f"{number:02} {exhibit.name}"
        pieces[f"{stem}.pdf"] = content or cover
        if exhibit.file and not exhibit.is_pdf:
            pieces[f"{stem}.eml"] = exhibit.file
    proofs = proof_files(case.proof, pieces) if case.proof else {}
    return MadeCase(pdf=_bound(bound), zipped=_packed({**pieces, **proofs}))


def _packed(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
    return packed.getvalue()


def _content(exhibit: Exhibit) -> bytes:
    """Give what a cover goes before; nothing where the cover is the piece."""
    if exhibit.letters:
        return print_batch(exhibit.letters, None).pdf
    return exhibit.file if exhibit.is_pdf else b""


def _bound(pdfs: Sequence[bytes]) -> bytes:
    """Put PDFs one after another; one that cannot be read keeps its cover alone."""
    result = BytesIO()
    with one_at_a_time, pypdfium2.PdfDocument.new() as whole:
        for pdf in pdfs:
            try:
                with pypdfium2.PdfDocument(pdf) as one:
                    whole.import_pages(one)
            except pypdfium2.PdfiumError:
                continue
        whole.save(result)
    return result.getvalue()

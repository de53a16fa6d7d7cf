"""The page and the instructions that check a « dossier » without the app."""

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from domain.basics.identifiers import CustomerId, DocumentId, MessageId
from domain.dunning.journal import JournalEvent, What, seal
from domain.usecases.case_file import gather_case, make_case
from storage.documents.proof import INSTRUCTIONS, PAGE
from tests.builders import NOW, TODAY
from tests.journeys.stories import OUTSIDE
from tests.journeys.test_case_file import a_case
from tests.paper import pages_of

HOSTILE = '250 "</script><b>Ok'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Extract a « dossier »: another customer's records stand around and between."""
    books, entity_id, customer_id = a_case(tmp_path_factory.mktemp("invoices"))
    theirs = [a.document_id for a in books.activities.of(customer_id)]
    others = ["x", *theirs[:1], "y", *theirs[1:], "z"]
    for number, document_id in enumerate(others):
        books.journal.append(
            JournalEvent(
                what=What.SENT,
                at=NOW,
                on=TODAY,
                entity_id=entity_id,
                customer_id=customer_id
                if document_id in theirs
                else CustomerId("other"),
                message_id=MessageId(f"m{number}"),
                document_id=DocumentId(document_id or ""),
                answer=HOSTILE,
            )
        )
    made = make_case(OUTSIDE, gather_case(books, customer_id, TODAY))
    extracted = tmp_path_factory.mktemp("dossier")
    with ZipFile(BytesIO(made.zipped)) as packed:
        packed.extractall(extracted)
    listing = " ".join(
        pages_of((extracted / "00 Bordereau de pièces.pdf").read_bytes())
    )
    assert books.journal.end().hash in listing.replace(" ", "").replace("\n", "")
    return extracted


def pieces(folder: Path) -> list[Path]:
    return [one for one in sorted(folder.iterdir()) if not one.name.startswith("Pre")]


def test_the_instructions_check_the_files_and_find_the_hash_that_is_told(
    folder: Path,
) -> None:
    text = (folder / INSTRUCTIONS).read_text("utf-8")
    loop = text[text.index("p=") : text.index("echo $p") + len("echo $p")]
    told = text.split()[-1]

    found = subprocess.run(
        ["sh", "-c", loop], cwd=folder, capture_output=True, check=False
    )
    sums = subprocess.run(
        ["sha256sum", "-c", "Preuves - SHA256SUMS.txt"],
        cwd=folder,
        capture_output=True,
        check=False,
    )

    assert found.stdout.decode().strip() == told
    assert sums.returncode == 0
    assert sums.stdout.count(b": ") == len(pieces(folder))


def test_the_page_follows_the_chain_and_knows_the_pieces_alone(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / PAGE).as_uri())
    expect(page.locator("#chain")).to_have_text(
        "Le journal est intact, de l’enregistrement n° 2 au n° 5."
    )
    expect(page.locator("#records tr")).to_have_count(2)
    expect(page.locator("#records")).to_contain_text(HOSTILE)
    changed = tmp_path / "changed.eml"
    changed.write_bytes(b"From: x\n\nBonsoir")

    page.locator("#files").set_input_files([*pieces(folder), changed])

    checked = page.locator("#checked li")
    expect(checked).to_have_count(len(pieces(folder)) + 1)
    good = page.locator("#checked .good").all_inner_texts()
    assert sorted(text.split(" : ")[0].split(" ", 1)[1] for text in good) == [
        "Courrier du 2026-03-12.pdf",
        "E-mail du 2026-03-11.eml",
        "Facture F1.pdf",  # whose bytes the letter of this story has
    ]
    bad = page.locator("#checked .bad").all_inner_texts()
    assert [text.split(" : ")[0] for text in bad] == ["changed.eml"]
    assert [url for url in asked if not url.startswith("file:")] == []


def test_the_page_sees_a_journal_that_was_altered(
    page: Page, folder: Path, tmp_path: Path
) -> None:
    forged = tmp_path / PAGE
    whole = (folder / PAGE).read_text("utf-8")
    forged.write_text(whole.replace("2026-03-31", "2026-02-28", 1), "utf-8")

    page.goto(forged.as_uri())

    expect(page.locator("#chain")).to_contain_text("Le journal a été altéré")


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_000])
def test_the_page_hashes_as_everybody_does(page: Page, folder: Path, size: int) -> None:
    if "vérifier" not in page.url and "v%C3%A9rifier" not in page.url:
        page.goto((folder / PAGE).as_uri())
    content = bytes(n * 31 % 251 for n in range(size))

    found = page.evaluate("bytes => sha256(new Uint8Array(bytes))", list(content))

    assert found == seal(content)

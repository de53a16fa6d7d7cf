"""A printed QR code, read back by a decoder that is not ours (zbar)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from domain.dunning.letter import LetterContent
from storage.documents.maker import DocumentMaker
from tests.builders import a_customer, an_entity, an_item
from tests.composing import as_shipped

_ZBAR = shutil.which("zbarimg")
_COUNT = 20
_NAMES = ("Atelier Bois Clair", "Ébénisterie Œuvrée & Cœur", "François D'Alsace S.A.")


def letters() -> list[LetterContent]:
    return [
        as_shipped(
            "reminder_1",
            *(
                an_item(
                    cents=12_30 * (number + 1) + rank, reference=f"FA-{number}-{rank}"
                )
                for rank in range(1 + number % 4)
            ),
            customer=a_customer(code=f"C{number:03}"),
            entity=an_entity(
                name=_NAMES[number % len(_NAMES)],
                structured_reference=number % 5 == 0,
            ),
            reference=f"C{number:03}-20260331-R1",
        )
        for number in range(_COUNT)
    ]


@pytest.mark.skipif(_ZBAR is None, reason="zbarimg is not here (Debian: zbar-tools)")
def test_zbar_reads_the_payload_back_from_twenty_printed_letters(
    tmp_path: Path,
) -> None:
    maker, written = DocumentMaker(), letters()
    batch = maker.letter_batch(written)

    for number, (letter, printed) in enumerate(
        zip(written, batch.letters, strict=True)
    ):
        assert letter.payment
        picture = tmp_path / f"{number}.png"
        picture.write_bytes(maker.pictures(printed.pdf)[0])
        # As bytes: as text, zbar would guess which letters they are.
        done = subprocess.run(
            [str(_ZBAR), "--quiet", "--raw", "--oneshot", "-Sbinary", picture],
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode() == letter.payment.qr_payload

"""The letters of the demonstration, as the printer gets them."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.journeys.command import TODAY, Command
from tests.paper import KEPT_CLEAR, WINDOW, Box, is_inside, text_boxes_of, touches


@pytest.fixture
def batch(demo: Command, tmp_path: Path) -> Path:
    file = tmp_path / "courriers.pdf"
    demo("letters", "--out", str(file), "--date", TODAY)
    return file


def addresses(file: Path) -> Iterator[tuple[int, list[Box]]]:
    """Find, on each sheet that begins a letter, what stands around the window."""
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document):
            is_first = "Page 1/" in page.get_textpage().get_text_bounded()
            if is_first:
                yield (
                    number,
                    [b for b in text_boxes_of(page) if touches(b, KEPT_CLEAR)],
                )


def test_every_address_of_the_batch_shows_in_the_window(batch: Path) -> None:
    found = list(addresses(batch))

    assert len(found) >= 10
    for number, boxes in found:
        assert boxes, f"page {number + 1} has no address"
        assert [box for box in boxes if not is_inside(box, WINDOW)] == []


def test_every_letter_of_the_batch_begins_on_a_recto(batch: Path) -> None:
    assert {number % 2 for number, _boxes in addresses(batch)} == {0}

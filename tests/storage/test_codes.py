"""Codes to pay, beside those that segno draws throughout."""

import pytest
import segno

from storage.documents.codes import qr_modules

_SHORTEST_OF_EACH_SIZE = (1, 15, 27, 43, 63, 85, 107, 123, 153, 181, 214, 252, 288)


@pytest.mark.parametrize("length", [*_SHORTEST_OF_EACH_SIZE, 14, 180, 331, 340])
def test_each_module_is_as_segno_draws_it(length: int) -> None:
    text = (
        ("bcd\n002\n1\nSCT\n« Éts » " * 20).encode()[:length].decode(errors="replace")
    )
    text = text.replace("\ufffd", "?")

    code = segno.make(
        text, error="m", boost_error=False, micro=False, encoding="utf-8", mask=3
    )

    assert qr_modules(text) == ["".join(map(str, row)) for row in code.matrix]

"""The forms made so far, and letters written with them."""

from collections import OrderedDict
from typing import Any

import weasyprint

from storage.documents.express.form import Form
from storage.documents.express.reading import read

TRUSTED = "70.0"
"""The version of WeasyPrint whose inner workings we know."""
_MOST_FORMS = 32
"""Each takes 1.5 MB."""
_MOST_OF_A_FRAME = 4
"""Letters of the same tags whose lines end elsewhere."""


class Forms:
    """Forms by what their letters share; what served longest ago is forgotten."""

    def __init__(self, version: str = weasyprint.__version__) -> None:
        self._kept: OrderedDict[tuple[str, str], list[Form]] = OrderedDict()
        self._is_trusted = version == TRUSTED

    def written(self, html: str, style: str, code: bytes) -> bytes | None:
        """Write a letter's PDF with a form made before; None where none will do.

        ``code`` is the picture of its code to pay, as a PDF holds it.
        """
        reading = read(html)
        forms = self._kept.get((reading.frame, style)) if reading else None
        if reading is None or forms is None:
            return None
        self._kept.move_to_end((reading.frame, style))
        tries = (form.filled(reading, code) for form in forms)
        return next((pdf for pdf in tries if pdf is not None), None)

    def learn(self, document: Any, html: str, style: str, code: str) -> bool:  # noqa: ANN401 - WeasyPrint ships no types
        """Make a form of a letter just laid out; tell whether it could be one.

        ``code`` is the address of the picture of its code to pay.
        """
        reading = read(html) if self._is_trusted else None
        if reading is None or len(document.pages) > 1:
            return False
        forms = self._kept.get((reading.frame, style), [])
        if len(forms) >= _MOST_OF_A_FRAME:
            return False
        try:
            forms.append(Form(document, reading, code))
        except ValueError:
            return False
        self._kept[reading.frame, style] = forms
        while sum(map(len, self._kept.values())) > _MOST_FORMS:
            self._kept.popitem(last=False)
        return True

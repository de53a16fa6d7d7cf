"""Commands as a scheduled task gives them, run in the tests' own process."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storage.outside import Outside
from ui.cli import main

TODAY = "2026-11-20"
"""The day of the demonstration."""
# Words of a sentence that was left in English.
_ENGLISH = re.compile(r"\b(the|is|are|was|not|cannot|error|such)\b", re.IGNORECASE)
_FEC_HEADINGS = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\t"
    "CompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\t"
    "EcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)


class Command:
    """Runs commands on one data folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments: str) -> dict[str, Any]:
        code = main(Outside(), [*arguments, "--data", str(self.folder), "--json"])
        told = self.capsys.readouterr()
        assert code == 0, told.err
        assert told.err == ""
        answer: dict[str, Any] = json.loads(told.out)
        return answer

    def refused(self, *arguments: str, code: int = 1) -> str:
        """Run a command that must end with a French sentence, and return it."""
        ended = main(Outside(), [*arguments, "--data", str(self.folder), "--json"])
        told = self.capsys.readouterr()
        assert (ended, told.out) == (code, ""), told.err
        [sentence] = told.err.splitlines()
        assert not _ENGLISH.search(sentence), sentence
        return sentence


def a_fec_line(
    piece: str = "F1",
    debit: str = "1200,00",
    credit: str = "0,00",
    *,
    code: str = "C1",
    name: str = "Boulangerie Inventée",
    day: str = "20260105",
    label: str = "",
    lettering: str = "",
) -> str:
    """Write a line of an FEC, an invoice unless told otherwise."""
    return "\t".join(
        (
            *("VE", "Ventes", piece, day, "411000", "Clients", code, name, piece, day),
            *(label or f"Facture {piece}", debit, credit, lettering, "", day, "", ""),
        )
    )


LEDGER = (
    a_fec_line(),
    a_fec_line("F2", "300,50", day="20260210"),
    a_fec_line("F3", "99,99", code="C2", name="Garage <script>", day="20260211"),
)


def a_fec(folder: Path, *lines: str, name: str = "123456789FEC20261231.txt") -> Path:
    """Write an FEC of these lines, or of three invoices."""
    file = folder / name
    text = "\n".join([_FEC_HEADINGS, *(lines or LEDGER)]) + "\n"
    file.write_text(text, encoding="utf-8")
    return file

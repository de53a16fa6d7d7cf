"""Real exports, counted a second time without our code."""

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from domain.ledger.import_report import FaultKind
from storage.files.reading import AccountingFiles
from tests.third_party import third_party

KNOWN = {
    "111111111FEC20221231.TXT": (151, 934),
    "000000000FEC20231231.txt": (153, 2102),
    "FEC_GENERATED_1_2023.csv": (24, 1512),
}


def balances_counted_apart(path: Path) -> dict[str, Decimal]:
    header, *rows = path.read_text("latin-1").splitlines()
    mark = "|" if "|" in header else "\t"
    names = header.split(mark)
    result: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        line = dict(zip(names, row.split(mark), strict=False))
        if re.match("411", line["CompteNum"]):
            debit, credit = (
                Decimal(line[n].replace(",", ".")) for n in ("Debit", "Credit")
            )
            result[line["CompAuxNum"].strip()] += debit - credit
    return dict(result)


@pytest.mark.parametrize("path", third_party("fec/*"))
def test_each_customers_balance_is_that_of_a_second_count(path: Path) -> None:
    source = AccountingFiles().read(path.name, path.read_bytes())

    balances: dict[str, Decimal] = defaultdict(Decimal)
    for line in source.lines:
        balances[line.customer_code] += (line.debit - line.credit).amount
    assert dict(balances) == balances_counted_apart(path)
    assert (len(source.lines), source.lines_read) == KNOWN[path.name]
    # One of them really is provisional.
    serious = [f for f in source.faults if f.kind is not FaultKind.PROVISIONAL]
    assert serious == []

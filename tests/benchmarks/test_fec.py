"""How long the ledger of a firm with 5,000 customers takes to read."""

import random

from pytest_benchmark.fixture import BenchmarkFixture

from domain.ledger.import_report import SourceFile
from storage.files.reading import AccountingFiles
from storage.files.values import read_date
from tests.benchmarks.told import tell

LINES = 100_000
CUSTOMER_LINES = 28_000
LONGEST_SECONDS = 1.5

HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib"
    "\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit"
    "\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)


def a_large_ledger() -> bytes:
    chance = random.Random(411)  # noqa: S311 - the same ledger each time
    lines = [HEADER]
    for number in range(LINES):
        day = f"2026{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        amount = chance.randint(1, 500_000)
        code = chance.randint(1, 5_000)
        account = (
            f"41100000\tClients\tC{code:05}\tSociété n° {code}"
            if number % 100 < CUSTOMER_LINES * 100 // LINES
            else "70710000\tVentes de marchandises\t\t"
        )
        lines.append(
            f"VE\tVentes\t{number // 3}\t{day}\t{account}\tFA{number}\t{day}"
            f"\tFacture n° {number}\t{amount // 100},{amount % 100:02}\t0,00"
            f"\tAB\t{day}\t{day}\t\t"
        )
    return "\r\n".join(lines).encode("iso8859-15")


def test_a_hundred_thousand_lines_are_read_while_one_waits(
    benchmark: BenchmarkFixture,
) -> None:
    content = a_large_ledger()

    def read_afresh() -> SourceFile:
        read_date.cache_clear()
        return AccountingFiles().read("export.txt", content)

    source = benchmark(read_afresh)

    assert (len(source.lines), source.lines_read) == (CUSTOMER_LINES, LINES)
    assert benchmark.stats is not None
    median = benchmark.stats.stats.median
    tell("import", "a FEC of 100,000 lines is read", median, LONGEST_SECONDS, "s")
    assert median < LONGEST_SECONDS

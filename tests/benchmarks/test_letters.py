"""How long letters take, as a part of what a user was promised."""

import time

from pytest_benchmark.fixture import BenchmarkFixture

from storage.documents.maker import DocumentMaker
from tests.benchmarks.told import tell
from tests.builders import a_customer, an_item
from tests.composing import as_shipped

# Processor time for one letter of one page, on a two-core office laptop: the plain
# recipe takes about half of it, so that a machine in use does not fail the test.
LIMIT_SECONDS = 0.25
COUNT = 12


def test_a_batch_is_made_within_its_limit(benchmark: BenchmarkFixture) -> None:
    letters = [
        as_shipped(
            "reminder_1",
            *[an_item(reference=f"FA-{n}-{line}") for line in range(1 + n % 9)],
            customer=a_customer(code=f"C{n:03}"),
        )
        for n in range(COUNT)
    ]
    maker = DocumentMaker()
    maker.letter_batch(letters[:1])  # fonts and style are read once

    spent: list[float] = []

    def make() -> None:
        start = time.process_time()
        maker.letter_batch(letters)
        spent.append(time.process_time() - start)

    benchmark.pedantic(make, rounds=3)  # type: ignore[no-untyped-call]

    ratio = min(spent) / COUNT / LIMIT_SECONDS
    benchmark.extra_info["ratio_to_limit"] = round(ratio, 2)
    benchmark.extra_info["letters_per_second_per_core"] = round(COUNT / min(spent), 1)
    each = min(spent) / COUNT
    tell("letters", "a letter of one page, processor", each, LIMIT_SECONDS, "s")
    assert ratio < 1

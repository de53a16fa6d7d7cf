"""Every box of a whole batch: run by name, for 500 letters take a minute or two.

``pytest tests/benchmarks/test_batch_boxes.py --benchmark-only`` where benchmarks run.
"""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.storage.test_batch_boxes import check_batch

COUNT = 500


@pytest.mark.timeout(1800)
def test_five_hundred_letters_are_each_in_their_place(
    benchmark: BenchmarkFixture,
) -> None:
    benchmark.pedantic(  # type: ignore[no-untyped-call]
        check_batch, args=(COUNT,), rounds=1
    )

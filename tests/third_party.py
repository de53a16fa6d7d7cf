"""Where the public test data lie, when they are there at all."""

import os
from pathlib import Path

import pytest

ROOT = Path(
    os.environ.get("RELANCE_TEST_DATA")
    or Path(__file__).parent.parent.parent / "shared" / "data"
)


def third_party(*patterns: str) -> list[object]:
    """List the files to test with; a single skipped case where there are none."""
    found = sorted({path for p in patterns for path in ROOT.glob(p)})
    if found:
        return list(found)
    reason = "the public test data are not here: set RELANCE_TEST_DATA"
    return [pytest.param(ROOT, marks=pytest.mark.skip(reason=reason))]

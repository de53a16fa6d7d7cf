"""What each benchmark tells to the table of ``dev.py bench``."""

import json
import os
from pathlib import Path

FILE = "RELANCE_BENCHMARK_ROWS"


def tell(part: str, what: str, ours: float, beside: float, unit: str) -> None:
    """Note a measure beside its limit or its peer, where a table is being made.

    ``part`` is the row of the table, ``what`` says what was measured and beside what.
    """
    if file := os.environ.get(FILE):
        row = {"part": part, "what": what, "ours": ours, "beside": beside, "unit": unit}
        with Path(file).open("a", encoding="utf-8") as rows:
            rows.write(json.dumps(row) + "\n")

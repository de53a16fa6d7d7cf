"""Measure every part of the app, and write one table; run by ``dev.py bench``.

A row is a measure beside its limit or its peer, on the same machine and in the same
run: the ratio says as much elsewhere. The benchmarks are in ``tests/benchmarks``.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

from contents import ROOT, VERSION

ROWS = ROOT / "build" / "benchmarks.jsonl"
TABLE = ROOT / "docs" / "benchmarks.md"
PARTS = (
    *("start", "home", "lists", "search", "import", "engine", "letters"),
    *("e-mails", "export"),
)
TESTS = (
    "start.py",
    "fec.py::test_a_hundred_thousand_lines_are_read_while_one_waits",
    "engine.py::test_ten_thousand_open_items_are_looked_at_in_a_moment",
    "letters.py",
    "sending.py",
    "export.py::test_a_hundred_thousand_rows_are_exported",
    "home.py::test_the_figures_shown_at_once",
    "lists.py",
)
HEAD = """\
# Benchmarks

`python3 packaging/dev.py bench` writes this table. Each row is a measure beside its
limit (what a user was promised) or its peer (the same work by the plain tool, in the
same run); the ratio to a limit is within it below 1. Measured on {day}: Relance
{version}, Python {python}, {cores} cores shared with other work (load {load:.0f}):
trust ratios, not seconds.
Lists and searches are read twice: from 20,000 open items (0.1 s allowed) and from
100,000 and more (0.6 s). A ratio above 1 beside a limit is a limit not kept.

| part | what, beside what | ours | limit or peer | ratio |
|---|---|---:|---:|---:|
"""


def main() -> None:
    """Run the benchmarks, print the table and write it."""
    ROWS.parent.mkdir(exist_ok=True)
    ROWS.unlink(missing_ok=True)
    files = [f"tests/benchmarks/test_{name}" for name in TESTS]
    command = [
        *(sys.executable, "-m", "pytest", "-q", "--benchmark-only", "-p", "no:xdist"),
        *("--benchmark-columns=median", *files),
    ]
    env = {**os.environ, "RELANCE_BENCHMARK_ROWS": str(ROWS)}
    done = subprocess.run(command, check=False, cwd=ROOT, env=env)
    table = written([json.loads(line) for line in ROWS.read_text().splitlines()])
    print(table)
    TABLE.write_text(table, "utf-8")
    sys.exit(done.returncode)


def written(rows: list[dict[str, Any]]) -> str:
    """Lay out the table, its parts in their order; a part without a row says so."""
    text = HEAD.format(
        day=datetime.now(UTC).date(),
        version=VERSION,
        python=platform.python_version(),
        cores=os.cpu_count(),
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else 0,
    )
    for part in PARTS:
        found = [row for row in rows if row["part"] == part]
        for row in found:
            ours, beside, unit = row["ours"], row["beside"], row["unit"]
            text += (
                f"| {part} | {row['what']} | {ours:.3g} {unit} | {beside:.3g} {unit} "
                f"| {ours / beside:.2f} |\n"
            )
        if not found:
            text += f"| {part} | not measured in this run | | | |\n"
    return text


if __name__ == "__main__":
    main()

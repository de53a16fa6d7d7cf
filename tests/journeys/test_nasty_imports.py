"""Files made to break readers go all the way to the books, or leave them alone."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.third_party import third_party

FOUND = third_party("nasty/**/*")
NASTY = [str(path) for path in FOUND if isinstance(path, Path) and path.is_file()]
GROUPS = 2
READING = (
    "import sys; from tests.journeys.nasty_reading import main; main(sys.argv[1:])"
)
Outcome = tuple[str, str]


def outcomes(files: Sequence[str]) -> dict[str, Outcome]:
    """Read files in a process, and again after each that brings it down."""
    found: dict[str, Outcome] = {}
    while left := [file for file in files if file not in found]:
        ended = subprocess.run(
            [sys.executable, "-c", READING, *left],
            capture_output=True,
            text=True,
            check=False,
        )
        told = [json.loads(line) for line in ended.stdout.splitlines()]
        found |= {t["ended"]: (t["what"], t["sentence"]) for t in told if "ended" in t}
        begun = [t["begun"] for t in told if "begun" in t]
        if ended.returncode:
            assert begun, ended.stderr
            found[begun[-1]] = ("crashed", f"{ended.returncode}: {ended.stderr}")
    return found


@pytest.fixture(scope="module")
def found() -> dict[str, Outcome]:
    if not NASTY:
        pytest.skip("the public test data are not here: set RELANCE_TEST_DATA")
    with ThreadPoolExecutor(GROUPS) as threads:
        groups = threads.map(outcomes, [NASTY[n::GROUPS] for n in range(GROUPS)])
        return {file: outcome for group in groups for file, outcome in group.items()}


def report(found: dict[str, Outcome]) -> list[str]:
    refused = Counter(
        re.sub(r"\d+ lignes?", "… lignes", said)
        for what, said in found.values()
        if what == "refused"
    )
    counts = Counter(what for what, _ in found.values())
    kinds = ("accepted", "refused", "wrong", "crashed")
    total = ", ".join(f"{counts[kind]} {kind}" for kind in kinds)
    return [
        f"{len(found)} nasty files: {total}",
        *(f"{count:5} × {said}" for said, count in refused.most_common()),
    ]


def test_every_nasty_file_is_accepted_whole_or_refused_with_a_sentence(
    found: dict[str, Outcome], record_property: Callable[[str, object], None]
) -> None:
    record_property("report", "\n".join(report(found)))

    bad = {f: o for f, o in found.items() if o[0] not in {"accepted", "refused"}}
    assert not bad
    assert found.keys() == set(NASTY)


@pytest.mark.parametrize("name", ["XEETestInvalid*.xml", "*bomb*"])
def test_entities_and_bombs_are_refused(found: dict[str, Outcome], name: str) -> None:
    traps = {Path(file).name: what for file, (what, _) in found.items()}
    traps = {file: what for file, what in traps.items() if Path(file).match(name)}

    assert set(traps.values()) == {"refused"}

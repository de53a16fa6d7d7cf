"""Batches of letters beside LibreOffice and typst, each as a whole process.

A document of all the letters by LibreOffice, where it is installed; by typst where
RELANCE_TYPST names a Python that has it; ours from a cold start to a bound file.
Processor time is compared, of all processes, for a machine in use bends the clock;
the clock is told beside it. RELANCE_LETTERS=200,1000 says how many.
"""

import os
import pickle
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pypdfium2
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.dunning.letter import LetterContent
from tests.benchmarks.letter_peers import by_libreoffice, by_typst, letters

Figures = dict[str, float]
COUNTS = [int(n) for n in os.environ.get("RELANCE_LETTERS", "200").split(",")]
_OURS = """
import pickle
import sys
from pathlib import Path
from storage.documents.maker import DocumentMaker
if __name__ == "__main__":
    letters = pickle.loads(Path(sys.argv[1]).read_bytes())
    made = DocumentMaker().letter_batch(letters)
    Path(sys.argv[2]).write_bytes(made.pdf)
"""


def by_us(batch: Sequence[LetterContent], folder: Path) -> Path:
    """Make the batch in a new process, of letters composed before, as its peers do."""
    composed, made = folder / "letters.pickle", folder / "ours.pdf"
    composed.write_bytes(pickle.dumps(batch))
    subprocess.run([sys.executable, "-c", _OURS, composed, made], check=True)
    return made


def _measured(make: Callable[..., Path], *given: object, count: int) -> Figures:
    """Measure all that a maker starts, from a process that starts nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        pdf, figures = apart.submit(_run, make, *given).result()
    with pypdfium2.PdfDocument(pdf) as document:
        pages = len(document)
    assert pages >= count
    wall, processor = figures["seconds"], figures["processor_seconds"]
    return figures | {
        "letters_per_second": round(count / wall, 1),
        "letters_per_processor_second": round(count / processor, 1),
        "pages": pages,
        "megabytes": round(pdf.stat().st_size / 1e6, 1),
    }


def _run(make: Callable[..., Path], *given: object) -> tuple[Path, Figures]:
    start = time.perf_counter()
    pdf = make(*given)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return pdf, {
        "seconds": round(wall, 2),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "largest_process_mb": used.ru_maxrss // 1024,
    }


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("count", COUNTS)
def test_a_batch_beside_its_peers(
    benchmark: BenchmarkFixture, tmp_path: Path, count: int
) -> None:
    batch = letters(count)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    typst = os.environ.get("RELANCE_TYPST")
    told: dict[str, object] = benchmark.extra_info

    def run() -> None:
        told["ours"] = _measured(by_us, batch, tmp_path, count=count)
        told["libreoffice"] = (
            _measured(by_libreoffice, office, batch, tmp_path, count=count)
            if office
            else "LibreOffice is not installed here."
        )
        told["typst"] = (
            _measured(by_typst, typst, batch, tmp_path, count=count)
            if typst
            else "RELANCE_TYPST names no Python with typst."
        )

    benchmark.pedantic(run, rounds=1)  # type: ignore[no-untyped-call]

    print(count, told)  # noqa: T201 - what was measured is what is wanted

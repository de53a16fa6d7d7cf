"""Opening the app loads what the home page shows, and nothing that letters take."""

import os
import subprocess
import sys

from tests.architecture.tree import ROOT

HEAVY = (
    *("weasyprint", "openpyxl", "yagmail", "plotly.graph_objects", "holidays"),
    *(
        "python_calamine",
        "pypdfium2",
        "lxml",
        "PIL",
        "fontTools",
        "aiohttp",
        "requests",
    ),
    *("ui.cli.acting", "keyring"),
)


def loaded_by(statements: str) -> set[str]:
    command = f"{statements}\nimport sys; print(*sys.modules)"
    inherited = {
        name: value for name, value in os.environ.items() if "PYTEST" not in name
    }
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded_before_the_first_page() -> None:
    modules = loaded_by(
        "from storage.outside import Outside\n"
        "from ui.cli.arguments import parse\n"
        "from ui.quick_start import without_clients\n"
        "parse(['--browser'])\n"
        "with without_clients():\n"
        "    import ui.serving\n"
    )

    assert "nicegui" in modules
    assert sorted(modules & set(HEAVY)) == []

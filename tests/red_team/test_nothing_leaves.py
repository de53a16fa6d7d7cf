"""A journey that asked anything of another machine would be seen.

Every browser test of the suite is watched so, by ``page`` and ``StartedApp``: imports,
letters, e-mails, exports, and every screen (tests/journeys).
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import WATCHED, outside


@pytest.mark.parametrize(
    "call",
    [
        "socket.create_connection(('192.0.2.1', 80), 0.01)",
        "socket.gethostbyname('example.invalid')",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
    ],
)
def test_a_call_to_another_machine_would_be_noted(call: str, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    subprocess.run(
        [sys.executable, "-c", f"import socket\n{call}"],
        env={"PYTHONPATH": str(WATCHED), "RELANCE_TEST_OUTSIDE_CALLS": str(calls)},
        capture_output=True,
        check=False,
    )

    assert calls.read_text().splitlines()


def test_an_address_elsewhere_would_be_seen() -> None:
    asked = [
        "http://127.0.0.1:8000/",
        "data:image/png,a",
        "ws://127.0.0.1:8000/socket",
        "https://fonts.example.com/a.css",
        "http://127.0.0.1.example.com:80/",
    ]

    assert outside(asked) == asked[3:]

"""How Hypothesis looks for counter-examples, and what tests write for a reader.

The suite tries the same examples each time, so that it says the same of the same code.
``--hypothesis-profile=explore`` tries others, and more of them. Neither has a
deadline: how long an example takes tells how busy the machine is.
"""

import pytest
from hypothesis import settings

settings.register_profile("suite", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("suite")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests wrote down for a person to read, with ``record_property``."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "report":
                terminalreporter.section(report.nodeid)
                terminalreporter.write_line(str(value))

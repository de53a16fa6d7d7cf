"""The words that argparse says by itself, in the user's language."""

import argparse

from domain.basics.sentences import N_
from ui.translation import _

WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
)


def speak() -> None:
    """Let argparse find its words in our catalogue instead of Python's own."""
    vars(argparse)["_"] = _

"""Whose turn it is to draw."""

from threading import Lock

one_at_a_time = Lock()
"""Pango's fonts and PDFium belong to one thread at a time."""

"""Sentences shown as they are found: marked here, translated by the screens."""


def N_(message: str) -> str:  # noqa: N802 - the name that extraction tools look for
    """Mark a sentence for translation where it is written."""
    return message

"""Words for what looks wrong about a file."""

from domain.usecases.synchronising import Doubt, DoubtKind
from ui import formatting
from ui.translation import _, ngettext


def doubt(value: Doubt) -> str:
    """Say what looks wrong, and what to check."""
    match value.kind:
        case DoubtKind.OTHER_FIRM:
            return _("This file seems to come from another firm.")
        case DoubtKind.OLDER:
            return _(
                "This file stops before the data already imported: an older export "
                "would take back what was settled since. Import a newer one."
            )
        case DoubtKind.ALREADY_IMPORTED:
            return _("This file was the last one imported: it brings nothing new.")
        case DoubtKind.VANISHED:
            return ngettext(
                "{count} entry known so far is not in this file any more. Is it the "
                "right firm, and the whole year?",
                "{count} entries known so far are not in this file any more. Is it the "
                "right firm, and the whole year?",
                value.count,
            )
        case DoubtKind.JUMP:
            return _(
                "What is owed would change by {percent} %: check that this is the "
                "right file.",
                percent=formatting.count(value.count),
            )
        case DoubtKind.FAULTS:
            return ngettext(
                "{count} line was left out, or can be read in two ways: see the "
                "faults.",
                "{count} lines were left out, or can be read in two ways: see the "
                "faults.",
                value.count,
            )


def unread(count: int) -> str:
    """Say what becomes of items whose lines could not be read."""
    return ngettext(
        "{count} item may stand on a line that could not be read: it stays as it was, "
        "neither settled nor changed.",
        "{count} items may stand on lines that could not be read: they stay as they "
        "were, neither settled nor changed.",
        count,
    )

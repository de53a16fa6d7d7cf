"""Which kinds of file may feed a firm that is already kept from one."""

from domain.basics.errors import DunningError
from domain.ledger.import_report import ImportRecord, SourceFile


class MixedSourcesError(DunningError):
    """A list of open items and full ledgers cannot feed the same firm."""

    message = (
        "The firm {entity} is kept from another kind of file ({known}). Import"
        " {file} into a firm of its own, or the same invoices would count twice."
    )


class OtherLayoutError(DunningError):
    """Two layouts write the same entry differently: it would count twice."""

    message = (
        "The firm {entity} is kept from exports of another layout ({known}). The"
        " entries of {file} would be taken for other ones, and the same invoices"
        " would count twice. Go on with the same export, or import this file into"
        " a firm of its own."
    )


def refuse_other_kind(
    last: ImportRecord | None, source: SourceFile, entity_name: str
) -> None:
    """Check that a file is of the layout that the firm is kept from.

    Raises:
        MixedSourcesError: one lists what is open, the other is a ledger.
        OtherLayoutError: both are ledgers, of two layouts.
    """
    if last is None or not source.brings_entries:
        return
    if last.format.goes_with(source.format):
        return
    is_list = last.format.lists_what_is_open or source.format.lists_what_is_open
    refusal = MixedSourcesError if is_list else OtherLayoutError
    raise refusal(entity=entity_name, known=last.file_name, file=source.name)

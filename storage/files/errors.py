"""Why a file was refused, each with what the user can do about it."""

from domain.basics.errors import UnknownLayoutError, UnreadableFileError


class EmptyFileError(UnreadableFileError):
    """The file holds nothing."""

    message = "{file} is empty."


class TooLargeError(UnreadableFileError):
    """The file would fill the computer's memory."""

    message = "{file} is too large to be read here: no ledger takes that much room."


class NotAnAccountingFileError(UnknownLayoutError):
    """Nothing in the file looks like accounting."""

    message = (
        "{file} is neither an FEC, nor a workbook of due invoices, nor a table with"
        " at least two columns. Export the FEC from your accounting software, as a"
        " text file, and import that file."
    )


class MissingColumnsError(UnreadableFileError):
    """An FEC without what it takes to know who owes what."""

    message = "{file} looks like an FEC, but it lacks these columns: {columns}."


class XmlFecError(UnreadableFileError):
    """An FEC in XML."""

    message = (
        "{file} is an XML file. Export the FEC from your accounting software as a"
        " text file (.txt) instead."
    )


class ArchiveError(UnreadableFileError):
    """A compressed archive around the file that is wanted."""

    message = (
        "{file} is a compressed archive. Extract the file it holds, then import it."
    )


class ExcelLockFileError(UnreadableFileError):
    """What Excel leaves beside a workbook while it is open."""

    message = (
        "{file} is only the lock that Excel leaves beside an open workbook. Close"
        " the workbook in Excel, then import the file without “~$” in its name."
    )


class OtherSpreadsheetError(UnknownLayoutError):
    """A spreadsheet that is not an Excel workbook."""

    message = (
        "{file} is a spreadsheet of another kind. Open it, save it as an Excel"
        " workbook (.xlsx), then import that file."
    )


class DamagedWorkbookError(UnreadableFileError):
    """A workbook cut short, or altered."""

    message = (
        "{file} is damaged. Open it in Excel, save it under another name, then"
        " import that file."
    )


class WorkbookEncryptedError(UnreadableFileError):
    """A workbook that asks for a password."""

    message = (
        "{file} is protected by a password. Remove it in Excel, save the workbook,"
        " then import it again."
    )


class MissingTabError(UnreadableFileError):
    """A workbook without the tab that lists due invoices."""

    message = "The workbook {file} has no tab named “{tab}”."


class MissingTabColumnsError(UnreadableFileError):
    """A tab without the columns that matter."""

    message = "In {file}, the tab “{tab}” lacks these columns: {columns}."


class UnrefreshableWorkbookError(UnreadableFileError):
    """A workbook that can be read, and not written again."""

    message = (
        "{file} cannot be refreshed as it is. Open it in Excel, save it as an Excel"
        " workbook (.xlsx) under another name, then start again with that one."
    )

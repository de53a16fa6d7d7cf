"""Why a file of the user cannot be read or written, in their words."""

from domain.basics.errors import DunningError
from domain.basics.sentences import N_


class FileMissingError(DunningError):
    """The file named does not exist, or cannot be read."""

    message = "The file {file} cannot be read: {reason}"


class FileNotWrittenError(DunningError):
    """The file named cannot be written."""

    message = "The file {file} cannot be written: {reason}"


def why(problem: OSError) -> str:
    """Say why a file cannot be reached; the system's own words are English."""
    match problem:
        case FileNotFoundError() | NotADirectoryError():
            return N_("there is no such file or folder.")
        case IsADirectoryError():
            return N_("it is a folder.")
        case PermissionError():
            return N_("access is refused, or another program is using it.")
    return problem.strerror or str(problem)

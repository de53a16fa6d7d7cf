"""Why a file of the user cannot be read or written, in their words."""

import errno

from domain.basics.errors import DunningError
from domain.basics.sentences import N_

DISK_FULL = N_("the disk is full.")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


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
    if problem.errno in _FULL:
        return DISK_FULL
    if problem.errno == errno.EROFS:
        return N_("this disk can only be read.")
    return problem.strerror or str(problem)

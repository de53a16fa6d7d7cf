"""Small files in one ZIP: written the same each time, read without trusting it.

Nothing is ever written under a name that an archive gives: only names known before
are read, into memory, and no more than their size allows.
"""

import zipfile
import zlib
from collections.abc import Collection, Mapping
from io import BytesIO

from domain.basics.errors import UnreadableFileError
from domain.basics.sentences import N_

LARGEST = 8_000_000
"""Bytes of an archive, and of all that it unfolds to."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a ZIP can tell: when it was written changes nothing."""
_ENCRYPTED = 0x1

_NOT_ONE = N_("this file is not one exported by Relance, or it is damaged.")
_TOO_MUCH = N_("this file is larger than settings ever are.")
_OTHER = N_("this file holds something else than settings.")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Put small files in one archive: the same files, the same bytes."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            place = zipfile.ZipInfo(name, date_time=_EPOCH)
            place.compress_type = zipfile.ZIP_DEFLATED
            place.create_system = 0  # as any system would write it
            archive.writestr(place, files[name])
    return written.getvalue()


def unpack(name: str, content: bytes, wanted: Collection[str]) -> dict[str, bytes]:
    """Take small files out of an archive that holds these only.

    Raises:
        UnreadableFileError: it holds anything else, too much, or is damaged.
    """
    if len(content) > LARGEST:
        raise UnreadableFileError(file=name, reason=_TOO_MUCH)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(name, archive, wanted)
    # A hostile archive makes the reader raise almost anything of these.
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ):
        raise UnreadableFileError(file=name, reason=_NOT_ONE) from None


def _read(
    name: str, archive: zipfile.ZipFile, wanted: Collection[str]
) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    left = LARGEST
    for place in archive.infolist():
        is_odd = place.filename not in wanted or place.filename in found
        if is_odd or place.flag_bits & _ENCRYPTED:
            raise UnreadableFileError(file=name, reason=_OTHER)
        with archive.open(place) as file:
            read = file.read(left + 1)  # whatever size it claims
        left -= len(read)
        if left < 0:
            raise UnreadableFileError(file=name, reason=_TOO_MUCH)
        found[place.filename] = read
    return found

"""Settings as the files of one archive, and back; nothing of the books is touched."""

import json
from collections.abc import Mapping
from typing import Any

from domain.basics.errors import DunningError
from domain.basics.plain import PlainValueError, from_plain, to_plain
from domain.usecases.travelling.records import (
    LOGO,
    OMITTED,
    PART_NAMES,
    RECORDS,
    SIGNATURE,
    Part,
    PartRecord,
    TravellingSettings,
)

FORMAT, VERSION = "relance-settings", 1
MANIFEST = "relance.json"
_ENDING = ".json"
_PICTURES = {f"pictures/{name}": name for name in (LOGO, SIGNATURE)}
NAMES = (MANIFEST, *(f"{part}{_ENDING}" for part in Part), *_PICTURES)
"""The only files that such an archive may hold."""


class NotSettingsError(DunningError):
    """The file is something else, or it is damaged."""

    message = "{file} does not hold settings exported by Relance: nothing was changed."


class SettingsTooRecentError(DunningError):
    """A later version of Relance wrote the file."""

    message = (
        "{file} comes from a later version of Relance: update Relance, then import it"
        " again. Nothing was changed."
    )


class SettingsPartRefusedError(DunningError):
    """One part of the file cannot be brought in; none is then."""

    message = "{file}, part “{part}”: {why} Nothing was changed."


def as_files(settings: TravellingSettings) -> dict[str, bytes]:
    """Write settings as the files of an archive; the same settings, the same bytes."""
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "firm": settings.firm,
        "parts": [part.value for part in settings.parts],
    }
    files = {MANIFEST: _json(manifest)}
    for part, record in settings.parts.items():
        files[f"{part}{_ENDING}"] = _json(to_plain(record, OMITTED))
    for file, name in _PICTURES.items():
        if name in settings.pictures:
            files[file] = settings.pictures[name]
    return files


def from_files(name: str, files: Mapping[str, bytes]) -> TravellingSettings:
    """Read settings from the files of an archive, every value checked.

    Raises:
        NotSettingsError: it is something else.
        SettingsTooRecentError: a later version wrote it.
        SettingsPartRefusedError: a value of a part is not understood; it is named.
    """
    manifest = _manifest(name, files)
    parts = {}
    for part in Part:
        if part.value in manifest["parts"]:
            parts[part] = _part(name, part, files)
    return TravellingSettings(
        firm=manifest["firm"],
        parts=parts,
        pictures={
            picture: files[file] for file, picture in _PICTURES.items() if file in files
        },
    )


def _manifest(name: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    manifest = _loaded(files.get(MANIFEST, b""))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NotSettingsError(file=name)
    version = manifest.get("version")
    if type(version) is not int or version < 1:
        raise NotSettingsError(file=name)
    if version > VERSION:
        raise SettingsTooRecentError(file=name)
    parts = manifest.get("parts")
    is_sound = isinstance(manifest.get("firm"), str) and isinstance(parts, list)
    known = {part.value for part in Part}
    if not is_sound or not all(part in known for part in parts or ()):
        raise NotSettingsError(file=name)
    return manifest


def _part(name: str, part: Part, files: Mapping[str, bytes]) -> PartRecord:
    plain = _loaded(files.get(f"{part}{_ENDING}", b""))
    try:
        return from_plain(RECORDS[part], plain, OMITTED, part.value)
    except PlainValueError as problem:
        raise SettingsPartRefusedError(
            file=name, part=PART_NAMES[part], why=problem
        ) from problem


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _loaded(content: bytes) -> object:
    try:
        loaded: object = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return loaded

"""What checks, without the app, that what a « dossier » holds was sent as it is."""

import json
from collections.abc import Mapping
from hashlib import sha256

from domain.dunning.journal import JournalExtract
from storage.documents.templates import FOLDER

PAGE = "Preuves - vérifier.html"
JOURNAL = "Preuves - journal.txt"
SUMS = "Preuves - SHA256SUMS.txt"
INSTRUCTIONS = "Preuves - comment vérifier.txt"
# For any POSIX shell; it is run by a test.
_LOOP = """\
   p={previous}; n={before}
   while IFS= read -r l; do n=$((n+1))
     case $l in "{{"*) s=$(printf %s "$l" | sha256sum | cut -c1-64);; *) s=$l;; esac
     p=$(printf '{{"number":%d,"previous":"%s","seal":"%s"}}' $n $p $s |
       sha256sum | cut -c1-64)
   done < "{journal}"; echo $p"""


def proof_files(
    extract: JournalExtract, pieces: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Make the files that go with the pieces of a « dossier », by their names."""
    journal = "".join(f"{line}\n" for line in extract.lines)
    hashes = [(sha256(content).hexdigest(), name) for name, content in pieces.items()]
    sums = "".join(f"{own}  {name}\n" for own, name in hashes)
    texts = {
        PAGE: _page(extract, dict(hashes)),
        JOURNAL: journal,
        SUMS: sums,
        INSTRUCTIONS: _instructions(extract),
    }
    return {name: text.encode() for name, text in texts.items()}


def _page(extract: JournalExtract, pieces: Mapping[str, str]) -> str:
    content = json.dumps(
        {
            "first": extract.first,
            "previous": extract.previous,
            "lines": extract.lines,
            "count": extract.end.count,
            "hash": extract.end.hash,
            "pieces": pieces,
        }
    )
    # Nothing that a server answered may close the element that holds it.
    return _template("verify.html").replace(
        "__JOURNAL__", content.replace("<", "\\u003c")
    )


def _instructions(extract: JournalExtract) -> str:
    loop = _LOOP.format(
        previous=extract.previous, before=extract.first - 1, journal=JOURNAL
    )
    return (
        _template("instructions.txt")
        .replace("__LOOP__", loop)
        .replace("__COUNT__", str(extract.end.count))
        .replace("__HASH__", extract.end.hash)
    )


def _template(name: str) -> str:
    return (FOLDER / "proof" / name).read_text(encoding="utf-8")

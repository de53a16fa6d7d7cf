"""Bring the French catalogue up to date with the sentences found in the code.

Run by ``dev.py translations``, in the project's environment: it needs Babel.
"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "ui" / "locales" / "messages.pot"
FRENCH = ROOT / "ui" / "locales" / "fr" / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Write both catalogues, and list the sentences still without French."""
    template = found_in_code()
    french = french_catalogue()
    # Dates of their own would make each run a change to commit.
    template.creation_date = french.creation_date
    french.update(template, no_fuzzy_matching=True)
    write(template, TEMPLATE)
    write(french, FRENCH)
    missing = without_french(template, french)
    print(f"{len(template)} phrases, dont {len(missing)} sans français.")
    print("".join(f"  {sentence}\n" for sentence in missing), end="")


def found_in_code() -> Catalog:
    """Collect what the screens show and what refusals say."""
    catalog = new_catalogue()
    for folder in ("ui", "domain", "storage"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            with file.open("rb") as source:
                for line, message, comments, context in extract("python", source):
                    catalog.add(
                        message,
                        locations=[(place, line)],
                        auto_comments=comments,
                        context=context,
                    )
            for line, message in refusals(file):
                catalog.add(message, locations=[(place, line)])
    return catalog


def refusals(file: Path) -> Iterator[tuple[int, str]]:
    """Find the words of refusals: the ``message`` of a class.

    The domain does not know gettext, so no call marks them.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for member in node.body if isinstance(node, ast.ClassDef) else ():
            match member:
                case (
                    ast.AnnAssign(
                        target=ast.Name(id="message"),
                        value=ast.Constant(value=str(words)),
                    )
                    | ast.Assign(
                        targets=[ast.Name(id="message")],
                        value=ast.Constant(value=str(words)),
                    )
                ):
                    yield member.lineno, words


def french_catalogue() -> Catalog:
    """Read the French catalogue, or start it."""
    if not FRENCH.exists():
        return new_catalogue("fr")
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def without_french(template: Catalog, french: Catalog) -> list[str]:
    """List the sentences that are not translated, or only by a guess."""
    missing = []
    for message in template:
        if not message.id:
            continue  # the header
        translated = french.get(message.id, message.context)
        words = translated.string if translated else ""
        forms = words if isinstance(words, (tuple, list)) else (words,)
        if translated is None or translated.fuzzy or not all(forms):
            missing.append(str(message.id))
    return missing


def new_catalogue(locale: str | None = None) -> Catalog:
    """Start a catalogue with the project's names in its header."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return Catalog(
        locale=locale,
        header_comment="# The sentences of Relance.",
        project="Relance",
        version=project["version"],
        msgid_bugs_address="none",
        copyright_holder="Relance contributors",
        last_translator="Relance contributors",
        language_team="Relance contributors",
        fuzzy=False,
    )


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalogue so that two changes seldom touch the same lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalog,
            width=100,
            sort_output=True,
            ignore_obsolete=True,
            no_location=True,
        )


if __name__ == "__main__":
    main()

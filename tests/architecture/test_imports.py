"""What import-linter cannot see; its contracts are in pyproject.toml."""

import re

from tests.architecture.tree import lines_of


def matching(pattern: str, *folders: str) -> list[str]:
    return [place for place, line in lines_of(*folders) if re.search(pattern, line)]


def test_our_ui_is_never_imported_whole_or_it_would_fight_with_nicegui_ui() -> None:
    assert matching(r"^\s*import ui\b", "ui", "storage", "domain", "tests") == []


def test_the_domain_never_asks_what_day_it_is() -> None:
    assert matching(r"\b(today|now|utcnow)\(\)|datetime\.now\(", "domain") == []


def test_annotations_stay_objects_or_nicegui_would_not_recognise_them() -> None:
    clever = r"^from __future__ import annotations|^\s*if TYPE_CHECKING"

    assert matching(clever, "ui", "storage", "domain", "tests") == []


def test_the_domain_counts_money_without_floats() -> None:
    assert matching(r"\bfloat\(", "domain") == []

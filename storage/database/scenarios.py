"""Keeps profiles, scenarios with their steps, and the firm's wordings."""

import sqlite3
from collections import defaultdict
from dataclasses import replace

from domain.basics.identifiers import EntityId, ProfileId, ScenarioId, TextId
from domain.dunning.profile import Profile
from domain.dunning.scenario import DunningStep, Scenario
from domain.dunning.texts import MessageText, TextVersion
from storage.database.table import Table


class SqliteScenarioStore:
    """Profiles, scenarios and the firm's wordings, in the order they were made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._profiles = Table(connection, "profiles", Profile)
        self._scenarios = Table(
            connection, "scenarios", Scenario, skipped=frozenset({"steps"})
        )
        self._steps = Table(connection, "steps", DunningStep, key=("scenario_id", "id"))
        self._texts = Table(connection, "texts", MessageText, thing="template")
        self._versions = Table(connection, "text_versions", TextVersion, key=())

    def profiles(self, entity_id: EntityId) -> list[Profile]:
        return self._profiles.select("WHERE entity_id = ? ORDER BY rowid", entity_id)

    def save_profile(self, profile: Profile) -> None:
        self._profiles.save([profile])

    def remove_profile(self, profile_id: ProfileId) -> None:
        self._connection.execute("DELETE FROM profiles WHERE id = ?", (profile_id,))

    def scenarios(self, entity_id: EntityId) -> list[Scenario]:
        steps: dict[ScenarioId, list[DunningStep]] = defaultdict(list)
        for step in self._steps.select(
            "WHERE scenario_id IN (SELECT id FROM scenarios WHERE entity_id = ?)"
            " ORDER BY rowid",
            entity_id,
        ):
            steps[step.scenario_id].append(step)
        return [
            replace(scenario, steps=tuple(steps[scenario.id]))
            for scenario in self._scenarios.select(
                "WHERE entity_id = ? ORDER BY rowid", entity_id
            )
        ]

    def save_scenario(self, scenario: Scenario) -> None:
        """Save a scenario with exactly these steps, in this order."""
        self._scenarios.save([scenario])
        self._connection.execute(
            "DELETE FROM steps WHERE scenario_id = ?", (scenario.id,)
        )
        self._steps.add(scenario.steps)

    def remove_scenario(self, scenario_id: ScenarioId) -> None:
        self._connection.execute(
            "DELETE FROM steps WHERE scenario_id = ?", (scenario_id,)
        )
        self._connection.execute("DELETE FROM scenarios WHERE id = ?", (scenario_id,))

    def texts(self, entity_id: EntityId) -> list[MessageText]:
        return self._texts.select("WHERE entity_id = ? ORDER BY rowid", entity_id)

    def save_text(self, text: MessageText) -> None:
        self._texts.save([text])

    def text(self, text_id: TextId) -> MessageText:
        return self._texts.get(text_id)

    def delete_text(self, text_id: TextId) -> None:
        """Delete a wording, with what it said before."""
        for statement in (
            "DELETE FROM text_versions WHERE text_id = ?",
            "DELETE FROM texts WHERE id = ?",
        ):
            self._connection.execute(statement, (text_id,))

    def text_versions(self, text_id: TextId) -> list[TextVersion]:
        """Read what a wording said before, the latest first."""
        return self._versions.select(
            "WHERE text_id = ? ORDER BY replaced_at DESC, rowid DESC", text_id
        )

    def add_text_version(self, version: TextVersion) -> None:
        self._versions.add([version])

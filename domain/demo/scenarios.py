"""How the demonstration firm reminds: as any new firm, but it also calls."""

from dataclasses import replace

from domain.dunning.defaults import standard_scenario
from domain.dunning.profile import Profile
from domain.dunning.scenario import Channel, Scenario, StepKind

_CALLED_AT = 3
"""The last reminder before the formal notice is a call: somebody answers it."""


def demo_scenario(profile: Profile, *, with_email: bool) -> Scenario:
    """Make the default scenario, its last friendly reminder being a call."""
    scenario = standard_scenario(profile, with_email=with_email)
    return replace(
        scenario,
        steps=tuple(
            replace(step, channel=Channel.PHONE)
            if step.kind is StepKind.REMINDER and step.level == _CALLED_AT
            else step
            for step in scenario.steps
        ),
    )

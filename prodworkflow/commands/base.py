"""Base class of the trac-admin command providers."""

from __future__ import annotations

from trac.core import Component

from prodworkflow.api import CampaignSystem
from prodworkflow.commands.arguments import refusals_as_errors
from prodworkflow.commands.language import say
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.views.readiness import readiness


class CommandProvider(Component):
    """A provider of commands whose first argument is a campaign."""

    abstract = True

    def complete(self, args: list[str]) -> list[str]:
        """The campaigns' names, for the first argument."""
        return CampaignSystem(self.env).queries.names() if len(
            args) == 1 else []

    def shell_person(self) -> Person:
        """The person who has typed the command."""
        return CampaignSystem(self.env).context.shell_person()

    def print_verdict(self, name: str) -> None:
        """Print the new decision, in a sentence."""
        with refusals_as_errors():
            decision = CampaignSystem(self.env).queries.decision(name)
        say(readiness(decision).verdict)

"""What a shut gate says to whoever tried to pass it."""

from __future__ import annotations

from trac.web.api import HTTPConflict

from .model import State


class GateShut(HTTPConflict):
    """An attempt that the rules refuse; pages answer it with status 409.

    `reasons` are phrases, each naming what is missing and who may give it.
    It is no TracError: Trac would answer one of those with status 500.
    """

    def __init__(self, what: str, reasons: list[str]) -> None:
        self.what = what
        self.reasons = tuple(reasons)
        super().__init__(self.told())

    def told(self) -> str:
        """The whole refusal in one sentence."""
        return f'{self.what}: {"; ".join(self.reasons)}.'

    def __str__(self) -> str:
        return self.told()


class NoSuchCampaign(LookupError):
    """There is no campaign of that name; the text says which there are."""


def read_only(state: State) -> str:
    """What is said of every change to a campaign that has ended."""
    campaign = state.campaign
    return (f'{campaign.name} is {campaign.phase}: its record is read-only. '
            'To set its milestones and tickets free, a holder of '
            'CAMPAIGN_ADMIN removes it with "trac-admin ENV campaign '
            'remove".')

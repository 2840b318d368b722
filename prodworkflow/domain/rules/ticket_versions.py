"""Version of a sign-off ticket: it is the campaign's release."""

from __future__ import annotations

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def version_refusal(state: State, requirement: Requirement,
                    version: str | None) -> Message | None:
    """Why a sign-off ticket cannot get a version; None if it can.

    `version` is None where it stays as it is; it may always be put right.
    """
    campaign = state.campaign
    if version is None or version == campaign.release:
        return None
    return Message(
        '#%(ticket)s is the sign-off ticket "%(title)s" of campaign '
        '%(campaign)s and stays on version %(release)s; a holder of '
        'CAMPAIGN_ADMIN moves the whole campaign with "campaign release" or '
        'on its page.', ticket=requirement.ticket, title=requirement.title,
        campaign=campaign.name,
        release=campaign.release or Message('none'))


def version_deviation(state: State, requirement: Requirement,
                      version: str) -> Message | None:
    """What departs in a ticket that has another version; None if nothing."""
    release = state.campaign.release
    if version == release:
        return None
    return Message('#%(ticket)s %(title)s has %(version)s, not %(release)s',
                   ticket=requirement.ticket, title=requirement.title,
                   version=Message('version %(name)s', name=version)
                   if version else Message('no version'),
                   release=release or Message('none'))

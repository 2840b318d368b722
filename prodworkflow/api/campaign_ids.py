"""Ids of campaigns by their names, and the error that there is none."""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.planning.request import tidy
from prodworkflow.domain.text import Message
from prodworkflow.services.refusals import NoSuchCampaign


def campaign_id(env: Any, name: str) -> int:
    """The id of the campaign of that name; NoSuchCampaign says which are."""
    found = store.campaign_id(env, tidy(name))
    if found is None:
        raise unknown_campaign(env, name)
    return found


def unknown_campaign(env: Any, name: str) -> NoSuchCampaign:
    """That there is no campaign of that name, and which there are."""
    known = ', '.join(f'"{n}"' for n in store.campaign_names(env)[-10:])
    return NoSuchCampaign(
        Message('There is no campaign "%(name)s"; there is %(known)s.',
                name=name[:64], known=known) if known else
        Message('There is no campaign "%(name)s"; there is none yet.',
                name=name[:64]))


def no_requirement(name: str, key: str) -> NoSuchCampaign:
    """That a campaign has no such requirement, for whoever asks."""
    return NoSuchCampaign(Message(
        '%(campaign)s has no requirement "%(key)s".', campaign=name,
        key=key[:64]))

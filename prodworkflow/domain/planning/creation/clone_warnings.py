"""Warnings of a clone: what is not taken over, and what is newer since."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.versions import TemplateVersion
from prodworkflow.domain.text import Message, some


def not_taken_over(state: State, enforcement: str) -> Iterator[str]:
    """What a campaign has that one like it will not have, a sentence each.

    `enforcement` is the one with which it began.
    """
    for each in state.lists:
        if each.former:
            yield Message('%(list)s that dropped out are not taken over: '
                          '%(items)s.', list=each.name,
                          items=some([i.name for i in each.former]))
    deputies = {d.person for r in state.requirements for d in r.deputies}
    if deputies:
        yield Message('Deputies are not taken over, for their days are over '
                      'then: %(people)s.',
                      people=joined_logins(sorted(deputies)))
    if state.campaign.enforcement != enforcement:
        yield Message('Enforcement is %(began)s, as it began; at last it was '
                      '%(now)s.', began=enforcement,
                      now=state.campaign.enforcement)


def newer_template(wish: CampaignRequest,
                   last: TemplateVersion | None) -> str:
    """That its template has a newer version, or is gone; '' if not.

    `last` is the last version there is, None where there is none.
    """
    if last is None or last.removed:
        return Message('The template %(name)s is not offered any more; this '
                       'takes it as it was then.', name=wish.template)
    if last.version > wish.template_version:
        return Message('The template %(name)s has version %(last)s since; '
                       'this takes version %(version)s, as it was then. '
                       'Choose the newer one in the field Template.',
                       name=wish.template, last=last.version,
                       version=wish.template_version)
    return ''

"""Reads of the API: what is true, as who asks may see it."""

from __future__ import annotations

from typing import Any

from prodworkflow.api import ADMIN, InvalidRequest
from prodworkflow.domain.dates import typed_moment
from prodworkflow.domain.views.gate_answer import GateAnswer
from prodworkflow.http_api.api import schemas, shown
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.operation import Answer
from prodworkflow.http_api.api.paging import page
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _


def campaigns(call: Call) -> Answer:
    """All campaigns by name, oldest first."""
    underway, _found = call.system.queries.underway()
    decided = {d.snapshot.state.campaign.name: d for d in underway}
    over = {c.name: c.phase for c in call.system.queries.over()}
    names = [n for n in call.system.queries.names()
             if n in decided or n in over]

    def line(name: str) -> dict[str, Any]:
        found: dict[str, Any] = {'phase': over.get(name)}
        if name in decided:
            whole = call.system.queries.readiness_for(
                decided[name], call.req.perm).as_dict()
            found = {word: whole[word] for word in shown.CAMPAIGN}
        return {'name': name, **found,
                'href': call.address_of('campaigns', name),
                'url': str(call.req.abs_href.campaign(name))}
    return page(call, names, line)


def campaign(call: Call) -> Answer:
    """One campaign; its ETag is what If-Match takes."""
    return Answer(shown.campaign(
        call.told, str(call.req.abs_href.campaign(call.name))),
        revision=call.decision.snapshot.revision)


def decisions(call: Call) -> Answer:
    """The decision about a gate: now, at an earlier moment, or a what-if."""
    stage = call.query.get('stage', '')
    try:
        told = _decision(call, stage)
    except InvalidRequest as error:
        field, words = error.problems[0]
        raise Problem(404 if field == 'item' else 400, '',
                      str(words)) from error
    except KeyError:
        known = ', '.join(s.stage.key for s in call.told.stages)
        raise Problem(404, '', _(
            'There is no stage "%(stage)s"; there is %(known)s.',
            stage=stage[:64], known=known)) from None
    return Answer(told.as_dict(), status=told.status if told.assumed else 0)


def _decision(call: Call, stage: str) -> GateAnswer:
    """The answer of the gate, of which nothing is recorded."""
    passages, perm = call.system.passages, call.req.perm
    item, at = call.query.get('item', ''), call.query.get('at', '')
    href = call.req.abs_href
    if 'assume' in call.query:
        if 'at' in call.query:
            raise Problem(400, '', _('assume and at do not go together.'))
        return passages.what_if(call.name, call.query['assume'], perm, stage,
                                item, href)
    moment = typed_moment(at) if 'at' in call.query else 0
    if moment is None or ('at' in call.query and not moment):
        raise Problem(400, '', _('at is a moment like 2026-05-03T12:00Z.'))
    decision = passages.looked_at(call.name, moment, item, perm)
    return passages.answer(decision, stage, perm, item, moment, href)


def requirements(call: Call) -> Answer:
    """What is true of each requirement, in the campaign's order."""
    return page(call, shown.requirements(call.told), dict)


def signoffs(call: Call) -> Answer:
    """All verdicts about a requirement, oldest first."""
    key = call.requirement.key
    return page(call, call.told.decision.snapshot.state.said_of(key),
                lambda said: shown.signoff(said, call.words))


def evidence_of(call: Call) -> Answer:
    """The evidence that a requirement asks for, and what was given."""
    key = call.answered.requirement.key
    return page(call, [e for e in shown.evidence(call.told)
                       if e['requirement'] == key], dict)


def evidence(call: Call) -> Answer:
    """The evidence of all requirements."""
    return page(call, shown.evidence(call.told), dict)


def waivers(call: Call) -> Answer:
    """All waivers, the latest first, those that have ended among them."""
    return page(call, call.told.waivers,
                lambda each: shown.waiver(each, call.words))


def known_issues(call: Call) -> Answer:
    """The open tickets that the launch tolerates."""
    return page(call, call.told.issues, lambda issue: issue.as_dict())


def ledger(call: Call) -> Answer:
    """The entries of the ledger in words, oldest first."""
    try:
        entries = call.system.queries.ledger(call.name)
    except ValueError:  # the history says that it cannot be read
        entries = []
    events = call.system.queries.history(call.decision, call.req.perm,
                                         entries)
    hashes = {entry.number: entry.hash for entry in entries}
    return page(call, events, lambda each: shown.event(each, hashes))


def hold(call: Call) -> Answer:
    """Whether the campaign is on hold, by whom and why."""
    return Answer(held(call))


def held(call: Call) -> dict[str, Any]:
    """The hold of a campaign, with what its launch gate says."""
    whole = call.told.as_dict()
    return {word: whole[word] for word in schemas.HOLD['required']}


def templates(call: Call) -> Answer:
    """The last version of each template, as the panel lists them."""
    call.req.perm('admin', 'production/templates').require(ADMIN)
    return page(call, [v for v in call.system.templates.all()
                       if not v.removed], shown.template)

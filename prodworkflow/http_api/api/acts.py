"""Acts of the API: what is created, reported, signed, waived and stopped."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace

from prodworkflow.api import (
    ADMIN,
    CampaignRequest,
    EvidenceInput,
    EvidenceReport,
    PlotFile,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.request import tidy
from prodworkflow.domain.rules.lifecycle_actions import LifecycleAction
from prodworkflow.http_api.api import reads, shown
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.office import may_report, may_stop, office
from prodworkflow.http_api.api.operation import Answer
from prodworkflow.http_api.api.repeats import once
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _
from prodworkflow.web.plots.uploads import may_not_attach, objections_to
from prodworkflow.web.ticket_rights import rights_refusal


def create(call: Call) -> Answer:
    """Create a campaign from a template."""
    call.req.perm('admin', 'production/campaigns').require(ADMIN)
    sent, library = call.document, call.system.templates
    wish = CampaignRequest(
        sent['name'], sent.get('template', library.default()),
        sent.get('release', ''), sent.get('start', ''),
        sent.get('enforcement', library.default_enforcement()),
        {key: tuple(people) for key, people
         in sent.get('contacts', {}).items()},
        {key: str(number) for key, number
         in sent.get('quorums', {}).items()},
        lists_text=sent.get('lists', ''),
        unknown_contacts=sent.get('unknown_contacts', False))

    def made() -> Answer:
        call.system.create(wish, call.req.authname)
        call.place['name'] = tidy(wish.name)
        found = reads.campaign(call.fresh())
        return replace(found, headers={
            'Location': call.address_of('campaigns', call.name)})
    return once(call, made)


def sign(call: Call) -> Answer:
    """Approve, reject, withdraw, object or answer, as a person."""
    sent = call.document
    plots = {name: (each['plot'], each['reference']) for name, each
             in sent.get('plots', {}).items()}
    return _say(call, SignOffRequest(
        Verdict(sent['verdict']), sent.get('statement', ''),
        EvidenceInput(_values(call), plots, sent.get('links', {}))))


def waive(call: Call) -> Answer:
    """Give leave to pass although a requirement is unmet."""
    sent = call.document
    call.place['key'] = sent['requirement']
    _say(call, SignOffRequest(
        Verdict.WAIVED, sent.get('statement', ''), leave=WaiverRequest(
            sent['reason'], sent['until'],
            {name: (each.get('at_least', ''), each.get('at_most', ''))
             for name, each in sent.get('bounds', {}).items()})))
    status = next(w for w in call.fresh().told.waivers
                  if w.requirement.key == call.key)
    return Answer(shown.waiver(status, call.words))


def report(call: Call) -> Answer:
    """Report evidence: values by name, or a file in any known format."""
    sent = call.document
    _require_rights(call, Verdict.REPORTED)
    if call.content is not None:
        _require_attaching(call)
    wish = EvidenceReport(
        _values(call), call.content, call.query.get('filename', ''),
        sent.get('links', {}),
        sent.get('statement', call.query.get('statement', '')),
        call.query.get('events'), call.revision)
    with office(call, may_report):
        saying = call.system.evidence.read(call.name, call.requirement.key,
                                           call.person, wish)
        return once(call, lambda: _reported(call, saying))


def _reported(call: Call, saying: SignOffRequest) -> Answer:
    readings = call.system.evidence.record(
        call.name, call.requirement.key, call.person, saying)
    return Answer({
        'requirement': call.requirement.key,
        'evidence': [e.as_dict() for e in call.fresh().answered.evidence],
        'readings': [r.as_dict() for r in readings]})


def hold(call: Call) -> Answer:
    """Put a campaign on hold, at once."""
    with office(call, may_stop):
        return _steer(call, 'hold')


def launch(call: Call) -> Answer:
    """Record the start of production."""
    call.system.lifecycle.reread(call.name, call.person,
                                 LifecycleAction.LAUNCH)
    return _steer(call, 'launch')


def resume(call: Call) -> Answer:
    """Go on with a campaign that was on hold."""
    call.system.lifecycle.reread(call.name, call.person,
                                 LifecycleAction.RESUME)
    return _steer(call, 'resume')


def _steer(call: Call, act: str) -> Answer:
    def done() -> Answer:
        getattr(call.system.lifecycle, act)(
            call.name, call.person, call.document['reason'], call.revision)
        return Answer(reads.held(call.fresh()))
    return once(call, done)


def _say(call: Call, saying: SignOffRequest) -> Answer:
    """Record a verdict; what was recorded."""
    key = call.requirement.key
    _require_rights(call, saying.verdict)
    saying = replace(saying, revision=call.revision)

    def said() -> Answer:
        call.system.record(call.name, key, call.person, saying)
        state = call.fresh().told.decision.snapshot.state
        return Answer(shown.signoff(state.said_of(key)[-1], call.words))
    return once(call, said)


def _values(call: Call) -> dict[str, str]:
    """The values that were sent, by name, as they are typed."""
    return {name: value if isinstance(value, str) else f'{value:f}'
            if not isinstance(value, int) else str(value)
            for name, value in call.document.get('values', {}).items()}


def _require_rights(call: Call, verdict: Verdict) -> None:
    """403 where Trac refuses the verdict on the ticket, as on its page."""
    refusal = rights_refusal(call.req, call.name, call.requirement,
                             verdict)
    if refusal:
        call.system.doors.log_refusal(refusal)
        raise Problem(403, '', _('Nothing was recorded: %(refusal)s',
                                 refusal=refusal))


def _require_attaching(call: Call) -> None:
    """403 or 422 where Trac or another plugin refuses the attachment."""
    requirement, content = call.requirement, call.content or b''
    refusal = may_not_attach(call.req, requirement)
    if refusal:
        call.system.doors.log_refusal(refusal)
        raise Problem(403, '', _('Nothing was recorded: %(refusal)s',
                                 refusal=refusal))
    file = PlotFile(call.query['filename'], io.BytesIO(content),
                    len(content))
    upload = SimpleNamespace(filename=file.filename, file=file.stream)
    found = [('file', words) for words in objections_to(
        call.env, call.req, requirement, file, upload)]
    if found:
        raise InvalidRequest(found)

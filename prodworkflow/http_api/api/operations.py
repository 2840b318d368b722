"""All operations of the API, in the order of their paths."""

from __future__ import annotations

from collections.abc import Callable

from prodworkflow.http_api.api import acts, reads, schemas
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.operation import Answer, Operation, Parameter
from prodworkflow.translation import N_

Act = Callable[[Call], Answer]
VIEW = N_('CAMPAIGN_VIEW; a token with the scope gate:read')
ADMIN = N_('CAMPAIGN_ADMIN, as a person')
ONE = '/campaigns/{name}'
OF = f'{ONE}/requirements/{{key}}'
READ = 'gate:read'
AT = (
    Parameter('stage', schemas.WORD, N_(
        'The gate of one stage, by its key or number, in place of the '
        'launch gate.')),
    Parameter('item', {**schemas.WORD, 'minLength': 1}, N_(
        'One item of a list alone, such as a site, by its key or name.')),
    Parameter('at', schemas.WORD, N_(
        'As it was at a moment like 2026-05-03T12:00Z, by the ledger.')),
    Parameter('assume', {'type': 'array', 'items': schemas.ASSUMED,
                         'maxItems': 16}, N_(
        'What would be if KEY:approved were said; may come several times. '
        'The answer has it as assumed, and has never status 200.')))
FILE = (
    Parameter('filename', {**schemas.NAME, 'minLength': 1}, N_(
        'The body is a file of that name, of any media type but those of '
        'forms.')),
    Parameter('events', {**schemas.WHOLE, 'minimum': 1,
                         'maximum': 999999999999}, N_(
        'How many events the job of the file has made.')),
    Parameter('statement', schemas.LINE, N_(
        'What is said of the file.')))


def _list(path: str, name: str, about: str, act: Act,
          gives: schemas.Schema, needs: str = VIEW) -> Operation:
    return Operation('GET', path, name, about, needs, act,
                     schemas.listed(gives), scope=READ, listed=True)


OPERATIONS = (
    _list('/campaigns', 'listCampaigns',
          N_('All campaigns, oldest first.'), reads.campaigns,
          schemas.CAMPAIGN_LINE),
    Operation('POST', '/campaigns', 'createCampaign',
              N_('Create a campaign from a template.'), ADMIN, acts.create,
              schemas.CAMPAIGN, 201, body=schemas.NEW_CAMPAIGN),
    Operation('GET', ONE, 'getCampaign',
              N_('A campaign and its stages. Its ETag is what If-Match '
                 'takes.'), VIEW, reads.campaign, schemas.CAMPAIGN,
              scope=READ),
    Operation('GET', f'{ONE}/decisions', 'getDecision',
              N_('The decision about a gate, as the gate itself gives it, '
                 'but open or shut with status 200: it guards no script.'),
              VIEW, reads.decisions, schemas.DECISION, query=AT, scope=READ,
              others=(409,)),
    _list(f'{ONE}/requirements', 'listRequirements',
          N_('What is true of each requirement.'), reads.requirements,
          schemas.REQUIREMENT),
    _list(f'{OF}/sign-offs', 'listSignOffs',
          N_('All verdicts about a requirement, oldest first.'),
          reads.signoffs, schemas.SIGNOFF),
    Operation('POST', f'{OF}/sign-offs', 'signOff',
              N_('Approve, reject, withdraw, object or answer.'),
              N_('who may do it in the ticket, as a person'), acts.sign,
              schemas.SIGNOFF, 201, body=schemas.NEW_SIGNOFF),
    _list(f'{OF}/evidence', 'listEvidenceOfRequirement',
          N_('The evidence that a requirement asks for, and what was '
             'given.'), reads.evidence_of, schemas.EVIDENCE),
    Operation('POST', f'{OF}/evidence', 'reportEvidence',
              N_('Report values by name, or a file in any format that a '
                 'reader knows.'),
              N_('who may report in the ticket; a token with the scope '
                 'evidence:write'), acts.report, schemas.REPORTED, 201,
              FILE, schemas.NEW_EVIDENCE, file=True, scope='evidence:write'),
    _list(f'{ONE}/evidence', 'listEvidence',
          N_('The evidence of all requirements.'), reads.evidence,
          schemas.EVIDENCE),
    _list(f'{ONE}/waivers', 'listWaivers',
          N_('All waivers, the latest first.'), reads.waivers,
          schemas.WAIVER),
    Operation('POST', f'{ONE}/waivers', 'waive',
              N_('Give leave to pass although a requirement is unmet.'),
              N_('CAMPAIGN_WAIVE, as a person'), acts.waive, schemas.WAIVER,
              201, body=schemas.NEW_WAIVER),
    _list(f'{ONE}/known-issues', 'listKnownIssues',
          N_('The open tickets that the launch tolerates.'),
          reads.known_issues, schemas.KNOWN_ISSUE),
    _list(f'{ONE}/ledger', 'listLedger',
          N_('The entries of the ledger in words, oldest first.'),
          reads.ledger, schemas.ENTRY),
    Operation('GET', f'{ONE}/hold', 'getHold',
              N_('Whether the campaign is on hold, by whom and why.'), VIEW,
              reads.hold, schemas.HOLD, scope=READ),
    Operation('POST', f'{ONE}/hold', 'hold',
              N_('Put the campaign on hold.'),
              N_('its contacts and CAMPAIGN_HOLD; a token with the scope '
                 'hold'), acts.hold, schemas.HOLD, 201, body=schemas.REASON,
              scope='hold'),
    Operation('POST', f'{ONE}/launch', 'launch',
              N_('Record the start of production.'),
              N_('CAMPAIGN_LAUNCH, as a person'), acts.launch, schemas.HOLD,
              201, body=schemas.REASON),
    Operation('POST', f'{ONE}/resume', 'resume',
              N_('Go on with a campaign that was on hold.'),
              N_('CAMPAIGN_LAUNCH; before the launch who held it or '
                 'CAMPAIGN_HOLD; as a person'), acts.resume, schemas.HOLD,
              201, body=schemas.REASON),
    _list('/templates', 'listTemplates',
          N_('The last version of each template.'), reads.templates,
          schemas.TEMPLATE,
          N_('CAMPAIGN_ADMIN; a token with the scope gate:read')))

"""Fields of a campaign that forms change, and what each holds in a state.

A field is named as in the forms: `enforcement`, `contact:feature-freeze`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prodworkflow.domain.dates import moment
from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.text import joined, Message

NONE = Message('none')


# These may rest on tickets that not everybody sees: their values are not told.
SILENT = ('waivers', 'known-issues', 'left-out', 'estimate')


def value_of(state: State, field: str) -> str:
    """What a field holds, in words; the same words are the same value.

    KeyError where there is no such field.
    """
    kind, _, rest = field.partition(':')
    if kind in OF_CAMPAIGN:
        return OF_CAMPAIGN[kind](state)
    if kind == 'known-issue':
        return _known_issues(state, rest)
    if kind == 'item':
        return _item(state, *rest.partition(':')[::2])
    requirement = next((r for r in state.requirements
                        if r.key == rest.partition(':')[0]), None)
    if requirement is None:
        return NONE
    name = rest.partition(':')[2]
    if kind == 'given':
        return _given(state, requirement, name)
    if kind == 'estimate':
        return _estimate(state, requirement, name)
    return OF_REQUIREMENT[kind](requirement)


def label_of(state: State, field: str) -> str:
    """The name of a field in a sentence: `the contacts of #3 Sample`."""
    kind, _, rest = field.partition(':')
    if kind in LABELS:
        return LABELS[kind]
    if kind == 'known-issue':
        return Message('the known issue #%(ticket)s', ticket=rest)
    if kind == 'item':
        return Message('“%(item)s” of %(list)s',
                       item=rest.partition(':')[2],
                       list=rest.partition(':')[0])
    key, _, name = rest.partition(':')
    what = next((' '.join([f'#{r.ticket}', r.title])
                 for r in state.requirements if r.key == key), key)
    return PATTERNS[kind](what, name)


def _hold(state: State) -> str:
    campaign = state.campaign
    return Message('on hold since %(since)s %(hold)s', hold=campaign.hold,
                   since=moment(campaign.held_since)) if campaign.held_since \
        else Message('not on hold')


def _start(state: State) -> str:
    start = state.campaign.start
    return start.isoformat() if start else NONE


def _waivers(state: State) -> str:
    given = [f'{s.number}' for s in state.signoffs
             if s.verdict == Verdict.WAIVED.value]
    return Message('those of entries %(numbers)s',
                   numbers=joined(given)) if given else NONE


def _known_issues(state: State, ticket: str = '') -> str:
    """The known issues, or the one of a ticket."""
    return joined([Message('#%(ticket)s until %(until)s (entry %(number)s)',
                           ticket=k.ticket, until=k.until, number=k.number)
                   for k in state.known_issues
                   if ticket in ('', str(k.ticket))]) or NONE


def _left_out(state: State) -> str:
    return joined([r.title for r in state.dropped]) or NONE


def _item(state: State, name: str, key: str) -> str:
    return next((f'{item.name} ({item.weight})' if item.weight else item.name
                 for each in state.lists if each.name == name
                 for item in each.items if item.key == key), NONE)


def _estimate(state: State, requirement: Requirement, name: str) -> str:
    """What the value of that name is compared with."""
    return next((value_of(state, f'given:{v.compare_with}:{name}')
                 for v in requirement.asks.values if v.name == name), NONE)


def _given(state: State, requirement: Requirement, name: str) -> str:
    """The last piece of evidence of that name, and whether it is as it was.
    """
    found: Evidence | None = None
    for signoff in state.said_of(requirement.key):
        for piece in signoff.evidence:
            if piece.name == name:
                found = piece
    if found is None:
        return NONE
    files = [f.digest[:12] or 'gone' for f in requirement.files
             if f.name in (found.text, found.reference)]
    digests = [d[:12] for d in (found.digest, found.reference_digest) if d]
    words = joined([t for t in (found.text, found.reference) if t])
    if found.kind != 'plot':
        return words
    return f'{words} ({", ".join([*digests, *files])})'


OF_CAMPAIGN: Mapping[str, Callable[[State], str]] = {
    'enforcement': lambda s: s.campaign.enforcement,
    'start': _start,
    'release': lambda s: s.campaign.release or NONE,
    'resolution': lambda s: next(
        (w.site for w in s.campaign.words
         if (w.field, w.word) == ('resolution', 'fixed')), 'fixed'),
    'phase': lambda s: s.campaign.phase,
    'hold': _hold,
    'freeze-types': lambda s: (join_logins(s.campaign.freeze.types)
                               if s.campaign.freeze else NONE),
    'freeze-priority': lambda s: (quoted_login(s.campaign.freeze.priority)
                                  if s.campaign.freeze else NONE),
    'waivers': _waivers,
    'known-issues': _known_issues,
    'left-out': _left_out,
}


OF_REQUIREMENT: Mapping[str, Callable[[Requirement], str]] = {
    'contact': lambda r: join_logins(r.contacts) or NONE,
    'deputies': lambda r: '; '.join(map(str, r.deputies)) or NONE,
    'quorum': lambda r: str(r.quorum),
}


LABELS: Mapping[str, Message] = {
    'enforcement': Message('the enforcement'),
    'start': Message('the planned start'),
    'release': Message('the release'),
    'resolution': Message('the resolution that approves'),
    'phase': Message('the phase of the campaign'),
    'hold': Message('the hold'),
    'freeze-types': Message('the types that may enter after the freeze'),
    'freeze-priority': Message('the priority that may enter after the '
                               'freeze'),
    'waivers': Message('the waivers'),
    'known-issues': Message('the known issues'),
    'left-out': Message('what dropped out'),
}


PATTERNS: Mapping[str, Callable[[str, str], Message]] = {
    'contact': lambda what, _: Message('the contacts of %(what)s', what=what),
    'deputies': lambda what, _: Message('the deputies of %(what)s',
                                        what=what),
    'quorum': lambda what, _: Message('the quorum of %(what)s', what=what),
    'given': lambda what, name: Message('%(name)s of %(what)s', name=name,
                                        what=what),
    'estimate': lambda what, name: Message(
        'the estimate for %(name)s of %(what)s', name=name, what=what),
}

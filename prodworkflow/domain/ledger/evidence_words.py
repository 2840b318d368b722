"""Evidence in the history: values in words, new and old, and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import joined_by, Message

# So many digits of a digest are shown.
SHORT = 12


class EvidenceHistory:
    """What evidence was given, entry by entry; to be asked in their order."""

    def __init__(self, state: State) -> None:
        self._titles = {(r.key, 'value', v.name): v.title
                        for r in (*state.requirements, *state.dropped)
                        for v in r.asks.values}
        self._last: dict[tuple[str, str, str], str] = {}
        self._comparing: dict[tuple[str, str], list[str]] = {}
        for r in state.requirements:
            for v in r.asks.values:
                self._comparing.setdefault((v.compare_with, v.name),
                                           []).append(r.key)

    def words(self, entry: Entry) -> str:
        """The evidence of an entry, with what was there before; '' if none.
        """
        found = entry.payload.get('evidence')
        return joined_by(', ', [self._piece(entry.requirement, proof)
                                for proof in found]) if found else ''

    def _piece(self, requirement: str, proof: Mapping[str, Any]) -> Message:
        key = requirement, proof['kind'], proof['name']
        now, was = _text(proof), self._last.get(key, '')
        self._last[key] = now
        told = {'title': self._titles.get(key, proof['name']), 'is': now,
                'was': was}
        if was in ('', now):
            return Message('%(title)s %(is)s', **told)
        after = self._measured(requirement, proof)
        if after:
            return Message('%(title)s %(is)s, revised from %(was)s after '
                           '%(after)s was measured', after=after, **told)
        return Message('%(title)s %(is)s, was %(was)s', **told)

    def _measured(self, requirement: str,
                  proof: Mapping[str, Any]) -> str | None:
        """What was measured before this estimate; None if nothing was."""
        found = [self._last.get((key, 'value', proof['name'])) for key in
                 self._comparing.get((requirement, proof['name']), ())]
        return next(filter(None, found), None)


def _text(proof: Mapping[str, Any]) -> str:
    """The text of a piece; of a plot the names and digests of its files."""
    read = proof.get('read')
    if read:
        return Message('%(text)s from %(file)s (%(digest)s…)',
                       text=proof['text'], file=read['file'],
                       digest=read['digest'][:SHORT])
    if not proof.get('reference'):
        return str(proof['text'])
    return Message(
        '%(file)s (%(digest)s…) beside %(reference)s (%(other)s…)',
        file=proof['text'], digest=proof['digest'][:SHORT],
        reference=proof['reference'],
        other=proof['reference_digest'][:SHORT])


def waived_words(waiver: Mapping[str, Any], what: str) -> Message:
    """What a waiver lifts of a requirement, within which bounds, until when.
    """
    bounds = [joined_by(' ', filter(None, [
        b.get('name'),
        b.get('at_least') and Message('from %(at_least)s',
                                      at_least=b['at_least']),
        b.get('at_most') and Message('up to %(at_most)s',
                                     at_most=b['at_most'])]))
              for b in waiver.get('bounds') or ()]
    until = waiver.get('until') or ''
    return Message('waived “%(reason)s” of %(scope)s',
                   reason=waiver.get('reason') or '',
                   scope=joined_by(', ', [what, *bounds, Message(
                       'until %(until)s', until=typed_day(until) or until)]))


def attachment_words(payload: Mapping[str, Any], what: str) -> Message:
    """What happened to an attachment that is evidence."""
    told = {'file': payload.get('attachment') or '', 'what': what,
            'was': str(payload.get('was') or '')[:SHORT],
            'is': str(payload.get('digest') or '')[:SHORT]}
    if payload.get('found'):
        told['what'] = Message('%(what)s, found by %(found)s', what=what,
                               found=message_of(payload, 'found'))
    if not told['is']:
        return Message('removed %(file)s (SHA-256 %(was)s…), which is '
                       'evidence of %(what)s', **told)
    if payload.get('restored'):
        return Message('put %(file)s (SHA-256 %(is)s…) back, which is '
                       'evidence of %(what)s', **told)
    if not told['was']:
        return Message('attached another %(file)s (SHA-256 %(is)s…) in place '
                       'of evidence of %(what)s', **told)
    return Message('changed %(file)s, which is evidence of %(what)s: '
                   'SHA-256 %(is)s…, was %(was)s…', **told)

"""Sentences of the history, one for each verb of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.evidence_words import (
    attachment_words,
    waived_words,
)
from prodworkflow.domain.ledger.list_words import OF_PAYLOAD
from prodworkflow.domain.ledger.payloads import message_of, messages_of
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.text import joined, joined_by, Message, phrase


@dataclass(frozen=True)
class _Facts:
    """Payload, requirement and stage of an entry, by name.

    `what` is a requirement with its ticket, `stage` a stage's label; '' if the
    entry concerns none.
    """

    payload: Mapping[str, Any]
    what: str
    stage: str

    def get(self, name: str, otherwise: str = '') -> Any:
        """A field of the payload; `otherwise` if it is missing or empty."""
        return self.payload.get(name) or otherwise

    def day(self, name: str, otherwise: str = '') -> Any:
        """A day of the payload, to be said as its reader writes days."""
        text = self.get(name, otherwise)
        return typed_day(text) or text


def sentence(entry: Entry, what: str, stage: str, evidence: str = '') -> str:
    """The sentence of an entry, with the reason or statement in quotes.

    `evidence` is what it brings, in words.  An unknown verb stands for itself.
    """
    facts = _Facts(entry.payload, what, stage)
    words: str
    if entry.verb in OF_PAYLOAD:
        words = _quoting(OF_PAYLOAD[entry.verb](entry.payload), entry.payload)
    elif entry.verb in WITH_REASON:
        told: str = WITH_REASON[entry.verb](facts)
        if evidence:
            told = Message('%(words)s (%(evidence)s)', words=told,
                           evidence=evidence)
        words = _quoting(told, entry.payload)
    elif entry.verb in WITHOUT_REASON:
        words = WITHOUT_REASON[entry.verb](facts)
    else:
        words = entry.verb
    return _by_token(_overruling(words, entry.payload), entry.payload)


def _by_token(words: str, payload: Mapping[str, Any]) -> str:
    """Append the name of the token that a machine did it by."""
    token = payload.get('token')
    return Message('%(words)s, by the token %(token)s', words=words,
                   token=str(token)) if token else words


def _quoting(words: str, payload: Mapping[str, Any]) -> str:
    """Append the statement or reason, on one line."""
    said = message_of(payload, 'statement') or message_of(payload, 'reason')
    flat = ' '.join(said.split())
    return Message('%(words)s: “%(said)s”', words=words,
                   said=said if said == flat else flat) if flat else words


def _overruling(words: str, payload: Mapping[str, Any]) -> str:
    """Append the reasons against an action that `advisory` let through."""
    against = messages_of(payload, 'against')
    return Message('%(words)s, against the rules: %(reasons)s', words=words,
                   reasons=joined(against)) if against else words


def _created(facts: _Facts) -> Message:
    if facts.get('like'):
        return Message('created the campaign, like %(like)s',
                       like=facts.get('like'))
    return Message('created the campaign')


def _approved(facts: _Facts) -> Message:
    if facts.get('statement').strip():
        return Message('approved %(what)s', what=facts.what)
    return Message('approved %(what)s without a statement', what=facts.what)


def _released(facts: _Facts) -> Message:
    words = Message('moved the campaign to release %(release)s',
                    release=facts.get('release'))
    touches = joined([str(t) for t in facts.get('touches') or ()])
    return Message('%(words)s, touching %(inputs)s', words=words,
                   inputs=touches) if touches else words


def _launched(facts: _Facts) -> Message:
    issues = [f'#{i.get("ticket")}' for i in facts.get('known_issues') or ()]
    if not issues:
        return Message('launched production')
    if len(issues) == 1:
        return Message('launched production with the known issue %(issue)s',
                       issue=issues[0])
    return Message('launched production with the known issues %(issues)s',
                   issues=joined(issues))


def _contacts_changed(facts: _Facts) -> Message:
    words = Message('changed who signs %(what)s', what=facts.what)
    kept = [name or Message('administrators')
            for name in facts.get('kept') or ()]
    return Message('%(words)s, keeping what %(people)s signed', words=words,
                   people=joined_logins(kept)) if kept else words


def _refused(facts: _Facts) -> Message:
    words = Message('was refused %(act)s %(what)s',
                    act=message_of(facts.payload, 'what'),
                    what=facts.what or facts.stage)
    reasons = _reasons(facts)
    return Message('%(words)s: %(reasons)s', words=words,
                   reasons=reasons) if reasons else words


def _passed(facts: _Facts) -> Message:
    tickets = joined([f'#{t}' for t in facts.get('tickets') or ()])
    return joined_by(' ', ['passed', *filter(None, [
        message_of(facts.payload, 'what'), facts.stage, tickets and Message(
            'with %(tickets)s', tickets=tickets)])])


def _reasons(facts: _Facts) -> str:
    """The reasons of a refusal, each without its full stop."""
    found = messages_of(facts.payload, 'reasons')
    return joined_by('; ', map(phrase, found))


def _restored(facts: _Facts) -> Message:
    if facts.get('because'):
        return Message('closed %(what)s, which is met: %(because)s',
                       what=facts.what,
                       because=message_of(facts.payload, 'because'))
    return Message('closed %(what)s again: its sign-off stands',
                   what=facts.what)


# Whoever did this gave a reason, or a statement, which is quoted.
WITH_REASON: dict[str, Callable[[_Facts], Message]] = {
    'created': _created,
    'removed': lambda f: Message('removed the campaign'),
    'approved': _approved,
    'rejected': lambda f: Message('rejected %(what)s', what=f.what),
    'reported': lambda f: Message('reported on %(what)s', what=f.what),
    'waived': lambda f: waived_words(f.get('waiver') or {}, f.what),
    'released': _released,
    'release-renamed': lambda f: Message(
        'followed release %(was)s to its new name %(release)s',
        was=f.get('was'), release=f.get('release')),
    'held': lambda f: Message('put the campaign on hold'),
    'resumed': lambda f: Message('resumed the campaign'),
    'launched': _launched,
    'closed': lambda f: Message('closed the campaign'),
    'abandoned': lambda f: Message('abandoned the campaign'),
    'tolerated': lambda f: Message(
        'declared %(what)s, open in stage %(stage)s, a known issue until '
        '%(until)s', what=f.what, stage=f.stage, until=f.day('until')),
    'toleration-ended': lambda f: Message(
        'tolerates %(what)s no more', what=f.what),
    'enforcement-changed': lambda f: Message(
        'changed enforcement to %(enforcement)s',
        enforcement=f.get('enforcement')),
    'rescheduled': lambda f: Message(
        'moved the start from %(was)s to %(start)s',
        was=f.day('was', Message('none')),
        start=f.day('start', Message('none'))),
    'contacts-changed': _contacts_changed,
    'deputy-named': lambda f: Message(
        'named %(person)s deputy of %(stands_for)s from %(first)s to '
        '%(last)s', person=f.get('person'), stands_for=f.get('stands_for'),
        first=f.day('first'), last=f.day('last')),
    'deputy-ended': lambda f: Message(
        'ended that %(person)s is deputy of %(stands_for)s',
        person=f.get('person'), stands_for=f.get('stands_for')),
    'withdrawn': lambda f: Message('withdrew the sign-off of %(what)s',
                                   what=f.what),
    'objected': lambda f: Message('objected to %(what)s', what=f.what),
    'reopening-refused': lambda f: Message(
        'wanted to reopen %(what)s after the launch, which they may not',
        what=f.what),
    'answered': lambda f: Message('answered the objection to %(what)s',
                                  what=f.what),
}


WITHOUT_REASON: dict[str, Callable[[_Facts], Message]] = {
    'ticket-turned-away': lambda f: Message(
        'was refused %(what)s in stage %(stage)s: %(reasons)s', what=f.what,
        stage=f.stage, reasons=_reasons(f) or Message('frozen')),
    'closed-unsigned': lambda f: Message(
        'closed %(what)s (%(resolution)s) without a sign-off', what=f.what,
        resolution=f.get('resolution', Message('no resolution'))),
    'reopened': lambda f: Message('reopened %(what)s', what=f.what),
    'moved-on': lambda f: Message(
        'moved %(what)s on to %(status)s, which leaves its sign-off',
        what=f.what, status=f.get('status')),
    'restored': _restored,
    'attachment-changed': lambda f: attachment_words(f.payload, f.what),
    'ticket-missing': lambda f: Message('deleted %(what)s', what=f.what),
    'ticket-replaced': lambda f: Message(
        'made %(what)s in place of a lost ticket', what=f.what),
    'ticket-moved': lambda f: Message(
        'moved %(what)s from %(old)s to %(new)s', what=f.what,
        old=f.get('from', Message('none')),
        new=f.get('to', Message('no milestone'))),
    'ticket-entered': lambda f: Message('opened %(what)s in stage %(stage)s',
                                        what=f.what, stage=f.stage),
    'ticket-noted': lambda f: Message(
        'opened %(what)s in stage %(stage)s after the launch, which does '
        'not stop production', what=f.what, stage=f.stage),
    'ticket-left': lambda f: Message(
        'closed or moved %(what)s, of stage %(stage)s', what=f.what,
        stage=f.stage),
    'stage-closed': lambda f: Message(
        'closed stage %(stage)s again: %(because)s', stage=f.stage,
        because=message_of(f.payload, 'because')) if 'because' in f.payload
    else Message('closed stage %(stage)s', stage=f.stage),
    'stage-reopened': lambda f: Message(
        'reopened stage %(stage)s: %(because)s', stage=f.stage,
        because=message_of(f.payload, 'because')),
    'stage-renamed': lambda f: Message(
        'renamed the milestone of stage %(stage)s to %(milestone)s',
        stage=f.stage, milestone=f.get('milestone')),
    'milestone-missing': lambda f: Message(
        'deleted the milestone of stage %(stage)s', stage=f.stage),
    'milestone-restored': lambda f: Message(
        'made the milestone of stage %(stage)s anew', stage=f.stage),
    'refused': _refused,
    'passed': _passed,
}

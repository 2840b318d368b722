"""Sign-off form: its fields become a SignOffRequest, its answer a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prodworkflow.api import EvidenceInput, SignOffRequest
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.domain.text import Message
from prodworkflow.translation import _, N_
from prodworkflow.web.forms import form_text

DONE = {Verdict.APPROVED: Message('Signed off'),
        Verdict.REPORTED: Message('Reported'),
        Verdict.REJECTED: Message('Rejected'),
        Verdict.WITHDRAWN: Message('Withdrawn'),
        Verdict.WAIVED: Message('Waived'),
        Verdict.OBJECTED: Message('Objected'),
        Verdict.ANSWERED: Message('Answered')}


ACTS = ('sign', 'report', 'reject', 'withdraw', 'object', 'answer')


# Kinds of fields of evidence and waivers, and what their labels add.
FIELDS = {'value': '%(name)s', 'link': '%(name)s',
          'plot': N_('%(name)s, new'),
          'reference': N_('%(name)s, reference'),
          'bound_min': N_('%(name)s, tolerable from'),
          'bound_max': N_('%(name)s, tolerable up to')}
LABELS = {'statement': N_('Statement'), 'reason': N_('Reason'),
          'until': N_('Until')}


BOUNDS = ('bound_min', 'bound_max')


def parse_verdict(word: str) -> Verdict:
    """The verdict of that name; InvalidRequest if there is none."""
    try:
        return Verdict(word)
    except ValueError:
        known = ', '.join(v.value for v in Verdict)
        raise InvalidRequest([('verdict',
                               Message(
                                   '"%(word)s" is no verdict; say one '
                                   'of %(known)s.',
                                   word=word[:64], known=known))]) from None


def signoff_request(args: Any, verdict: Verdict, statement: str = 'statement',
                    prefix: str = '') -> SignOffRequest:
    """The saying that a form's fields make.

    `args` are the request's; each field's name, but for the statement's,
    begins with `prefix`.
    """
    return SignOffRequest(
        verdict, form_text(args, statement), _evidence_input(args, prefix),
        _leave(args, prefix) if verdict is Verdict.WAIVED else None)


def _leave(args: Any, prefix: str) -> WaiverRequest:
    """The waiver that a form's fields ask for."""
    reason = form_text(args, f'{prefix}reason')
    least, most = (_bounds(args, prefix, end, reason)
                   for end in ('min', 'max'))
    return WaiverRequest(reason, form_text(args, f'{prefix}until'),
                         {name: (least.get(name, ''), most.get(name, ''))
                          for name in sorted({*least, *most})})


def _bounds(args: Any, prefix: str, end: str, reason: str) -> dict[str, str]:
    """The bounds at one end, by the names of values.

    What the form came with and nobody has touched says nothing where another
    reason is lifted than the one that has bounds.
    """
    found = _fields_named(args, f'{prefix}bound_{end}:')
    if reason == Reason.OUT_OF_BOUNDS.value:
        return found
    offered = _fields_named(args, f'{prefix}proposed_{end}:')
    return {name: text for name, text in found.items()
            if text != offered.get(name)}


def typed_without_field(typed: Mapping[str, str], requirement: Requirement,
                        offered: Mapping[str, Any]) -> dict[str, str]:
    """What was typed for fields that the form has no more, by their labels.

    `offered` says what the form offers now, as the sign-off box names it.
    """
    acts = any(offered[f'may_{each}'] for each in ACTS)
    able = offered['may_sign'] or offered['may_report']
    waives = typed.get('verdict') == Verdict.WAIVED.value
    titles = {value.name: value.title for value in requirement.asks.values}
    found = {'statement': not (offered['liftable'] if waives else acts),
             'reason': waives and not offered['liftable'],
             'until': waives and not offered['liftable']}
    lost = {_(LABELS[name]): typed.get(name, '')
            for name, gone in found.items() if gone}
    for name, text in typed.items():
        kind, _colon, evidence = name.partition(':')
        if kind in FIELDS and not (offered['liftable'] if kind in BOUNDS
                                   else able):
            lost[_(FIELDS[kind], name=titles.get(evidence, evidence))] = text
    return {label: text for label, text in lost.items() if text.strip()}


def _evidence_input(args: Any, prefix: str) -> EvidenceInput:
    """The evidence among a form's fields; empty fields say nothing."""
    plots = _fields_named(args, f'{prefix}plot:')
    references = _fields_named(args, f'{prefix}reference:')
    return EvidenceInput(
        _fields_named(args, f'{prefix}value:'),
        {name: (plots.get(name, ''), references.get(name, ''))
         for name in {**plots, **references}},
        _fields_named(args, f'{prefix}link:'))


def _fields_named(args: Any, prefix: str) -> dict[str, str]:
    return {key[len(prefix):]: form_text(args, key) for key in args
            if key.startswith(prefix) and form_text(args, key)}

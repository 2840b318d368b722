"""Answer filter: takes hidden tickets out of a visible requirement's answer.

An answer may name what it rests on, what it is compared with, and who signed
what it is separate from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.bases import Base
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.revisions.estimates import EstimateStep
from prodworkflow.domain.rules.revisions.evidence_changes import EvidenceChange
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility.hidden_words import (
    HIDDEN,
    HiddenWords,
    UNSEEN,
    WAITS,
)

_Step = TypeVar('_Step', EstimateStep, EvidenceChange)


OUT_OF_BOUNDS = Message('it does not fit an estimate that you may not see: '
                        'ask a holder of CAMPAIGN_ADMIN')


def shown_answer(answer: Answer, tickets: frozenset[int],
                 words: HiddenWords) -> Answer:
    """The answer as it is shown to whom these tickets are hidden."""
    return replace(
        answer, words=words.shown(answer.words, WAITS),
        lifts=tuple(replace(lift, words=words.shown(lift.words),
                            waiver=words.signoff(lift.waiver))
                    for lift in answer.lifts),
        evidence=tuple(_line(each, tickets, words)
                       for each in answer.evidence),
        bases=tuple(_base(each, tickets, words) for each in answer.bases))


def _line(line: EvidenceLine, tickets: frozenset[int],
          words: HiddenWords) -> EvidenceLine:
    """A line of evidence, without a hidden estimate and all drawn from it."""
    if line.other is None or line.other.ticket not in tickets:
        return replace(
            line, fault=words.shown(line.fault),
            series=tuple(_unmeasured(s, words) for s in line.series),
            changes=tuple(_unmeasured(c, words) for c in line.changes))
    return EvidenceLine(line.kind, line.name, line.title, line.asked,
                        line.given, fault=OUT_OF_BOUNDS if line.fault else '',
                        questions=line.questions)


def _unmeasured(step: _Step, words: HiddenWords) -> _Step:
    """A revision of an estimate without a measurement that is hidden."""
    return replace(step, after='') if words.mention(step.after) else step


def _base(base: Base, tickets: frozenset[int], words: HiddenWords) -> Base:
    """What it rests on; of a hidden one only whether it is met."""
    if len(base.members) == 1 and base.members[0].ticket in tickets:
        return replace(base, key='', name=UNSEEN, words='' if base.met
                       else WAITS, cause='' if base.met else HIDDEN)
    return replace(base, name=words.shown(base.name),
                   words=words.shown(base.words, WAITS),
                   cause=words.shown(base.cause))

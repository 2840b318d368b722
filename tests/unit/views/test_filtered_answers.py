"""An answer and a preview, field by field, as who may not see all is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import Evidence, ValueSpec
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.submission import SubmittedEvidence
from prodworkflow.domain.planning.releases.effect import (
    Fate,
    MovedRequirement,
    ReleaseEffect,
)
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.rules.answers import Answer, Lift, Reason
from prodworkflow.domain.rules.bases import Base
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.revisions.estimates import EstimateStep
from prodworkflow.domain.rules.revisions.evidence_changes import EvidenceChange
from prodworkflow.domain.rules.waivers import WaiverStatus
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility import (
    HiddenWords,
    shown_effect,
    StateFilter,
)
from prodworkflow.domain.views.visibility.answer_filter import (
    OUT_OF_BOUNDS,
    shown_answer,
)
from prodworkflow.domain.views.visibility.hidden_words import (
    HIDDEN,
    UNSEEN,
    WAITS,
)
from support.factories import requirement, signoff, state

WORDS = HiddenWords(frozenset({3}), frozenset({'100 TB'}), frozenset({'zoe'}))
SEEN, SECRET = (requirement(key) for key in ('runtime-performance',
                                             'resources-estimate'))
SIZE = ValueSpec('size', 'Size', 'TB')
GIVEN = SubmittedEvidence(Evidence('value', 'size', '7 TB', '7 TB'),
                          signoff(2, 'runtime-performance', 'reported'))
STEP = EstimateStep('5 TB', '4 TB', '100 TB', 'eve', 1, 'So.', 'V1', 3)
CHANGE = EvidenceChange('value', 'size', 'Size', '5 TB', '6 TB', 'eve',
                        after='100 TB')
LINE = EvidenceLine('value', 'size', 'Size', SIZE, GIVEN, SEEN, '5 TB',
                    '+40 %', 'beyond 100 TB', (STEP,), (CHANGE,))


def line(found):
    return shown_answer(Answer(SEEN, None, '', evidence=(found,)),
                        frozenset({3}), WORDS).evidence[0]


def base(found):
    return shown_answer(Answer(SEEN, None, '', bases=(found,)),
                        frozenset({3}), WORDS).bases[0]


def test_a_line_of_evidence_is_told_but_for_what_is_hidden():
    assert line(LINE) == replace(
        LINE, fault=HIDDEN, series=(replace(STEP, after=''),),
        changes=(replace(CHANGE, after=''),))


def test_a_measurement_that_may_be_told_is_told():
    open_ = replace(LINE, fault='beyond 9 TB',
                    series=(replace(STEP, after='8 TB'),),
                    changes=(replace(CHANGE, after='8 TB'),))
    assert line(open_) == open_


@pytest.mark.parametrize(('fault', 'told'), [
    ('beyond 9 TB', OUT_OF_BOUNDS), ('', '')])
def test_of_a_line_drawn_from_a_hidden_estimate_only_its_own_value_is_told(
        fault, told):
    assert line(replace(LINE, other=SECRET, fault=fault)) == EvidenceLine(
        'value', 'size', 'Size', SIZE, GIVEN, fault=told)


def test_questions_of_a_line_are_told_also_beside_a_hidden_estimate():
    asked = (Message('Is it so?'),)
    found = line(replace(LINE, other=SECRET, questions=asked))
    assert found.questions == asked


@pytest.mark.parametrize(('met', 'words', 'cause'), [
    (True, '', ''), (False, WAITS, HIDDEN)])
def test_of_a_hidden_base_only_is_told_whether_it_is_met(met, words, cause):
    found = Base(state(), 'resources-estimate', '#3 Resources', met,
                 'awaits zoe', 'awaits zoe', (SECRET,))
    assert base(found) == replace(found, key='', name=UNSEEN, words=words,
                                  cause=cause)


def test_a_base_of_several_is_told_without_what_is_hidden():
    found = Base(state(), 'sites', Message('Sites of 100 TB'), False,
                 'has 100 TB', 'for #3', (SEEN, SECRET), ('cnaf',))
    assert base(found) == replace(found, name=HIDDEN, words=WAITS,
                                  cause=HIDDEN)


def test_a_base_that_may_be_seen_is_told_as_it_is():
    found = Base(state(), 'software-quality', '#2 Software', False,
                 'awaits anna', 'awaits anna', (SEEN,))
    assert base(found) == found


def test_the_words_of_an_answer_wait_for_what_is_hidden():
    found = shown_answer(Answer(SEEN, None, 'rests on #3'), frozenset({3}),
                         WORDS)
    assert found.words == WAITS


def test_words_of_an_answer_that_may_be_told_are_told():
    found = Answer(SEEN, None, 'awaits anna')
    assert shown_answer(found, frozenset({3}), WORDS) == found


def test_a_lift_tells_nothing_of_what_is_hidden():
    waived = signoff(4, SEEN.key, 'waived', waiver=Waiver(
        'out-of-bounds', date(2026, 6, 30), (Bound('size', '', '100 TB'),)))
    lift = Lift(Reason.OUT_OF_BOUNDS, 'beyond 100 TB', waived)
    found = shown_answer(Answer(SEEN, None, '', lifts=(lift,)),
                         frozenset({3}), WORDS)
    assert found.lifts == (replace(lift, words=HIDDEN, waiver=replace(
        waived, waiver=replace(waived.waiver, bounds=(
            Bound('size', '', ''),)))),)


# A move to a release

STATE = state(requirements=[
    requirement('feature-freeze'), replace(SECRET, contacts=('zoe',)),
    replace(SEEN, contacts=('eve',))])
SHOWN = replace(STATE.stages[0], key='other')
FILTER = StateFilter(STATE, frozenset({3}), frozenset({STATE.stages[1].key}))


def moved(asked, why):
    return MovedRequirement(asked, Fate.AGAIN, why, True, False, asked.title)


def lapsing(asked):
    return WaiverStatus(asked, signoff(4, asked.key, 'waived'), 'it ended')


def test_the_effect_of_a_move_is_told_without_what_is_hidden():
    effect = ReleaseEffect(
        ReleaseRequest('V2', (), 'Built.'), 'V1',
        (moved(SEEN, 'rests on #3'), moved(SECRET, 'for V2'),
         moved(STATE.requirements[0], 'for V2')),
        (lapsing(SEEN), lapsing(SECRET)), (*STATE.stages[:2], SHOWN), True,
        ('@eve', '@zoe', 'zoe', 'zoe@', 'eve'))
    assert shown_effect(effect, FILTER) == replace(
        effect, moved=(moved(SEEN, HIDDEN),
                       moved(STATE.requirements[0], 'for V2')),
        waivers=(lapsing(SEEN),), stages=(STATE.stages[0], SHOWN),
        mail=('@eve', 'zoe@', 'eve'))

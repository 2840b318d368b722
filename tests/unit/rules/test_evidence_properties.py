"""No report, revision, replacement or order of them opens a gate.

What is true of approvals and evidence is worked out here from the operations
themselves, and compared with what the ledger and the rules make of them.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger import creation
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.rules.gates import decide
from support.factories import ASKED, entry, facts, requirement, snapshot, state

ESTIMATE, MEASURED = 'feature-freeze', 'software-quality'
SIZE = ValueSpec('size', 'Size', 'TB')
ASKS = {ESTIMATE: EvidenceSpec((SIZE,)),
        MEASURED: EvidenceSpec((replace(
            SIZE, compare_with=ESTIMATE, tolerance='+20 %'),), ('phi',))}
PEOPLE = ('anna', 'bruno')
TEXTS = ('10 TB', '11 TB', '13 TB')
# The estimate, and what is more than 20 % above it.
TOO_MUCH = ('10 TB', '13 TB')
BYTES = ('a' * 64, 'b' * 64)

values = st.tuples(st.sampled_from(['reported', 'approved']),
                   st.sampled_from(list(ASKS)), st.sampled_from(PEOPLE),
                   st.sampled_from(['', *TEXTS]))
plots = st.tuples(st.just('plot'), st.sampled_from(PEOPLE),
                  st.sampled_from(BYTES))
files = st.tuples(st.just('file'), st.sampled_from(['', *BYTES]))
stops = st.tuples(st.sampled_from(['rejected', 'withdrawn']),
                  st.sampled_from(list(ASKS)), st.sampled_from(PEOPLE))
# Both have signed both, so that there is something to lose.
SIGNED = [('approved', ESTIMATE, 'anna', '10 TB'),
          ('approved', ESTIMATE, 'bruno', ''), ('plot', 'anna', BYTES[0]),
          ('approved', MEASURED, 'anna', '11 TB'),
          ('approved', MEASURED, 'bruno', '')]
operations = st.builds(list.__add__, st.sampled_from([[], SIGNED]), st.lists(
    st.one_of(values, values, plots, files, stops), max_size=9))


def proof(kind, name, text, digest, reference=''):
    return {'kind': kind, 'name': name, 'text': text, 'digest': digest,
            'reference': reference,
            'reference_digest': 'c' * 64 if reference else ''}


def value(text):
    return [proof('value', 'size', text, f'digest of {text}')] if text else []


def written(operation):
    """The ledger entry of an operation."""
    verb, *more = operation
    if verb == 'file':
        return entry('attachment-changed', MEASURED, ticket=2,
                     attachment='phi.png', digest=more[0], was='')
    if verb == 'plot':
        return replace(entry(
            'reported', MEASURED, role='contact', statement='Measured.',
            evidence=[proof('plot', 'phi', 'phi.png', more[1], 'old.png')]),
            actor=more[0])
    key, person = more[:2]
    return replace(entry(verb, key, role='contact', statement='So.', seen=100,
                         evidence=value(more[2] if more[2:] else '')),
                   actor=person)


def planned():
    asked = [requirement(k, asks=ASKS[k], contacts=PEOPLE, quorum=2)
             if k in ASKS else requirement(k) for k in ASKED]
    return state((), asked)


def folded(done):
    """The state that a ledger of these operations leads to."""
    first = entry('created', **creation.plan_payload(planned()))
    sealed = [ledger.seal(None, first)]
    for each in done:
        sealed.append(ledger.seal(sealed[-1], written(each)))
    return ledger.fold(sealed)


def answers(found):
    """Whether each of the two is met, its ticket closed by signing."""
    closed = {k: facts(k, 'closed') for k in ASKED}
    decision = decide(snapshot(state=found, tickets=closed), 0)
    return {key: decision.answer(key) for key in ASKS}


class Facts:
    """What is true: who approved what, by the operations themselves."""

    def __init__(self, done):
        self.values = dict.fromkeys(ASKS, '')
        self.plot = self.file = ''
        self.approved = {key: [] for key in ASKS}
        for operation in done:
            self.follow(*operation)

    def follow(self, verb, *more):
        if verb == 'file':
            self.file = more[0] if self.plot else self.file
        elif verb == 'plot':
            self.plot = self.file = more[1]
        elif verb in ('rejected', 'withdrawn'):
            self.approved[more[0]] = []
        else:
            key, person, text = more
            self.values[key] = text or self.values[key]
            if verb == 'approved':
                self.approved[key].append((person, self.now(key)))

    def now(self, key):
        """The evidence of a requirement at this moment."""
        return (self.values[key], *((self.values[ESTIMATE], self.file)
                                    if key == MEASURED else ()))

    def met(self, key):
        """Whether both have approved exactly what there is."""
        people = {person for person, seen in self.approved[key]
                  if seen == self.now(key)}
        if people != set(PEOPLE) or not self.values[key]:
            return False
        return key == ESTIMATE or bool(
            self.plot and self.values[ESTIMATE] and (
                self.values[ESTIMATE], self.values[key]) != TOO_MUCH)


def test_what_both_signed_is_met():
    assert [a.met for a in answers(folded(SIGNED)).values()] == [True, True]


@given(operations)
def test_a_requirement_is_met_for_what_both_approved_and_for_nothing_else(
        done):
    true = Facts(done)
    for key, answer in answers(folded(done)).items():
        assert answer.met == true.met(key)


@given(operations, values)
def test_no_report_opens_what_the_facts_keep_shut(done, more):
    before, report = Facts(done), ('reported', *more[1:])
    was_met = {k: a.met for k, a in answers(folded(done)).items()}
    for key, answer in answers(folded([*done, report])).items():
        back = Facts([*done, report])
        assert answer.met <= (was_met[key] or back.met(key))
        if before.now(key) == back.now(key):
            assert answer.met == was_met[key]


@given(operations, st.integers(0, 13))
def test_a_missing_approval_never_opens_a_gate(done, place):
    fewer = [o for n, o in enumerate(done)
             if n != place or o[0] != 'approved' or o[3]]
    more = answers(folded(done))
    for key, answer in answers(folded(fewer)).items():
        assert answer.met <= more[key].met


@given(operations)
def test_evidence_that_is_put_back_makes_the_same_approvals_count(done):
    true = Facts(done)
    again = [*done, ('reported', MEASURED, 'anna', '11 TB'),
             ('file', 'd' * 64), ('file', true.file)]
    if true.values[MEASURED]:
        again.append(('reported', MEASURED, 'anna', true.values[MEASURED]))
        assert ([a.met for a in answers(folded(done)).values()]
                == [a.met for a in answers(folded(again)).values()])


@given(operations)
def test_former_entries_fold_to_the_same_approvals(done):
    """Entries that name their basis, and those of before, agree."""
    found = folded(done)
    named = {s.number: s.basis for s in found.signoffs}
    first = entry('created', **creation.plan_payload(planned()))
    sealed = [ledger.seal(None, first)]
    for number, each in enumerate(done, 2):
        one = written(each)
        if named.get(number) is not None:
            one = replace(one, payload={**one.payload,
                                        'basis': dict(named[number])})
        sealed.append(ledger.seal(sealed[-1], one))
    assert differences(found, ledger.fold(sealed)) == []

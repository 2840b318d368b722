"""The decision of a campaign of which something is assumed: the what-if.

Each assumption is folded like an entry of the ledger, and tickets follow it
as the rules have it.  Nothing is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.bases import basis_of
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.assumptions.signers import (
    assumed_signers,
    AssumedSigner,
    STOPPER,
)
from prodworkflow.domain.views.moments.followed_tickets import followed

# Behind all entries that a ledger will have.
FIRST = 10 ** 12


def assumed(decision: Decision, said: Mapping[str, Verdict]) -> Decision:
    """The decision if these verdicts were given, by keys of requirements.

    `approved` is by as many of those who can still help as the quorum lacks;
    what others rest on is approved before them.  KeyError for a key that is
    not there.
    """
    state = decision.snapshot.state
    touched = {r.key for r in state.requirements
               if r.key in said or not _below(state, r.key).isdisjoint(said)}
    for keys in _layers(state, said):
        state = decision.snapshot.state
        for key in keys:
            state = _said(decision, state, key, said[key])
        decision = decide(followed(
            replace(decision.snapshot, state=state), touched,
            decision.asked), decision.asked)
    return decision


def _said(decision: Decision, state: State, key: str,
          verdict: Verdict) -> State:
    """The state with a verdict, on what the decision knows of its bases."""
    requirement = state.requirement(key)
    rests = basis_of(decision.answer(key).bases)
    signers: Iterable[AssumedSigner] = (
        assumed_signers(requirement, state, decision.asked)
        if verdict is Verdict.APPROVED else [STOPPER])
    for number, signer in enumerate(signers, FIRST + len(state.signoffs)):
        state = apply(state, _entry(requirement, state, verdict, signer,
                                    number, decision.asked, rests))
    return state


def _entry(requirement: Requirement, state: State, verdict: Verdict,
           signer: AssumedSigner, number: int, now: int,
           rests: Mapping[str, str]) -> Entry:
    return Entry(0, number, now, signer.name, verdict.value, requirement.key,
                 state.campaign.release, {
                     'role': signer.role.value, 'contact': signer.contact,
                     'statement': '', 'persons': [signer.name],
                     **({'rests': dict(rests)} if rests else {})}, '', '')


def _layers(state: State, keys: Iterable[str]) -> list[list[str]]:
    """The keys in layers: what others of them rest on comes before those."""
    left, found = list(keys), []
    while left:
        layer = [k for k in left if _below(state, k).isdisjoint(left)]
        found.append(layer or left)
        left = [k for k in left if k not in found[-1]]
    return found


def _below(state: State, key: str) -> set[str]:
    """The keys of all that a requirement rests on, in however many steps.

    Without itself, also where it does.
    """
    found: set[str] = set()
    open_ = [key]
    while open_:
        for base in state.by_key[open_.pop()].rests_on:
            members = state.keys_by_group.get(base, [base])
            new = {k for k in members if k in state.by_key} - found
            found |= new
            open_ += new
    return found - {key}

"""Events of gates: those that are not as they were told last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prodworkflow.domain.events.event import CampaignEvent, EventType, LAUNCH
from prodworkflow.domain.events.lines import plain_words
from prodworkflow.domain.rules.decision import Decision, Gate
from prodworkflow.domain.text import Message, some


def open_gates(decision: Decision) -> dict[str, bool]:
    """Whether each gate is open, by its stage's key; '' for the launch."""
    return {key: gate.open for key, gate in _gates(decision)}


def gate_events(decision: Decision,
                told: Mapping[str, bool]) -> Iterator[CampaignEvent]:
    """Which gates have opened or shut since it was told; '' is the launch.

    A gate of which nothing was told was shut.
    """
    for key, gate in _gates(decision):
        if gate.open is not told.get(key, False):
            yield (_opened if gate.open else _shut)(decision, key, gate)


def _gates(decision: Decision) -> Iterator[tuple[str, Gate]]:
    for gate in decision.gates:
        yield gate.stage.key, gate
    yield '', decision.launch


def _opened(decision: Decision, key: str, gate: Gate) -> CampaignEvent:
    name = decision.snapshot.state.campaign.name
    return CampaignEvent(
        EventType.GATE_OPENED,
        Message('%(campaign)s: the gate of stage %(stage)s is open.',
                campaign=name, stage=gate.stage.label) if key else
        Message('%(campaign)s: the launch gate is open.', campaign=name),
        key or LAUNCH, facts=_facts(decision, key, gate))


def _shut(decision: Decision, key: str, gate: Gate) -> CampaignEvent:
    name, why = decision.snapshot.state.campaign.name, some(gate.reasons())
    return CampaignEvent(
        EventType.GATE_SHUT,
        Message('%(campaign)s: the gate of stage %(stage)s is shut: '
                '%(reasons)s.', campaign=name, stage=gate.stage.label,
                reasons=why) if key else
        Message('%(campaign)s: the launch gate is shut: %(reasons)s.',
                campaign=name, reasons=why),
        key or LAUNCH, facts=_facts(decision, key, gate))


def _facts(decision: Decision, key: str, gate: Gate) -> dict[str, object]:
    return {'gate': 'stage' if key else LAUNCH, 'stage': key or None,
            'open': gate.open, 'passes': decision.passes(gate),
            'reasons': plain_words(gate.reasons())}

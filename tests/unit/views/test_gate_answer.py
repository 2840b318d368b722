"""The gate's answer: of one item, and of an earlier moment."""

from __future__ import annotations

from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.gate_answer import GateAnswer
from prodworkflow.domain.views.readiness import readiness
from support.factories import snapshot

TOLD = readiness(decide(snapshot(), 10**12))


def test_plain_answer_is_that_of_the_campaign():
    found = GateAnswer(TOLD)
    assert found.passes is False
    assert found.as_dict() == TOLD.as_dict()
    assert found.as_text() == TOLD.as_text()


def test_item_and_moment_are_told():
    found = GateAnswer(TOLD, Item('ral', 'RAL'), 1781049600 * 10**6)
    assert found.as_dict()['item'] == {'key': 'ral', 'name': 'RAL'}
    assert found.as_dict()['at'] == '2026-06-10T00:00:00+00:00'
    assert found.as_text().splitlines()[:2] == [
        'Of RAL alone:', 'As it was at 2026-06-10T00:00:00+00:00:']

"""Due days of a plan: of stages, of requirements, and which are past."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.planning.plan import sketch
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.signers import SiteFacts
from prodworkflow.domain.template.parser import parse
from prodworkflow.domain.views.creation.due_days import (
    DueDay,
    own_due,
    stage_due,
)

TEMPLATE = parse('''
title = "T"
[[stage]]
key = "one"
title = "One"
due = 5
[[stage.requirement]]
key = "own"
title = "Own"
due = 8
[[stage.requirement]]
key = "stage-s"
title = "The stage's"
''')


@pytest.mark.parametrize(('start', 'stage', 'own'), [
    pytest.param('', DueDay(None, 5), DueDay(None, 8), id='no start'),
    pytest.param('2026-06-30', DueDay(date(2026, 6, 25), 5),
                 DueDay(date(2026, 6, 22), 8), id='none is past'),
    pytest.param('2026-06-25', DueDay(date(2026, 6, 20), 5),
                 DueDay(date(2026, 6, 17), 8, 'past: 3 days ago'),
                 id='the stage is due today'),
    pytest.param('2026-06-26', DueDay(date(2026, 6, 21), 5),
                 DueDay(date(2026, 6, 18), 8, 'past: 2 days ago'),
                 id='its own is past'),
    pytest.param('2026-06-24', DueDay(date(2026, 6, 19), 5,
                                      'past: yesterday'),
                 DueDay(date(2026, 6, 16), 8, 'past: 4 days ago'),
                 id='both are past'),
])
def test_due_days_that_are_past_say_how_long_ago(start, stage, own):
    plan = sketch(CampaignRequest('X', 't', start=start), TEMPLATE,
                  SiteFacts((), today=date(2026, 6, 20))).plan
    first, second = plan.parts('one')
    assert stage_due(plan, plan.state.stages[0]) == stage
    assert own_due(plan, first) == own
    assert own_due(plan, second) is None

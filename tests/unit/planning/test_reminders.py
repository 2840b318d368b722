"""When signers are reminded, as the preview of a campaign says it."""

from __future__ import annotations

import pytest

from prodworkflow.domain.planning.reminders import reminder_words


@pytest.mark.parametrize(('days', 'words'), [
    ((7, 2, 0, -3), 'Who is to sign is reminded 7 and 2 days before a due '
     'day, on the due day and 3 days after it.'),
    ((-3, 2, -1, 7), 'Who is to sign is reminded 7 and 2 days before a due '
     'day and 1 and 3 days after it.'),
    ((1,), 'Who is to sign is reminded 1 day before a due day.'),
    ((0,), 'Who is to sign is reminded on the due day.'),
    ((-1,), 'Who is to sign is reminded 1 day after a due day.'),
    ((), 'Nobody is reminded of what is due.')])
def test_days_of_reminders_in_a_sentence(days, words):
    assert reminder_words(days) == words

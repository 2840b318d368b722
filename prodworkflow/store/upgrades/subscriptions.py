"""Subscriptions of 0.4.0: what people chose holds for each kind by itself."""

from __future__ import annotations

from typing import Any

FORMER = 'CampaignNotification'
# Of what it told: reopened stages, holds, what nobody can sign, and what
# others find after the launch.
PRESENT = ('CampaignGateSubscriber', 'CampaignRunningSubscriber',
           'CampaignNobodySubscriber', 'CampaignUpstreamSubscriber')


def split_subscriptions(cursor: Any) -> None:
    """Put in the place of each rule of 0.4.0 one for each of its kinds."""
    cursor.execute('SELECT id, sid, authenticated, distributor, priority '
                   'FROM notify_subscription WHERE class=%s '
                   'ORDER BY priority DESC', (FORMER,))
    for number, *whose, priority in list(cursor.fetchall()):
        cursor.execute(
            'UPDATE notify_subscription SET priority=priority+%s '
            'WHERE sid=%s AND authenticated=%s AND distributor=%s '
            'AND priority>%s', (len(PRESENT) - 1, *whose, priority))
        for place, name in enumerate(PRESENT[1:], priority + 1):
            cursor.execute(
                'INSERT INTO notify_subscription (time, changetime, class, '
                'sid, authenticated, distributor, format, priority, adverb) '
                'SELECT time, changetime, %s, sid, authenticated, '
                'distributor, format, %s, adverb '
                'FROM notify_subscription WHERE id=%s', (name, place, number))
        cursor.execute('UPDATE notify_subscription SET class=%s WHERE id=%s',
                       (PRESENT[0], number))

"""Words of sites: types, priorities, resolutions and components."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from trac.ticket.api import TicketSystem
from trac.ticket.model import Component


def listed(words):
    """Words, or logins, as they are written in one field of a form."""
    line = io.StringIO()
    csv.writer(line).writerow(words)
    return line.getvalue().strip()


@dataclass(frozen=True)
class Words:
    """The words of each kind, in their order, and the site's defaults."""

    type: tuple
    priority: tuple
    resolution: tuple
    component: tuple = ('component1', 'component2')
    defaults: tuple = ()

    @property
    def freeze(self):
        """What a freeze may let in here: by the form, types and a priority.

        Nothing where the site has the words that templates usually have.
        """
        if {'defect', 'critical'} <= {*self.type, *self.priority}:
            return ()
        return (('freeze-types', listed(self.type[:1])),
                ('freeze-priority', self.priority[0]))

    @property
    def approving(self):
        """The word that approves where the template names none."""
        return 'fixed' if 'fixed' in self.resolution else dict(
            self.defaults)['default_resolution']


TYPES = ('defect', 'enhancement', 'task')
PRIORITIES = ('blocker', 'critical', 'major', 'minor', 'trivial')
RESOLUTIONS = ('fixed', 'invalid', 'wontfix', 'duplicate', 'worksforme')
WORDS = {
    'trac': Words(TYPES, PRIORITIES, RESOLUTIONS),
    'priorities': Words(
        TYPES, ('High', 'Normal', 'Low', 'Not set'), RESOLUTIONS, ('ports',),
        (('default_priority', 'Normal'), ('default_component', 'ports'))),
    'german': Words(
        ('Fehler', 'Wunsch', 'Aufgabe'), ('hoch', 'mittel', 'niedrig'),
        ('erledigt', 'abgelehnt', 'doppelt'), ('Rekonstruktion & Physik',),
        (('default_type', 'Aufgabe'), ('default_priority', 'mittel'),
         ('default_resolution', 'erledigt'),
         ('default_component', 'Rekonstruktion & Physik'))),
    'done': Words(
        ('bug', 'task'), ('P1', 'P2', 'P3'), ("won't do", 'done'),
        (), (('default_type', 'bug'), ('default_priority', 'P2'),
             ('default_resolution', 'done'), ('default_component', ''))),
    'few': Words(
        ('ticket',), ('normal',), ('fixed',), (),
        (('default_type', 'ticket'), ('default_priority', 'normal'),
         ('default_component', ''))),
    'odd': Words(
        ('défaut, grave', '改善'), ('1 – now', '2 – "soon"', '3; later'),
        ('réglé', 'a/b = c'), ('L1, L2; trigger',),
        (('default_type', '改善'), ('default_priority', '2 – "soon"'),
         ('default_resolution', 'réglé'),
         ('default_component', 'L1, L2; trigger'))),
}


def use_words(env, name):
    """Let a site have these words in place of Trac's."""
    words = WORDS[name]
    with env.db_transaction as db:
        for kind in ('type', 'priority', 'resolution'):
            stored = 'ticket_type' if kind == 'type' else kind
            db("DELETE FROM enum WHERE type=%s", (stored,))
            db.executemany(
                "INSERT INTO enum (type, name, value) VALUES (%s, %s, %s)",
                [(stored, word, str(place))
                 for place, word in enumerate(getattr(words, kind), 1)])
        db("DELETE FROM component")
        for each in words.component:
            component = Component(env)
            component.name = each
            component.insert()
    TicketSystem(env).reset_ticket_fields()
    for option, word in words.defaults:
        env.config.set('ticket', option, word)

"""Ticket fields: validation against the types, priorities … of the site."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.planning.signers import SHOWN, SiteFacts
from prodworkflow.domain.planning.site_words import CHOSEN
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.text import joined, Message, suggest

TICKET_FIELDS = (*CHOSEN, 'keywords')
UNCHECKED = ('description', *CHOSEN)


def field_problems(drafts: Iterable[Expanded],
                   known: SiteFacts) -> list[tuple[str, str]]:
    """Validate the fields of the tickets to be made.

    Not what Trac chooses words for where it lacks them: see `site_words`.
    """
    return list(dict.fromkeys(
        ('template', Message('%(key)s: %(words)s', words=words,
                             key=d.requirement.group or d.requirement.key))
        for d in drafts for name, text in d.words.items()
        for words in [_misfit(name, text, known)] if words))


def _misfit(name: str, text: str, known: SiteFacts) -> str:
    """Why a ticket field cannot have a value; '' if it can."""
    if name in UNCHECKED or known.fields is None:
        return ''
    if name not in known.fields:
        there = [f for f in known.fields if f not in TICKET_FIELDS]
        return Message('Trac has no custom ticket field "%(name)s".'
                       '%(suggestion)s It has %(fields)s.',
                       name=name[:SHOWN], suggestion=suggest(name, there),
                       fields=joined(there) or Message('none'))
    options = known.fields[name]
    if options is None or text in options:
        return ''
    return Message('"%(text)s" is no %(name)s that Trac knows.%(suggestion)s '
                   'It has %(options)s.', text=text[:SHOWN], name=name,
                   suggestion=suggest(text, options),
                   options=joined([o for o in options if o][:20]))

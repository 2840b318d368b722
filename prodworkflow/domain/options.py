"""Options of `[prodworkflow]` in trac.ini: their values, and what is wrong.

A value that cannot be read is told, and never opens anything: an unknown
enforcement is the strictest, unreadable days are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.text import joined, Message, SHOWN, suggest

SECTION = 'prodworkflow'
TEMPLATE = 'path-to-production'
WAIVER_DAYS, DAYS_MAX = 90, 3650
ESCALATE_DAYS, ESCALATE_MAX = 14, 366
OF_REMINDERS = ('quiet_days', 'escalate_days')
WEEK = ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')
ON = ('yes', 'true', 'enabled', 'on', '1')
OFF = ('no', 'false', 'disabled', 'off', '0')
_DAYS = re.compile('[0-9]{1,4}')


def switch(text: str) -> bool:
    """Whether something is on; what is empty or cannot be read is."""
    return text.strip().lower() not in OFF


def waiver_days(text: str) -> int:
    """The days of the longest waiver where a template says nothing.

    0 for none at all, also of what cannot be read.
    """
    if not text.strip():
        return WAIVER_DAYS
    days = int(text) if _DAYS.fullmatch(text.strip()) else 0
    return days if days <= DAYS_MAX else 0


def quiet_days(text: str) -> frozenset[int]:
    """The days of the week, 0 for Monday, on which no reminders are sent.

    A word that is no day stands for none.
    """
    return frozenset(WEEK.index(word) for word in _words(text)
                     if word in WEEK)


def escalate_days(text: str) -> int:
    """After how many days overdue administrators are told; 0 for never.

    The usual number where it cannot be read.
    """
    days = int(text) if _DAYS.fullmatch(text.strip()) else ESCALATE_DAYS
    return days if days <= ESCALATE_MAX else ESCALATE_DAYS


def _words(text: str) -> list[str]:
    return [word.strip().lower() for word in text.split(',') if word.strip()]


def enforcement(text: str) -> str:
    """The enforcement that is proposed for new campaigns."""
    word = text.strip()
    if not word:
        return Enforcement.STANDARD.value
    return (word if word in [e.value for e in Enforcement]
            else Enforcement.STRICT.value)


def address(text: str) -> str:
    """A whole address without a slash at its end; '' for anything else."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ''
    whole = parts.scheme in ('http', 'https') and parts.netloc
    return text.strip().rstrip('/') if whole else ''


def problems(given: Mapping[str, str],
             known: Iterable[str]) -> Iterator[Message]:
    """What is wrong with the options that are given, with a remedy each.

    `known` are the names of all options that there are.
    """
    names = sorted(known)
    for name, text in given.items():
        if name not in names:
            yield Message(
                '[%(section)s] %(name)s is no option; there is %(names)s.'
                '%(suggestion)s', section=SECTION, name=name[:SHOWN],
                names=joined(names), suggestion=suggest(name, names))
        elif name in WRONG and text.strip():
            remedy = WRONG[name](text)
            if remedy:
                yield Message('[%(section)s] %(name)s = %(text)s: %(remedy)s',
                              section=SECTION, name=name, text=text[:SHOWN],
                              remedy=remedy)


def unknown_template(name: str, offered: Iterable[str]) -> Message:
    """What is wrong where the default template is not offered."""
    return Message(
        '[%(section)s] default_template = %(name)s: no template has that '
        'name; write one of %(offered)s, or take the option out.',
        section=SECTION, name=name[:SHOWN], offered=joined(list(offered),
                                                           'or'))


def unknown_statuses(unknown: Iterable[str],
                     known: Iterable[str]) -> Message:
    """What is wrong where tickets can never have a status that is named."""
    return Message(
        '[%(section)s] done_statuses: no workflow has %(unknown)s, so that '
        'counts for nothing; write statuses such as %(known)s.',
        section=SECTION, unknown=joined(sorted(unknown), 'or'),
        known=joined(sorted(known), 'or'))


def _wrong_switch(text: str) -> str:
    return '' if text.strip().lower() in (*ON, *OFF) else Message(
        'neither on nor off; write enabled or disabled. Until then it is '
        'enabled.')


def _wrong_days(text: str) -> str:
    return '' if waiver_days(text) or text.strip() == '0' else Message(
        'no number of days from 0 to %(most)s; write one such as %(days)s. '
        'Until then no waiver is given where a template does not say for how '
        'long.', most=DAYS_MAX, days=WAIVER_DAYS)


def _wrong_quiet_days(text: str) -> str:
    unknown = [word for word in _words(text) if word not in WEEK]
    return Message(
        '%(words)s is no day of the week; write %(days)s, separated by '
        'commas. Until then reminders are sent on it.',
        words=f'"{unknown[0][:SHOWN]}"',
        days=joined(WEEK, 'or')) if unknown else ''


def _wrong_escalation(text: str) -> str:
    stripped = text.strip()
    return '' if _DAYS.fullmatch(stripped) and (
        int(stripped) <= ESCALATE_MAX) else Message(
        'no number of days from 0 to %(most)s; write one such as %(days)s. '
        'Until then it is %(days)s.', most=ESCALATE_MAX, days=ESCALATE_DAYS)


def _wrong_enforcement(text: str) -> str:
    words = [e.value for e in Enforcement]
    return '' if text.strip() in words else Message(
        'no enforcement; write %(words)s. Until then %(strict)s is proposed.',
        words=joined(words, 'or'), strict=Enforcement.STRICT.value)


def _wrong_address(text: str) -> str:
    return '' if address(text) else Message(
        'no whole address; write one such as '
        'https://trac.example.org/production. Until then that of Trac is '
        'taken.')


WRONG: dict[str, Callable[[str], str]] = {
    'default_enforcement': _wrong_enforcement,
    'waiver_days': _wrong_days,
    'quiet_days': _wrong_quiet_days,
    'escalate_days': _wrong_escalation,
    'roadmap_panel': _wrong_switch,
    'forecast': _wrong_switch,
    'pictures_base': _wrong_address,
}

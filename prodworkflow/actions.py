"""Reads what a form says of a requirement."""

from __future__ import annotations

from .api import Saying, Typed, Unfit, Verdict
from .waiving import Leave

STATEMENT_MAX = 10000
DONE = {Verdict.APPROVED: 'Signed off', Verdict.REPORTED: 'Reported',
        Verdict.REJECTED: 'Rejected', Verdict.WITHDRAWN: 'Withdrawn',
        Verdict.WAIVED: 'Waived'}


def saying_of(args, statement='statement', prefix=''):
    """The saying that a form's fields make; Unfit for an unknown verdict.

    `args` are the request's; each field's name begins with `prefix`.
    """
    word = args.get(f'{prefix}verdict') or Verdict.APPROVED.value
    try:
        verdict = Verdict(word)
    except ValueError:
        known = ', '.join(v.value for v in Verdict)
        raise Unfit([('verdict', f'"{word[:64]}" is no verdict; say one of '
                      f'{known}.')]) from None
    leave = None
    if verdict is Verdict.WAIVED:
        names = {*_named(args, f'{prefix}bound_min:'),
                 *_named(args, f'{prefix}bound_max:')}
        leave = Leave(args.get(f'{prefix}reason', ''),
                      args.get(f'{prefix}until', ''),
                      {name: (args.get(f'{prefix}bound_min:{name}', ''),
                              args.get(f'{prefix}bound_max:{name}', ''))
                       for name in sorted(names)})
    return Saying(verdict,
                  args.get(statement, '').strip()[:STATEMENT_MAX],
                  _typed(args, prefix), leave)


def _typed(args, prefix):
    """The evidence among a form's fields; empty fields say nothing."""
    plots = {*_named(args, f'{prefix}plot:'),
             *_named(args, f'{prefix}reference:')}
    return Typed(
        _named(args, f'{prefix}value:'),
        {name: (args.get(f'{prefix}plot:{name}', ''),
                args.get(f'{prefix}reference:{name}', ''))
         for name in plots},
        _named(args, f'{prefix}link:'))


def _named(args, prefix):
    return {key[len(prefix):]: args.get(key) for key in args
            if key.startswith(prefix) and args.get(key).strip()}

#!/usr/bin/env python3
"""Puts a campaign on hold when too many jobs fail; it never resumes one.

By cron, with how many may fail:

    condor_history -json -constraint 'Campaign == "2011 Prod"' |
        hold_on_failures.py --campaign '2011 Prod' --most 20
    hold_on_failures.py --campaign '2011 Prod' --most 20 --failed 31 --of 5000

Held, removed and killed jobs have failed, and those with an exit code; jobs
that wait or run are not counted.  The environment has PRODWORKFLOW_URL, and
PRODWORKFLOW_TOKEN with the scopes hold and gate:read, or a file of mode 600
with it, PRODWORKFLOW_TOKEN_FILE.

Exits 0 if no more than that failed, 1 if the campaign is on hold now, and 2
if the jobs could not be counted, or the campaign not be held.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from machine import ask, exit_code, key, quoted, Trouble

UNEXPANDED, REMOVED, COMPLETED, HELD, SUSPENDED = 0, 3, 4, 5, 7
OK, CREATED, CONFLICT = 200, 201, 409
HELD_NOW = 1


def main(arguments: list[str]) -> int:
    """Count, and hold if there are too many; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        failed, total = (_of(asked) if asked.failed is not None
                         else counted(sys.stdin.buffer.read()))
        told = f'{failed} of {total} jobs failed; {asked.most} may'
        if failed <= asked.most:
            print(f'{told}.')
            return 0
        trac = os.environ.get('PRODWORKFLOW_URL', '').rstrip('/')
        if not trac:
            raise Trouble('Set PRODWORKFLOW_URL to the address of the Trac.')
        hold(trac, asked.campaign, f'{told} (told by a robot).')
    except Trouble as error:
        print(f'hold_on_failures: {error}', file=sys.stderr)
        return 2
    print(f'{told}: {asked.campaign} is on hold.')
    return HELD_NOW


def counted(content: bytes) -> tuple[int, int]:
    """How many jobs failed, of how many that ended; Trouble if in doubt."""
    try:
        jobs = json.loads(content)
        if not isinstance(jobs, list):
            raise TypeError
        ended = [_failed(job) for job in jobs]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Trouble('This is not what condor_history -json writes.'
                      ) from error
    told = [failed for failed in ended if failed is not None]
    return sum(told), len(told)


def _failed(job: dict[str, Any]) -> bool | None:
    """Whether a job failed; None if it has not ended, TypeError if unknown.
    """
    status, code = job.get('JobStatus'), job.get('ExitCode')
    if type(status) is not int or not UNEXPANDED <= status <= SUSPENDED:
        raise TypeError
    if status in (REMOVED, HELD):
        return True
    if status != COMPLETED:
        return None
    return bool(job.get('ExitBySignal')) or type(code) is not int or code != 0


def hold(trac: str, campaign: str, because: str) -> None:
    """Put a campaign on hold; Trouble if it is not then."""
    address = f'{trac}/campaign/api/v1/campaigns/{quoted(campaign)}/hold'
    headers = {'Authorization': f'Bearer {key("PRODWORKFLOW_TOKEN")}'}
    answer = ask(address, headers, {'reason': because})
    if answer.status in (CREATED, CONFLICT) and (
            answer.member('held') or is_held(address, headers)):
        return
    raise Trouble(f'{campaign} could not be held ({answer.status}): '
                  f'{answer.member("detail") or answer.text[:200]}')


def is_held(address: str, headers: dict[str, str]) -> bool:
    """Whether it is on hold already; a token tells only with gate:read."""
    answer = ask(address, headers)
    return answer.status == OK and bool(answer.member('held'))


def _of(asked: argparse.Namespace) -> tuple[int, int]:
    """The numbers that were given; Trouble if they make no sense."""
    if asked.of is None or not 0 <= asked.failed <= asked.of:
        raise Trouble('Give --failed and --of, no more failed than there are.')
    return asked.failed, asked.of


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description='Puts a campaign on hold when too many jobs fail.')
    parser.add_argument('--campaign', required=True)
    parser.add_argument('--most', type=int, required=True,
                        help='how many jobs may fail')
    parser.add_argument('--failed', type=int,
                        help='how many did; by default they are counted in '
                             'the output of condor_history -json on standard '
                             'input')
    parser.add_argument('--of', type=int, help='of how many jobs')
    return parser


if __name__ == '__main__':
    sys.exit(exit_code(main))

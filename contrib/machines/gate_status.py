#!/usr/bin/env python3
"""Posts what a campaign's gate says as status of a commit.

To GitLab, or to GitHub with --github:

    gate_status.py --campaign '2011 Prod' --gitlab https://gitlab.example.org
        --project group/name --commit SHA
    gate_status.py --campaign '2011 Prod' --github https://api.github.com
        --project owner/name --commit SHA

The environment has PRODWORKFLOW_URL, and PRODWORKFLOW_TOKEN with the scope
gate:read; GITLAB_TOKEN with the scope api, or GITHUB_TOKEN that may write
statuses.  Each may be in a file of mode 600 instead: GITLAB_TOKEN_FILE.

A gate that cannot be asked is posted as failed.  Exits 0 if the status was
posted, whatever it is, and 2 if not.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass

from machine import Answer, ask, exit_code, key, quoted, Trouble

OPEN, SHUT = 200, 409
# GitHub takes no more, GitLab 255.
WORDS_MAX = 140


@dataclass(frozen=True)
class Status:
    """What a commit is told of a gate: `state` success, failure or error."""

    state: str
    words: str
    target: str
    name: str


def main(arguments: list[str]) -> int:
    """Ask and post; the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        trac = os.environ.get('PRODWORKFLOW_URL', '').rstrip('/')
        if not trac:
            raise Trouble('Set PRODWORKFLOW_URL to the address of the Trac.')
        status = status_of(trac, asked)
        answer = (to_gitlab if asked.gitlab else to_github)(asked, status)
        if answer.status not in (OPEN, 201):
            raise Trouble(f'The status was refused ({answer.status}): '
                          f'{answer.text[:500]}')
    except Trouble as error:
        print(f'gate_status: {error}', file=sys.stderr)
        return 2
    print(f'{status.name}: {status.state}, {status.words}')
    return 0


def status_of(trac: str, asked: argparse.Namespace) -> Status:
    """What the gate says; a gate that does not answer is an error."""
    page = f'{trac}/campaign/{quoted(asked.campaign)}'
    words = [f'{word}={quoted(value)}' for word, value in (
        ('stage', asked.stage), ('item', asked.item)) if value]
    name = ' '.join(['gate', asked.campaign,
                     *(each for each in (asked.stage, asked.item) if each)])
    address = f'{page}/gate' + ('?' + '&'.join(words) if words else '')
    try:
        answer = ask(address, {
            'Authorization': f'Bearer {key("PRODWORKFLOW_TOKEN")}'})
    except Trouble as error:
        return Status('error', _short(f'{error}'), page, name)
    told = answer.member('verdict')
    if answer.status == OPEN and answer.member('passes') is True:
        return Status('success', _short(told), page, name)
    if answer.status == SHUT and answer.member('passes') is False:
        return Status('failure', _short(told), page, name)
    return Status('error', _short(
        f'The gate could not be asked: {answer.status} '
        f'{answer.member("detail") or ""}'), page, name)


def to_gitlab(asked: argparse.Namespace, status: Status) -> Answer:
    """Post it to GitLab, which knows no error."""
    return ask(
        f'{asked.gitlab.rstrip("/")}/api/v4/projects/{quoted(asked.project)}'
        f'/statuses/{quoted(asked.commit)}',
        {'PRIVATE-TOKEN': key('GITLAB_TOKEN')},
        {'state': 'success' if status.state == 'success' else 'failed',
         'name': status.name, 'target_url': status.target,
         'description': status.words})


def to_github(asked: argparse.Namespace, status: Status) -> Answer:
    """Post it to GitHub."""
    return ask(
        f'{asked.github.rstrip("/")}/repos/{asked.project}/statuses/'
        f'{quoted(asked.commit)}',
        {'Authorization': f'Bearer {key("GITHUB_TOKEN")}',
         'Accept': 'application/vnd.github+json',
         'User-Agent': 'prodworkflow', 'X-GitHub-Api-Version': '2022-11-28'},
        {'state': status.state, 'context': status.name,
         'target_url': status.target, 'description': status.words})


def _short(words: object) -> str:
    text = ' '.join(str(words or '').split())
    return text if len(text) <= WORDS_MAX else text[:WORDS_MAX - 1] + '…'


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Posts a campaign's gate as status of a commit.")
    parser.add_argument('--campaign', required=True)
    parser.add_argument('--stage', default='', help='its key or number')
    parser.add_argument('--item', default='', help='such as a site')
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument('--gitlab', metavar='URL', default='')
    place.add_argument('--github', metavar='URL', default='')
    parser.add_argument('--project', required=True,
                        help='number or path; owner/name on GitHub')
    parser.add_argument('--commit', required=True, metavar='SHA')
    return parser


if __name__ == '__main__':
    sys.exit(exit_code(main))

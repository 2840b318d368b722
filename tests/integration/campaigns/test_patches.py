"""The full template with 12 subdetectors and 30 sites, patched three times.

What is asked again is what the inputs say, it is shown before, and told after.
"""

from __future__ import annotations

import contextlib
import json
from datetime import date

import pytest
from trac.core import TracError

from prodworkflow.api import (
    CampaignRequest,
    EvidenceInput,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.rules.waivers import account
from support.campaigns import ADMIN, ANNA, NAME
from support.signoffs import TOMORROW

SUBDETECTORS = [f'D{n:02}' for n in range(1, 13)]
SITES = [f'Site {n:02}' for n in range(1, 31)]
LISTS = (f'[lists]\nsubdetectors = {json.dumps(SUBDETECTORS)}\nsites = ['
         + ', '.join(f'{{name = "{s}", weight = 1}}' for s in SITES) + ']\n')
VALUES = {'memory_growth': '0.5 kB/event', 'cpu_time_per_job': '10 h',
          'peak_memory': '2 GB', 'disk_total': '100 TB',
          'event_size': '50 kB/event', 'events_produced': '200000 event',
          'crash_rate': '2/1000'}
FIRST = ['feature-freeze', 'memory-leaks', 'cpu-per-job', 'total-disk']
RELEASE = ['release-built', 'software-validated',
           *(f'site-validated.site-{n:02}' for n in range(1, 31))]
SAMPLE = ['sample-produced', 'crash-rate', 'memory-and-cpu', 'disk-space',
          'leaks-again']
PLOTS = [f'key-plots.d{n:02}' for n in range(1, 13)]
LEAK = 'memory-leaks'


@pytest.fixture
def full_size(system, attach):
    """The campaign; anna is contact of all, and plots are attached."""
    keys = ['feature-freeze', LEAK, 'cpu-per-job', 'total-disk',
            'release-built', 'software-validated', 'site-validated',
            'sample-produced', 'crash-rate', 'memory-and-cpu', 'disk-space',
            'leaks-again', 'key-plots']
    system.create(CampaignRequest(
        NAME, 'path-to-production-full', release='V1.0', lists_text=LISTS,
        contacts=dict.fromkeys(keys, ('anna',))), 'coordinator')
    state = system.queries.decision(NAME).snapshot.state
    for requirement in state.requirements:
        if requirement.asks.plots:
            with contextlib.suppress(TracError):
                attach(requirement.ticket, 'new.png', 'old.png')
    return {r.key: r.ticket for r in state.requirements}


@pytest.fixture
def sign_all(system):
    """Approves what is unmet, in the campaign's order, with all it asks."""
    def signing():
        decision = system.queries.decision(NAME)
        system.record_all([
            (NAME, a.requirement.key, saying(a.requirement))
            for a in decision.launch.answers if not a.met], ANNA)
        assert system.queries.decision(NAME).launch.open
    return signing


def saying(requirement):
    asks = requirement.asks
    return SignOffRequest(Verdict.APPROVED, 'Fine.', EvidenceInput(
        {v.name: VALUES[v.name] for v in asks.values},
        dict.fromkeys(asks.plots, ('new.png', 'old.png')),
        dict.fromkeys(asks.links, 'https://example.org/report')))


@pytest.fixture
def patch(admin, system, ticket, full_size):
    """Moves to a patch; checks that all is as it was shown; what it showed."""
    def moving(release, *touches):
        arguments = ['campaign', 'release', NAME, release, '--json',
                     '--reason=A patch.', f'--touches={",".join(touches)}']
        shown = document(admin(*arguments, '--dry-run'))
        assert shown.pop('done') is False
        before = facts(system, ticket, full_size)
        told = document(admin(*arguments))
        assert told.pop('done') is True
        assert told == shown
        after = facts(system, ticket, full_size)
        compare(shown, before, after)
        compare_comments(shown, ticket, release)
        assert [f.words for f in system.check(NAME, False, 'root')] == []
        return shown
    return moving


def document(answer):
    code, out, err = answer
    assert code == 0, err
    return json.loads(out)


def facts(system, ticket, tickets):
    """What is true in Trac and by the decision."""
    decision = system.queries.decision(NAME)
    return {
        'closed': {k for k, n in tickets.items()
                   if ticket(n)['status'] == 'closed'},
        'met': {a.requirement.key for a in decision.launch.answers if a.met},
        'stale': {a.requirement.key for a in decision.launch.answers
                  if a.reason and a.reason.value == 'stale'},
        'stages': [s.key for s in decision.snapshot.state.stages
                   if decision.closed(s)],
        'waivers': {w.signoff.number for w in account(
            decision.snapshot.state, date.today()) if not w.ended}}


def keys(shown, fate):
    return [each['key'] for each in shown[fate]]


def compare(shown, before, after):
    """What was shown is the difference of before and after, exactly."""
    again = set(keys(shown, 'asked_again'))
    assert before['met'] - after['met'] == again
    assert before['closed'] - after['closed'] == again == {
        each['key'] for each in shown['asked_again'] if each['reopened']}
    assert after['stale'] - before['stale'] == again
    assert set(keys(shown, 'carried_over')) <= after['met']
    assert [s for s in before['stages'] if s not in after['stages']] == keys(
        shown, 'stages')
    assert before['waivers'] - after['waivers'] == {
        w['entry'] for w in shown['waivers']}


def compare_comments(shown, ticket, release):
    """The tickets say what was shown, and why; others by numbers alone."""
    for fate, words in (('asked_again', 'counts no more, for {}; please'),
                        ('carried_over', 'is carried over, for {}.')):
        for each in shown[fate]:
            found = ticket(each['ticket'])
            last = [c[4] for c in found.get_changelog() if c[2] == 'comment'
                    and f'Release {release}: ' in (c[4] or '')][-1]
            why, colon, _ = each['why'].partition('again: ')
            told = words.format(why + colon)
            assert (told.partition(colon)[0] + colon if colon
                    else told) in last, (each, last)
            assert found['version'] == release


@pytest.fixture
def close_stages(admin, system):
    def closing():
        last = system.queries.decision(NAME).gates[-1].stage.milestone
        assert admin('milestone', 'completed', last, 'now')[0] == 0
    return closing


def test_patches_ask_again_what_their_inputs_say(
        full_size, sign_all, patch, close_stages, system, ticket):
    assert len(full_size) == len(FIRST + RELEASE + SAMPLE + PLOTS) == 53
    waive(system)
    sign_all()
    close_stages()
    shown = patch('V1.0p1', 'd03')
    assert keys(shown, 'asked_again') == [*RELEASE, 'key-plots.d03']
    assert keys(shown, 'carried_over') == [
        *SAMPLE, *(p for p in PLOTS if p != 'key-plots.d03')]
    assert keys(shown, 'stays') == FIRST
    assert shown['waivers'] == []
    assert keys(shown, 'stages') == ['release-validation', 'pre-production']
    assert shown['mail'] == ['anna']
    assert ticket(full_size['release-built'])['summary'] == (
        'Release built: V1.0p1')

    sign_all()
    close_stages()
    shown = patch('V1.1', 'geometry')
    assert keys(shown, 'asked_again') == [*RELEASE, *SAMPLE, *PLOTS]
    assert shown['waivers'] == [], 'the leak is not what geometry touches'
    assert {each['why'] for each in shown['asked_again'][-17:]} == {
        'it rests on geometry',
        f'it rests on what is asked again: #{full_size["sample-produced"]}'}

    shown = patch('V1.1p2', 'simulation')
    assert keys(shown, 'asked_again') == []
    assert keys(shown, 'not_signed_yet') == [*RELEASE, *SAMPLE, *PLOTS]
    sign_all()
    close_stages()
    assert ticket(full_size['release-built'])['summary'] == (
        'Release built: V1.1p2')
    assert 'V1.1p2' in system.queries.decision(NAME).answer(
        'release-built').requirement.title


def test_a_simulation_patch_leaves_no_site_plot_or_disk_space_standing(
        full_size, sign_all, patch):
    """Seen: 30 sites, 12 key plots and the disk space stood."""
    sign_all()
    shown = patch('V1.1', 'simulation')
    assert keys(shown, 'asked_again') == [*RELEASE, *SAMPLE, *PLOTS]
    assert keys(shown, 'carried_over') == []


def waive(system):
    """A leak that is declared tolerable before the first patch."""
    system.record(NAME, LEAK, ANNA, SignOffRequest(
        Verdict.REPORTED, 'It leaks.', EvidenceInput(
            {'memory_growth': '2 kB/event'}, {},
            {'leak report': 'https://example.org/leaks'})))
    system.record(NAME, LEAK, ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Small.', leave=WaiverRequest(
            'out-of-bounds', TOMORROW,
            {'memory_growth': ('', '3 kB/event')})))
    system.record(NAME, LEAK, ANNA, SignOffRequest(
        Verdict.APPROVED, 'Tolerable.'))

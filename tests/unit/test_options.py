"""Options of trac.ini: what they mean, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from prodworkflow.domain import options

KNOWN = ['default_enforcement', 'default_template', 'done_statuses',
         'escalate_days', 'forecast', 'pictures_base', 'quiet_days',
         'roadmap_panel', 'waiver_days']


@pytest.mark.parametrize(('text', 'on'), [
    *[(t, True) for t in ('enabled', 'yes', 'true', ' ON ', '1', '',
                          'perhaps')],
    *[(t, False) for t in ('disabled', 'no', 'False', ' off ', '0')]])
def test_switch_is_on_unless_it_is_switched_off(text, on):
    assert options.switch(text) is on


@pytest.mark.parametrize(('text', 'days'), [
    ('', 90), ('  ', 90), ('14', 14), (' 1 ', 1), ('3650', 3650), ('0', 0),
    ('3651', 0), ('99999', 0), ('-1', 0), ('two weeks', 0), ('1.5', 0),
    ('٣', 0)])
def test_unreadable_days_of_waivers_are_none(text, days):
    assert options.waiver_days(text) == days


@pytest.mark.parametrize(('text', 'days'), [
    ('', []), (' , ', []), ('sat, sun', [5, 6]), ('SUN', [6]),
    ('mon,tue,wed,thu,fri,sat,sun', [0, 1, 2, 3, 4, 5, 6]),
    ('saturday, sun', [6]), ('sat sun', [])])
def test_words_that_are_no_days_of_the_week_are_not_quiet(text, days):
    assert sorted(options.quiet_days(text)) == days


@pytest.mark.parametrize(('text', 'days'), [
    ('', 14), (' ', 14), ('0', 0), (' 3 ', 3), ('366', 366), ('367', 14),
    ('-1', 14), ('1.5', 14), ('soon', 14), ('٣', 14)])
def test_unreadable_days_of_an_escalation_are_the_usual_ones(text, days):
    assert options.escalate_days(text) == days


@pytest.mark.parametrize(('text', 'word'), [
    ('', 'standard'), (' ', 'standard'), ('standard', 'standard'),
    (' advisory ', 'advisory'), ('strict', 'strict'), ('lax', 'strict'),
    ('Standard', 'strict')])
def test_unknown_enforcement_is_the_strictest(text, word):
    assert options.enforcement(text) == word


@pytest.mark.parametrize(('text', 'address'), [
    ('https://trac.example.org/production',
     'https://trac.example.org/production'),
    (' http://trac/ ', 'http://trac'), ('http://trac/X/', 'http://trac/X'),
    ('', ''), ('/production', ''),
    ('trac.example.org', ''), ('ftp://trac/x', ''), ('https:///x', ''),
    ('https://[x', '')])
def test_only_a_whole_address_is_one(text, address):
    assert options.address(text) == address


@pytest.mark.parametrize(('name', 'text', 'words'), [
    ('default_enforcement', 'lax', '[prodworkflow] default_enforcement = lax: '
     'no enforcement; write standard, strict or advisory. Until then strict '
     'is proposed.'),
    ('waiver_days', 'two weeks', '[prodworkflow] waiver_days = two weeks: no '
     'number of days from 0 to 3650; write one such as 90. Until then no '
     'waiver is given where a template does not say for how long.'),
    ('roadmap_panel', 'perhaps', '[prodworkflow] roadmap_panel = perhaps: '
     'neither on nor off; write enabled or disabled. Until then it is '
     'enabled.'),
    ('forecast', 'x' * 70, f'[prodworkflow] forecast = {"x" * 64}: neither '
     'on nor off; write enabled or disabled. Until then it is enabled.'),
    ('pictures_base', 'trac', '[prodworkflow] pictures_base = trac: no whole '
     'address; write one such as https://trac.example.org/production. Until '
     'then that of Trac is taken.'),
    ('done_status', 'done', '[prodworkflow] done_status is no option; there '
     'is default_enforcement, default_template, done_statuses, '
     'escalate_days, forecast, pictures_base, quiet_days, roadmap_panel '
     'and waiver_days. Did you mean '
     'done_statuses?'),
    ('y' * 70, '1', f'[prodworkflow] {"y" * 64} is no option; there is '
     'default_enforcement, default_template, done_statuses, '
     'escalate_days, forecast, pictures_base, quiet_days, roadmap_panel '
     'and waiver_days.'),
    ('quiet_days', 'sat, sundy, moon', '[prodworkflow] quiet_days = sat, '
     'sundy, moon: "sundy" is no day of the week; write mon, tue, wed, thu, '
     'fri, sat or sun, separated by commas. Until then reminders are sent '
     'on it.'),
    ('escalate_days', '367', '[prodworkflow] escalate_days = 367: no number '
     'of days from 0 to 366; write one such as 14. Until then it is 14.'),
])
def test_wrong_option_is_told_with_its_remedy(name, text, words):
    assert [str(w) for w in options.problems({name: text}, KNOWN)] == [words]


@pytest.mark.parametrize('given', [
    {}, dict.fromkeys(KNOWN, ''), dict.fromkeys(KNOWN, ' '),
    {'default_enforcement': ' strict ', 'waiver_days': '0',
     'roadmap_panel': ' Off ', 'forecast': '1', 'default_template': 'any',
     'pictures_base': 'https://trac/', 'done_statuses': 'any'},
    {'waiver_days': ' 14 ', 'quiet_days': ' Sat,sun,', 'escalate_days': '0'},
    {'escalate_days': ' 366 ', 'quiet_days': ','}])
def test_nothing_is_said_of_options_that_can_be_read(given):
    assert list(options.problems(given, KNOWN)) == []


def test_all_that_is_wrong_is_told():
    assert len(list(options.problems(
        {'waiver_days': '-', 'forecast': '-', 'x': ''}, KNOWN))) == 3


def test_default_template_that_is_not_there_is_told_with_those_that_are():
    assert options.unknown_template('z' * 70, ('one', 'two', 'three')) == (
        f'[prodworkflow] default_template = {"z" * 64}: no template has that '
        'name; write one of one, two or three, or take the option out.')


def test_done_statuses_that_no_workflow_has_are_told():
    assert options.unknown_statuses({'finished', 'done'}, {'new', 'closed'}) \
        == ('[prodworkflow] done_statuses: no workflow has done or finished, '
            'so that counts for nothing; write statuses such as closed or '
            'new.')

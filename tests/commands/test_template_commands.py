"""`trac-admin ENV campaign template …`, and a round trip between two."""

from __future__ import annotations

import pytest
from trac.admin import console
from trac.env import Environment

from prodworkflow.api import CampaignRequest, CampaignSystem
from prodworkflow.domain.template.toml import LONGEST
from support.template_versions import keep, rows, text

__all__ = ['keep']


@pytest.fixture
def file(tmp_path):
    """A factory of files that hold a template, or what is none."""
    def make(content=None, name='mine.toml'):
        path = tmp_path / name
        path.write_bytes(text().encode() if content is None else content)
        return str(path)
    return make


def test_template_file_is_imported_as_the_next_version(admin, file, system):
    assert admin('campaign', 'template', 'import', 'mine', file(),
                 '--reason=First.') == (
        0, 'mine: version 1 is saved.\n', '')
    code, out, _ = admin('campaign', 'template', 'import', 'mine',
                         file(text('Two').encode()), '--reason=Second.')
    assert (code, out) == (0, 'mine: version 2 is saved.\n')
    assert system.templates.version('mine', 1).text == text()
    assert system.templates.version('mine').text == text('Two')
    assert [k.reason for k in system.templates.versions('mine')] == [
        'Second.', 'First.']


def test_importing_the_same_template_again_changes_nothing(admin, file, env):
    for _ in range(2):
        code, out, _ = admin('campaign', 'template', 'import', 'mine',
                             file(), '--reason=First.')
        assert code == 0
    assert 'the text of version 1 already' in out
    assert len(rows(env)) == 1


BAD = [
    pytest.param('mine', text().replace('due', 'deu').encode(),
                 'line 6, stage[1].deu: unknown word; write "due"',
                 id='wrong word'),
    pytest.param('Mine', None, 'Write "mine"', id='name'),
    pytest.param('path-to-production', None, 'is built in', id='builtin'),
    pytest.param('mine', b'\n\xff', 'line 2: the byte 0xFF is no UTF-8',
                 id='no UTF-8'),
    pytest.param('mine', b'title = "\x00"', 'line 1', id='null'),
    pytest.param('mine', b'#' * (LONGEST + 1), f'at most {LONGEST} ',
                 id='too long'),
    pytest.param('mine', b' \n', 'is empty', id='empty'),
]


@pytest.mark.parametrize(('name', 'content', 'words'), BAD)
def test_importing_an_invalid_template_file_is_refused(
        admin, file, env, name, content, words):
    code, out, err = admin('campaign', 'template', 'import', name,
                           file(content), '--reason=Why.')
    assert (code, out) == (2, '')
    assert words in err
    assert 'Traceback' not in err
    assert rows(env) == []


@pytest.mark.parametrize(('args', 'words'), [
    pytest.param(['import', 'mine'], 'required', id='no path'),
    pytest.param(['import', 'mine', '/nowhere/to/be/found'],
                 'No such file', id='no file'),
    pytest.param(['import', 'mine', '/'], 'cannot be read', id='folder'),
    pytest.param(['export', 'mime'], 'Did you mean mine?', id='nearest'),
    pytest.param(['export', 'mine', '--version=9'], 'has no version 9',
                 id='no version'),
    pytest.param(['export', 'mine', '--version=x'], '"x" is no version',
                 id='no number'),
    pytest.param(['export', 'mine', '/nowhere/to/be'], 'cannot be written',
                 id='nowhere'),
    pytest.param(['show', 'mime'], 'Did you mean mine?', id='show'),
    pytest.param(['show', 'mine', '0'], 'has no version 0', id='show 0'),
    pytest.param(['remove', 'mine'], 'Say why', id='no reason'),
    pytest.param(['remove', 'mime', '--reason=x'], 'Did you mean mine?',
                 id='remove'),
    pytest.param(['remove', 'path-to-production', '--reason=x'],
                 'is built in', id='remove builtin'),
])
def test_template_command_with_invalid_arguments_is_refused(
        keep, admin, env, args, words):
    keep()
    before = rows(env)
    code, out, err = admin('campaign', 'template', *args)
    assert code == 2
    assert words in err + out
    assert 'Traceback' not in err
    assert rows(env) == before


def test_an_import_without_a_reason_is_refused(admin, file, env):
    code, _, err = admin('campaign', 'template', 'import', 'mine', file())
    assert (code, rows(env)) == (2, [])
    assert 'Say why' in err


def test_an_import_tells_all_that_is_wrong_at_once(admin, file, env):
    """Name, reason and template: each run would tell the next only."""
    code, out, err = admin('campaign', 'template', 'import', 'Mine',
                           file(text().replace('due', 'deu').encode()))
    assert (code, out, rows(env)) == (2, '', [])
    for words in ('Write "mine"', 'Say why', 'line 6, stage[1].deu'):
        assert words in err
    assert 'Traceback' not in err


def test_template_list_command_names_all_that_are_offered(keep, admin, system):
    keep('One', 'First.')
    keep('Two', 'Second.')
    system.create(CampaignRequest('2014 Prod', 'mine@1'), 'anna')
    keep(name='gone')
    system.templates.remove('gone', 'anna', 'Old.')
    code, out, _ = admin('campaign', 'template', 'list')
    assert code == 0
    lines = {line.split()[0]: line for line in out.splitlines() if line}
    assert {'path-to-production', 'path-to-production-full', 'mine'} <= {
        *lines}
    assert 'gone' not in lines
    for words in (' 2 ', 'Small', 'anna', 'Second.', ' 1 '):
        assert words in lines['mine'] + ' '


def test_template_show_command_tells_the_plan_and_who_changed_it_and_why(
        keep, admin, system):
    keep('One', 'First.')
    keep('Two', 'Second.')
    system.create(CampaignRequest('2014 Prod', 'mine@1'), 'anna')
    code, out, _ = admin('campaign', 'template', 'show', 'mine')
    assert code == 0
    for words in ('mine, version 2: Small', '7 days before the start',
                  'one: Two', 'saved by anna: Second.',
                  'saved by anna: First.', 'campaign 2014 Prod'):
        assert words in out
    code, out, _ = admin('campaign', 'template', 'show', 'mine', '1')
    assert 'one: One' in out
    assert admin('campaign', 'template', 'show',
                 'path-to-production')[0] == 0


def test_template_export_command_prints_or_writes_and_never_overwrites(
        keep, admin, tmp_path):
    keep('One')
    keep('Zwölf')
    assert admin('campaign', 'template', 'export', 'mine') == (
        0, text('Zwölf'), '')
    path = tmp_path / 'out.toml'
    assert admin('campaign', 'template', 'export', 'mine', str(path),
                 '--version=1')[0] == 0
    assert path.read_text(encoding='utf-8') == text('One')
    code, _, err = admin('campaign', 'template', 'export', 'mine', str(path))
    assert (code, 'File exists' in err) == (2, True)
    assert path.read_text(encoding='utf-8') == text('One')


def test_removed_template_stays_readable_and_its_versions_count_on(
        keep, admin, file):
    keep()
    code, _, err = admin('campaign', 'template', 'remove', 'mine',
                         '--reason=Old.')
    assert (code, 'is offered no more' in err) == (0, True)
    assert admin('campaign', 'template', 'export', 'mine')[:2] == (0, text())
    code, _, err = admin('campaign', 'create', '2014 Prod',
                         '--template=mine')
    assert (code, 'was removed by' in err) == (2, True)
    assert admin('campaign', 'template', 'import', 'mine', file(),
                 '--reason=Needed.')[1] == 'mine: version 3 is saved.\n'
    code, out, _ = admin('campaign', 'template', 'show', 'mine')
    assert 'removed by' in out


def test_a_campaign_is_made_from_a_template_and_version_by_command(
        keep, admin):
    keep('One')
    keep('Two')
    code, out, _ = admin('campaign', 'create', 'Old', '--template=mine@1')
    assert (code, 'One' in out) == (0, True)
    code, out, _ = admin('campaign', 'create', 'New', '--template=mine')
    assert (code, 'Two' in out) == (0, True)
    assert 'template mine@1' in admin('campaign', 'show', 'Old')[1]
    assert 'template mine@2' in admin('campaign', 'show', 'New')[1]
    code, _, err = admin('campaign', 'create', 'No', '--template=mine@9')
    assert (code, 'has no version 9' in err) == (2, True)


@pytest.mark.parametrize('name', ['path-to-production-full', 'mine'])
def test_template_exported_and_imported_elsewhere_makes_the_same_plan(
        keep, admin, made_once, copy_environment, tmp_path, name, system,
        capsys):
    keep()
    path = tmp_path / 'between.toml'
    assert admin('campaign', 'template', 'export', name, str(path))[0] == 0
    other = copy_environment(made_once, tmp_path / 'other')
    assert console.run([str(other), 'campaign', 'template', 'import',
                        'theirs', str(path), '--reason=From afar.']) == 0
    again = tmp_path / 'again.toml'
    assert console.run([str(other), 'campaign', 'template', 'export',
                        'theirs', str(again)]) == 0
    assert again.read_bytes() == path.read_bytes()
    there = Environment(str(other))
    wish = {'start': '2026-06-29', 'release': 'V1', 'contacts': {
        r.key: ('anna',
                'bruno') for r in system.templates.find(name).requirements}}
    here, far = (s.queries.plan(CampaignRequest('2014 Prod', n, **wish))
                 for s, n in (
        (system, name), (CampaignSystem(there), 'theirs')))
    assert here.as_dict() == far.as_dict()
    assert here.state.requirements == far.state.requirements
    assert here.template == far.template
    there.shutdown()


@pytest.mark.parametrize('command', ['import', 'remove'])
def test_a_template_that_another_has_saved_meanwhile_stays(
        admin, file, keep, env, command):
    keep('One', 'First.')
    keep('Two', 'Second.')
    before = rows(env)
    words = ['campaign', 'template', command, 'mine',
             *([file()] if command == 'import' else []), '--reason=Mine.']
    code, _, err = admin(*words, '--if-revision=1')
    assert (code, rows(env)) == (2, before)
    assert 'meanwhile' in err
    assert admin(*words, '--if-revision=2')[0] == 0
    assert len(rows(env)) == len(before) + 1

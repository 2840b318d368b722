"""*Production → Templates* over real HTTP: who may, and what is told."""

from __future__ import annotations

import re
import urllib.request
from html import unescape

import pytest

from prodworkflow.api import CampaignRequest
from prodworkflow.domain.template.toml import LONGEST
from support.template_versions import keep, rows, text

__all__ = ['keep']

PANEL = '/admin/production/templates'
MINE = f'{PANEL}/mine'
XHR = {'X-Requested-With': 'XMLHttpRequest'}
WRONG = text().replace('due =', 'deu =')


def words_of(answer):
    return re.sub(r'\s+', ' ', re.sub('<[^>]*>', ' ', answer.text))


def typed(answer):
    """What stands in the editor's text."""
    found = re.search(r'(?s)<textarea id="prodworkflow-text".*?>\n(.*?)'
                      '</textarea>', answer.text)[1]
    return unescape(found)


def save(client, **fields):
    return client('coordinator').post(MINE, {
        'act': 'save', 'began': '1', 'text': text('Two'),
        'reason': 'It is two now.', **fields})


def upload(client, content, filename='mine.toml', **fields):
    """Send a file as a browser does."""
    user = client('coordinator')
    user.get('/about')
    parts = [(key, '', value.encode()) for key, value in {
        '__FORM_TOKEN': user._token(), 'act': 'import', 'name': '',
        'reason': 'Theirs is good.', **fields}.items()]
    parts.append(('file', f'; filename="{filename}"', content))
    body = b''.join(
        b'--frontier\r\nContent-Disposition: form-data; name="'
        + key.encode() + b'"' + more.encode() + b'\r\n\r\n' + value + b'\r\n'
        for key, more, value in parts) + b'--frontier--\r\n'
    return user._open(urllib.request.Request(
        user.site + PANEL, body,
        {'Content-Type': 'multipart/form-data; boundary=frontier'}))


def test_admin_page_begins_as_those_of_trac(client):
    """A comment before `extends` would put empty lines before it."""
    ours, tracs = (
        client('coordinator').get(f'/admin/{path}').text.partition('<')[0]
        for path in ('production/templates', 'general/basics'))
    assert ours == tracs


@pytest.mark.parametrize('where', [PANEL, MINE, f'{PANEL}?action=new',
                                   f'{MINE}?format=toml',
                                   f'{MINE}?action=diff&version=1'
                                   '&old_version=1'])
@pytest.mark.parametrize('user', ['anna', 'eve', None])
def test_only_administrators_of_campaigns_see_templates(keep, client, where,
                                                        user):
    keep()
    assert client(user).get(where).status == 403


@pytest.mark.parametrize('user', ['anna', None])
@pytest.mark.parametrize('fields', [
    {'act': 'save', 'text': text('Two'), 'reason': 'Why.', 'began': '1'},
    {'act': 'copy', 'text': text(), 'reason': 'Why.', 'new_name': 'other'},
    {'act': 'remove', 'reason': 'Why.', 'began': '1'},
    {'act': 'check', 'text': text()}], ids=lambda fields: fields['act'])
def test_only_administrators_of_campaigns_change_templates(
        keep, client, env, user, fields):
    keep()
    before = rows(env)
    assert client(user).post(MINE, fields).status == 403
    assert client(user).post(MINE, fields, XHR).status == 403
    assert rows(env) == before


def test_forged_form_changes_no_template(keep, client, env):
    keep()
    before = rows(env)
    assert save(client, __FORM_TOKEN='forged').status == 400
    user = client('coordinator')
    user.get(MINE)
    for kind in ('application/json', 'text/plain'):
        answer = user._open(urllib.request.Request(
            f'{user.site}{MINE}?act=save&began=1', b'{}',
            {'Content-Type': kind}))
        assert answer.status == 400
    assert user.get(f'{MINE}?act=remove&reason=Why&began=1').status == 200
    assert rows(env) == before


def test_list_of_templates_says_who_changed_which_when_and_why(
        keep, client, system):
    keep('One', 'First.')
    keep('Two', 'Second <b>.')
    system.create(CampaignRequest('2014 Prod', 'mine@1'), 'anna')
    answer = client('coordinator').get(PANEL)
    words = words_of(answer)
    for each in ('mine Small', ' 2 ', 'by anna', 'Second &lt;b&gt;.',
                 '2014 Prod', 'path-to-production', 'built in'):
        assert each in words
    assert '/campaign/2014%20Prod' in answer.text
    assert '/admin/production/campaigns?template=mine' in answer.text


def test_a_template_is_saved_as_a_new_version(keep, client, env, system):
    keep()
    before = rows(env)
    answer = save(client, text=text('Two').replace('\n', '\r\n'))
    assert answer.status == 200
    assert answer.url.endswith(MINE)
    assert 'Version 2 of mine is saved' in answer.text
    assert rows(env)[:1] == before
    assert system.templates.version('mine').text == text('Two')
    assert system.templates.versions('mine')[0].author == 'coordinator'


def test_second_of_two_editors_of_a_template_gets_a_conflict(
        keep, client, env):
    keep()
    assert save(client).status == 200
    before = rows(env)
    answer = save(client, text=text('Three'), reason='It is three.')
    assert answer.status == 409
    assert rows(env) == before
    assert typed(answer) == text('Three')
    assert 'value="It is three."' in answer.text
    words = words_of(answer)
    assert 'version 2 was saved meanwhile by coordinator' in words
    assert 'class="trac-diff' in answer.text
    assert 'name="began" value="2"' in answer.text


def test_template_form_sent_twice_is_saved_once(keep, client, env):
    keep()
    assert save(client).status == 200
    answer = save(client)
    assert (answer.status, answer.url.endswith(MINE)) == (200, True)
    assert 'the text of version 2 already' in answer.text
    assert len(rows(env)) == 2


@pytest.mark.parametrize(('fields', 'status', 'words'), [
    pytest.param({'reason': ' '}, 400, 'Say why', id='no reason'),
    pytest.param({'reason': 'a\x01b'}, 400, 'control characters', id='ctrl'),
    pytest.param({'text': WRONG}, 400, 'write "due"', id='mistake'),
    pytest.param({'text': ''}, 400, 'line 1', id='empty'),
    pytest.param({'text': 'title = "\x02"'}, 400, 'line 1', id='control'),
    pytest.param({'text': '# ' + 'é' * LONGEST}, 413,
                 f'at most {LONGEST} characters', id='too long'),
    pytest.param({'began': 'x'}, 400, 'began is a number', id='began'),
    pytest.param({'began': ''}, 409, 'meanwhile', id='no began'),
    pytest.param({'began': '7'}, 409, 'meanwhile', id='other began'),
    pytest.param({'act': 'burn'}, 400, 'act is one of', id='act'),
    pytest.param({'act': 'copy'}, 400, 'small letters', id='no name'),
    pytest.param({'act': 'copy', 'new_name': 'Our Own'}, 400,
                 'Write "our-own"', id='name'),
    pytest.param({'act': 'copy', 'new_name': 'mine'}, 400,
                 'choose another name', id='taken'),
    pytest.param({'act': 'copy', 'new_name': 'path-to-production'}, 400,
                 'is built in', id='builtin'),
    pytest.param({'act': 'remove', 'reason': ''}, 400, 'Say why',
                 id='remove without reason'),
    pytest.param({'text': ['a', 'b']}, 400, 'line 1', id='text twice'),
])
def test_refused_template_form_tells_the_reason_and_keeps_its_text(
        keep, client, env, fields, status, words):
    keep()
    before = rows(env)
    answer = save(client, **fields)
    assert answer.status == status
    assert words in unescape(answer.text)
    assert 'Traceback' not in answer.text
    assert rows(env) == before
    if 'textarea' in answer.text and isinstance(fields.get('text'), str):
        # Trac leaves out of its pages what HTML cannot hold.
        assert typed(answer) == fields['text'].replace('\x02', '')


def test_null_character_in_a_template_form_is_refused(keep, client, env):
    keep()
    before = rows(env)
    for fields in ({'text': 'a\x00'}, {'reason': 'a\x00'}):
        answer = save(client, **fields)
        assert answer.status == 400
        assert 'Traceback' not in answer.text
    assert client('coordinator').get(PANEL + '/a%00b').status == 404
    assert rows(env) == before


def test_checking_a_template_by_script_answers_with_a_fragment(
        keep, client, env):
    keep()
    before = rows(env)
    user = client('coordinator')
    wrong = user.post(MINE, {'act': 'check', 'text': WRONG}, XHR)
    assert (wrong.status, '<html' in wrong.text) == (200, False)
    assert 'data-lines="6"' in wrong.text
    assert 'line 6' in wrong.text
    assert 'write &#34;due&#34;' in wrong.text
    right = user.post(MINE, {'act': 'check', 'text': text()}, XHR)
    assert 'No mistakes' in right.text
    assert '7 days before the start' in words_of(right)
    assert 'One thing' in right.text
    long = user.post(MINE, {'act': 'check', 'text': '#' * (LONGEST + 1)},
                     XHR)
    assert (long.status, 'too long' in long.text) == (413, True)
    assert user.post(MINE, {'act': 'save', 'text': text('Two'), 'began': '1',
                            'reason': 'Why.'}, XHR).status == 200
    assert rows(env) == before


def test_plan_of_a_template_is_shown_though_trac_lacks_what_it_names(
        keep, client):
    keep()
    strange = text() + ('contacts = ["nobody", "@nowhere", "anna"]\n'
                        'quorum = 3\ncomponent = "none"\n')
    shown = client('coordinator').post(
        MINE, {'act': 'check', 'text': strange}, XHR)
    told = unescape(words_of(shown))
    assert shown.status == 200
    assert 'cannot be made from this text alone' in told
    assert '"nobody" of one is no user that Trac knows' in told
    assert '"@nowhere" of one is no permission group' in told
    assert '"none" is no component that Trac knows' in told
    assert 'Then it makes this campaign' in told
    assert 'One thing nobody, @nowhere, anna' in told
    assert save(client, text=strange).url.endswith(MINE)


def test_check_button_of_the_template_editor_answers_with_the_whole_page(
        keep, client, env):
    keep()
    answer = client('coordinator').post(MINE, {
        'act': 'check', 'text': WRONG, 'reason': 'So far.', 'began': '1',
        'new_name': 'else'})
    assert answer.status == 200
    assert 'line 6' in answer.text
    assert typed(answer) == WRONG
    assert 'value="So far."' in answer.text
    assert 'value="else"' in answer.text
    assert len(rows(env)) == 1


def test_markup_in_a_template_text_is_escaped(keep, client):
    nasty = text('</textarea><script>alert(1)</script>')
    keep(text=nasty, reason='<script>alert(2)</script>')
    keep('Two')
    user = client('coordinator')
    for path in (PANEL, MINE, f'{MINE}?version=1',
                 f'{MINE}?action=diff&old_version=1&version=2'):
        answer = user.get(path)
        assert answer.status == 200
        assert '<script>alert' not in answer.text
    assert typed(user.get(f'{MINE}?version=1')) == nasty
    wrong = user.post(MINE, {'act': 'check', 'text': nasty.replace(
        'due', '"<script>alert(3)</script>"')}, XHR)
    assert '<script>alert' not in wrong.text


def test_versions_of_a_template_are_compared(keep, client):
    keep('One', 'First.')
    keep('Two', 'Second.')
    user = client('coordinator')
    answer = user.get(f'{MINE}?action=diff&old_version=1&version=2')
    assert 'class="trac-diff inline"' in answer.text
    assert 'Second.' in words_of(answer)
    assert 'First.' not in words_of(answer)
    answer = user.post(MINE, {
        'action': 'diff', 'old_version': '1', 'version': '2',
        'style': 'sidebyside', 'contextlines': '2', 'contextall': '0',
        'update': 'Update'})
    assert 'class="trac-diff sidebyside"' in answer.text
    for query, status in (('old_version=1', 400), ('version=x', 400),
                          ('old_version=1&version=9', 404)):
        assert user.get(f'{MINE}?action=diff&{query}').status == status


def test_old_version_of_a_template_is_shown_to_be_saved_anew(
        keep, client, system):
    keep('One')
    keep('Two')
    answer = client('coordinator').get(f'{MINE}?version=1')
    assert typed(answer) == text('One')
    assert 'name="began" value="2"' in answer.text
    assert save(client, text=text('One'), began='2').status == 200
    assert system.templates.version('mine').kept.version == 3
    assert client('coordinator').get(f'{MINE}?version=9').status == 404
    assert client('coordinator').get(f'{PANEL}/mime').status == 404


def test_built_in_template_is_copied_and_never_changed(client, env, system):
    there = f'{PANEL}/path-to-production'
    user = client('coordinator')
    shown = typed(user.get(there))
    fields = {'text': shown, 'reason': 'Ours.', 'began': '0'}
    assert user.post(there, {**fields, 'act': 'save'}).status == 400
    assert user.post(there, {**fields, 'act': 'remove'}).status == 400
    assert rows(env) == []
    answer = user.post(there, {**fields, 'act': 'copy', 'new_name': 'ours'})
    assert answer.url.endswith(f'{PANEL}/ours')
    assert system.templates.version('ours').text == \
        system.templates.version('path-to-production').text


def test_new_template_is_written_from_a_skeleton(client, system):
    user = client('coordinator')
    skeleton = typed(user.get(f'{PANEL}?action=new'))
    answer = user.post(PANEL, {
        'action': 'new', 'act': 'copy', 'text': skeleton, 'reason': 'New.',
        'new_name': 'brand-new'})
    assert answer.url.endswith(f'{PANEL}/brand-new')
    assert system.templates.version('brand-new').text == skeleton
    answer = user.post(PANEL, {
        'action': 'new', 'act': 'copy', 'text': WRONG, 'reason': 'New.',
        'new_name': 'another'})
    assert answer.status == 400
    assert typed(answer) == WRONG
    assert 'value="another"' in answer.text


def test_removed_template_is_folded_away_and_can_come_back(
        keep, client, system):
    keep()
    user = client('coordinator')
    answer = user.post(MINE, {'act': 'remove', 'began': '1',
                              'reason': 'Nobody needs it.'})
    assert answer.url.endswith(PANEL)
    assert '1 removed' in answer.text
    assert '<option>mine' not in user.get('/admin/production/campaigns').text
    answer = user.get(MINE)
    assert 'was removed and is not offered' in answer.text
    assert typed(answer) == text()
    assert save(client, text=text(), began='2').status == 200
    assert 'mine' in system.templates.offered()
    assert system.templates.version('mine').kept.version == 3


def test_template_version_is_downloaded_as_it_was_saved(keep, client):
    keep('One')
    keep('Twö')
    user = client('coordinator')
    answer = user.get(f'{MINE}?version=1&format=toml')
    assert answer.text == text('One')
    assert answer.headers['Content-Type'].startswith('application/toml')
    assert answer.headers['Content-Disposition'] == \
        'attachment; filename="mine-1.toml"'
    assert user.get(f'{MINE}?format=toml').text == text('Twö')


def test_template_file_is_imported(keep, client, system, env):
    answer = upload(client, text().replace('\n', '\r\n').encode('utf-8-sig'))
    assert answer.url.endswith(MINE)
    assert system.templates.version('mine').text == text()
    assert upload(client, text('Two').encode()).status == 200
    assert [k.version for k in system.templates.versions('mine')] == [2, 1]
    again = upload(client, text('Two').encode())
    assert 'the text of version 2 already' in again.text
    assert upload(client, text().encode(), 'ours').url.endswith('/ours')
    assert len(rows(env)) == 3


@pytest.mark.parametrize(('content', 'given', 'status', 'words'), [
    pytest.param(b'title = "a"\nx = "\xff"', {}, 400,
                 'line 2: the byte 0xFF is no UTF-8', id='no UTF-8'),
    pytest.param(b'\x00', {}, 400, 'line 1', id='null'),
    pytest.param(b'#' * (LONGEST + 1), {}, 413, 'at most', id='too long'),
    pytest.param(b'', {}, 400, 'line 1', id='empty'),
    pytest.param(b'', {'filename': ''}, 400, 'Choose a file',
                 id='no file'),
    pytest.param(WRONG.encode(), {}, 400, 'write "due"', id='wrong'),
    pytest.param(text().encode(), {'reason': ''}, 400, 'Say why',
                 id='no reason'),
    pytest.param(text().encode(), {'name': 'Our Own'}, 400,
                 'Write "our-own"', id='name'),
    pytest.param(text().encode(), {'name': 'path-to-production'}, 400,
                 'is built in', id='builtin'),
])
def test_invalid_template_file_is_refused_and_its_text_kept(
        keep, client, env, content, given, status, words):
    keep('Before')
    before = rows(env)
    fields = dict(given)
    filename = fields.pop('filename', 'mine.toml')
    answer = upload(client, content, filename, **fields)
    assert answer.status == status
    assert words in unescape(answer.text)
    assert 'Traceback' not in answer.text
    assert rows(env) == before
    if content in (WRONG.encode(), text().encode()):
        assert typed(answer) == content.decode()


@pytest.mark.parametrize('name', ['path-to-production',
                                  'path-to-production-full'])
def test_plan_of_each_built_in_template_is_shown(client, name):
    words = words_of(client('coordinator').get(f'{PANEL}/{name}'))
    assert 'No mistakes' in words
    assert 'before the start' in words


def test_the_plan_of_a_template_whose_lists_are_given_later_is_shown(client):
    each = text('Good at {site}') + 'for_each = "sites"\n'
    words = words_of(client('coordinator').post(
        PANEL, {'action': 'new', 'act': 'check', 'text': each}))
    assert 'No mistakes' in words
    assert 'Good at ' in words


def test_the_editor_carries_the_revision_that_it_was_made_from(keep, client):
    keep('One', 'First.')
    user = client('coordinator')
    assert 'name="revision" value="1"' in user.get(MINE).text
    keep('Two', 'Second.')
    told = user.post(MINE, {'act': 'save', 'revision': '1', 'began': '2',
                            'text': text('Three'), 'reason': 'Why.'})
    assert told.status == 409
    assert 'name="revision" value="2"' in told.text

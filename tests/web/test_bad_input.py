"""What anybody can send to our pages: refused in words, and nothing stored."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

import pytest

from support.bad_input import calm
from support.bad_texts import cases, LINES, MARKUP, NULLS, PLANES, SQL
from support.campaigns import FULL, NAME

__all__ = ['calm']

PAGE = f'/campaign/{quote(NAME)}'
SIGN = f'/campaign/{FULL}/sign'
ONE = f'/admin/production/campaigns/{quote(NAME)}'
CREATE = '/admin/production/campaigns'
TEMPLATES = '/admin/production/templates'
MINE = f'{TEMPLATES}/mine'
FORM = 'application/x-www-form-urlencoded'


PATHS = {'up': '../../etc/passwd', 'absolute': '/etc/passwd',
         'windows': '..\\..\\win.ini', 'file_url': 'file:///etc/passwd',
         'encoded_up': '%2e%2e%2f'}
MUCH = {'a_megabyte': 'x' * 1000000,
        'a_megabyte_of_plane_1': '\U0001f600' * 250000,
        'a_megabyte_of_open_brackets': '(' * 1000000}
TEXTS = {**MARKUP, **SQL, **LINES, **PLANES, **NULLS, **PATHS}


# Addresses

@pytest.mark.parametrize('name', cases(**TEXTS))
def test_campaign_of_any_other_name_is_not_found(attacked_site, refused, name):
    where = f'/campaign/{quote(name, safe="")}'
    for suffix in ('', '/gate'):
        answer = refused(attacked_site.get(where + suffix), typed=name)
        assert answer.status in (400, 404)


@pytest.mark.parametrize('picture', ['badge', 'pipeline'])
@pytest.mark.parametrize('name', cases(
    script=MARKUP['script'], null='a\x00b', header=LINES['header'],
    plane_16=PLANES['plane_16']))
def test_picture_of_an_unknown_campaign_is_not_found(
        attacked_site, refused, picture, name):
    refused(
        attacked_site.get(f'/campaign/{quote(name, safe="")}/{picture}.svg'),
            400, 404, typed=name)


@pytest.mark.parametrize('bytes_', cases(
    surrogate='%ED%A0%80', overlong='%C0%AF', half_a_character='%E2%82',
    latin_1='%E9', ff='%FF', too_high='%F4%90%80%80'))
@pytest.mark.parametrize('where', [
    '/campaign/{}', '/campaign/{}/gate', PAGE + '/gate?stage={}',
    CREATE + '/{}', CREATE + '?name={}', TEMPLATES + '/{}'])
def test_url_that_is_not_utf_8_is_refused(attacked_site, refused, where,
                                          bytes_):
    refused(attacked_site.get(where.format(bytes_)), 400, 404)


@pytest.mark.parametrize('stage', cases(**{
    **TEXTS, 'number_far_too_large': '9' * 4000, 'negative': '-1',
    'zero': '0', 'arabic_digit': '\u0661', 'fraction': '1.0',
    'not_a_number': 'NaN'}))
def test_gate_of_an_unknown_stage_is_not_found(attacked_site, refused, stage):
    refused(attacked_site.get(f'{PAGE}/gate?stage={quote(stage, safe="")}',
                              user=None), 404, 400)


@pytest.mark.parametrize('query', cases(
    unknown_format='format=xml', empty_format='format=',
    format_of_markup='format=%3Cscript%3E', format_null='format=%00',
    two_stages_unknown='stage=nope&stage=1'))
def test_gate_refuses_invalid_arguments(attacked_site, refused, query):
    refused(attacked_site.get(f'{PAGE}/gate?{query}', user=None), 400, 404)


@pytest.mark.parametrize('number', cases(
    word='x', negative='-1', huge='9' * 30, float='1.5', exponent='1e3',
    null='%00', arabic='%D9%A1', space='%201', hex='0x1',
    nothing_of_that_number='99', sql="1'%20OR%20'1'='1", markup='%3Cb%3E'))
@pytest.mark.parametrize('where', [
    f'{MINE}?version={{}}', f'{MINE}?format=toml&version={{}}',
    f'{MINE}?action=diff&old_version=1&version={{}}',
    f'{MINE}?action=diff&version=1&old_version={{}}'],
    ids=['shown', 'as a file', 'newer', 'older'])
def test_template_version_that_is_no_version_is_refused(
        attacked_site, refused, where, number):
    refused(attacked_site.get(where.format(number)), 400, 404)


@pytest.mark.parametrize('name', cases(**{
    k: v for k, v in TEXTS.items() if not k.startswith('plane_')}))
def test_template_of_any_other_name_is_not_found(attacked_site, refused, name):
    for where in (TEMPLATES, CREATE):
        refused(attacked_site.get(f'{where}/{quote(name, safe="")}'), 400, 404,
                typed=name)


@pytest.mark.parametrize('like', cases(
    nobody='nope', script=MARKUP['script'], null='a\x00b',
    sql=SQL['sql_quote'], long='x' * 60000))
def test_creating_like_an_unknown_campaign_is_refused(attacked_site, refused,
                                                      like):
    refused(attacked_site.get(f'{CREATE}?like={quote(like)}'), 404, 400,
            typed=like)


def test_url_of_a_megabyte_is_refused(attacked_site, refused):
    refused(attacked_site.send('/campaign/' + 'x' * 1000000, method='GET'))


@pytest.mark.parametrize('method', ['PUT', 'DELETE', 'OPTIONS', 'EVIL'])
@pytest.mark.parametrize('where', [PAGE, PAGE + '/gate', SIGN, CREATE, MINE])
def test_http_methods_other_than_get_and_post_are_refused(
        attacked_site, unchanged_site, where, method):
    status, body = attacked_site.by_wsgi(
        method, where, 'act=hold&reason=x&create=1&name=Evil')
    assert status == 405
    assert 'Traceback' not in body


# Forged forms

FORMS = {
    'hold': (PAGE, {'act': 'hold', 'reason': 'x'}),
    'sign': (f'{PAGE}/sign', {'requirement': 'feature-freeze',
                              'verdict': 'rejected', 'statement': 'x'}),
    'several': ('/campaign', {'sel': f'{NAME}/feature-freeze',
                              'statement': 'x'}),
    'create': (CREATE, {'create': '1', 'name': 'Evil',
                        'template': 'path-to-production',
                        'contact:feature-freeze': 'eve'}),
    'steer': (ONE, {'act': 'release', 'release': 'V9', 'reason': 'x'}),
    'staff': (ONE, {'act': 'change', 'contact:feature-freeze': 'eve',
                    'reason': 'x'}),
    'template': (MINE, {'act': 'remove', 'reason': 'x', 'began': '1'}),
    'import': (TEMPLATES, {'act': 'import', 'name': 'evil', 'reason': 'x'}),
}
FORMS = {name: pytest.param(*form, id=name) for name, form in FORMS.items()}


@pytest.mark.parametrize('token', cases(
    empty='', guessed='0' * 24, markup=MARKUP['script']))
@pytest.mark.parametrize(('where', 'fields'), FORMS.values())
def test_a_forged_token_is_refused(attacked_site, refused, where, fields,
                                   token):
    refused(attacked_site.post(where, {**fields, '__FORM_TOKEN': token}), 400)


@pytest.mark.parametrize('kind', ['text/plain', 'application/json'])
@pytest.mark.parametrize(('where', 'fields'), FORMS.values())
def test_post_with_another_content_type_needs_the_token_too(
        attacked_site, refused, where, fields, kind):
    """Trac itself asks for the token of forms only."""
    refused(attacked_site.send(f'{where}?{urlencode(fields)}', b'',
                               headers={'Content-Type': kind}), 400, 403)


@pytest.mark.parametrize(('where', 'fields'), FORMS.values())
def test_post_without_content_needs_the_token_too(
        attacked_site, unchanged_site, where, fields):
    """Of a request without a Content-Type; tracd calls it plain text."""
    status, body = attacked_site.by_wsgi('POST', where, urlencode(fields))
    assert status == 400
    assert 'form token is missing' in body


@pytest.mark.parametrize(('where', 'fields'), FORMS.values())
def test_form_sent_by_get_changes_nothing(attacked_site, unchanged_site, where,
                                          fields):
    query = '&'.join(f'{quote(k)}={quote(v)}' for k, v in fields.items())
    calm(attacked_site.get(f'{where}?{query}'))


@pytest.mark.parametrize(('where', 'fields'), FORMS.values())
@pytest.mark.parametrize('user', ['eve', None])
def test_form_sent_without_its_permission_is_refused(
        attacked_site, refused, where, fields, user):
    refused(attacked_site.post(where, fields, user), 400, 403, 404, 409)


@pytest.mark.parametrize('page', ['SignOffBox', 'GateAnswer',
                                  'CampaignPictures', 'CampaignFeed',
                                  'CampaignCalendar'])
def test_front_page_preference_offers_no_handler_that_is_no_page(client, page):
    offered = client('anna').get('/prefs/userinterface').text
    assert 'CampaignPages' in offered
    assert page not in offered


# What is typed

REFUSED_FORMS = {
    'create': (CREATE, {'create': '1', 'template': 'path-to-production',
                        'enforcement': 'no'}, 'coordinator',
               ('name', 'release', 'start', 'enforcement',
                'contact:feature-freeze', 'quorum:feature-freeze', 'lists')),
    'sign': (SIGN, {'requirement': 'memory-leaks', 'verdict': 'approved'},
             'anna', ('statement', 'verdict', 'value:memory_growth',
                      'link:leak report')),
    'waive': (SIGN, {'requirement': 'memory-leaks', 'verdict': 'waived',
                     'statement': 'x', 'reason': 'nope'}, 'coordinator',
              ('statement', 'reason', 'until', 'bound_max:memory_growth')),
    'steer': (ONE, {'act': 'release', 'reason': ''}, 'coordinator',
              ('release', 'touches', 'act')),
    'staff': (ONE, {'act': 'change', 'reason': '', 'enforcement': 'no'},
              'coordinator',
              ('enforcement', 'contact:feature-freeze',
               'deputies:feature-freeze', 'quorum:feature-freeze')),
    'start': (ONE, {'act': 'reschedule', 'reason': '', 'start': 'x'},
              'coordinator', ('start', 'confirm')),
    'items': (ONE, {'act': 'items', 'reason': '', 'list': 'nope',
                    'item_name': 'CNAF'}, 'coordinator',
              ('list', 'item_name', 'item_weight', 'drop')),
    'template': (MINE, {'act': 'save', 'began': '1', 'text': 'no',
                        'reason': 'x'}, 'coordinator',
                 ('text', 'reason', 'new_name', 'began', 'act')),
}
FIELDS = [pytest.param(where, fields, user, field, id=f'{form} {field}')
          for form, (where, fields, user, names) in REFUSED_FORMS.items()
          for field in names]
SHORT = ('end_of_textarea', 'header', 'plane_2')


@pytest.mark.parametrize('text', cases(
    **{name: TEXTS[name] for name in SHORT}))
@pytest.mark.parametrize(('where', 'fields', 'user', 'field'), FIELDS)
def test_refused_form_shows_its_fields_escaped(
        attacked_site, refused, where, fields, user, field, text):
    answer = refused(attacked_site.post(where, {**fields, field: text}, user),
                     400, 404, 409, typed=text)
    assert text.count('<') == 0 or '<script>alert' not in answer.text


@pytest.mark.parametrize(('where', 'fields', 'user', 'field'), [
    f for f in FIELDS if f.id in ('create name', 'create lists',
                                  'sign statement', 'template reason')])
def test_refused_form_keeps_the_text_of_its_fields(
        attacked_site, refused, where, fields, user, field):
    text = '"><script>alert(1)</script>'
    answer = refused(attacked_site.post(where, {**fields, field: text}, user))
    shown = answer.text.replace('&#34;', '&quot;').replace('&gt;', '>')
    assert escape(text).replace('&gt;', '>') in shown


@pytest.mark.parametrize('text', cases(a_megabyte=MUCH['a_megabyte']))
@pytest.mark.parametrize(('where', 'fields', 'user', 'field'), [
    f for f in FIELDS if f.id in (
        'create name', 'create lists', 'create contact:feature-freeze',
        'sign statement', 'sign value:memory_growth', 'waive until',
        'template text', 'template reason', 'staff deputies:feature-freeze')])
def test_form_field_of_a_megabyte_is_refused(
        attacked_site, refused, where, fields, user, field, text):
    refused(attacked_site.post(where, {**fields, field: text}, user),
            400, 409, 413)


@pytest.mark.parametrize('text', cases(**MUCH))
def test_reason_of_a_megabyte_of_any_characters_is_refused(
        attacked_site, refused, text):
    refused(attacked_site.post(PAGE, {'act': 'hold', 'reason': text}, 'anna'),
            400)


@pytest.mark.parametrize(('where', 'fields', 'user'), [
    pytest.param('/campaign', {'sel': f'{NAME}/feature-freeze'}, 'anna',
                 id='several'),
    pytest.param(f'{PAGE}/sign', {'requirement': 'feature-freeze',
                                  'verdict': 'approved'}, 'anna', id='one'),
    pytest.param(f'{PAGE}/sign', {'requirement': 'feature-freeze',
                                  'verdict': 'rejected'}, 'anna',
                 id='rejecting'),
])
def test_statement_longer_than_the_limit_is_refused_not_cut(
        attacked_site, refused, where, fields, user):
    answer = refused(attacked_site.post(
        where, {**fields, 'statement': 'x' * 10001}, user), 400)
    assert 'has 10001 characters; 10000 are allowed' in answer.text


def multipart(fields, file_field):
    parts = [f'--frontier\r\nContent-Disposition: form-data; name="{k}"'
             f'{"; filename=" + chr(34) + "x.txt" + chr(34) if f else ""}'
             f'\r\n\r\n{v}\r\n' for k, v, f in [
                 *((k, v, k == file_field) for k, v in fields.items())]]
    return (''.join(parts) + '--frontier--\r\n').encode()


@pytest.mark.parametrize(('where', 'fields', 'user', 'field'), FIELDS)
def test_file_sent_in_place_of_a_form_field_is_refused(
        attacked_site, refused, where, fields, user, field):
    token = attacked_site.client(user)._token()
    refused(attacked_site.send(
        where, multipart({'__FORM_TOKEN': token, **fields, field: 'x'},
                         field), user=user,
        headers={'Content-Type': 'multipart/form-data; boundary=frontier'}),
        400, 409)


@pytest.mark.parametrize('text', cases(**NULLS))
@pytest.mark.parametrize(('where', 'fields', 'user'), [
    pytest.param(PAGE, {'act': 'hold', 'reason': 'x{}'}, 'anna', id='hold'),
    pytest.param(f'{PAGE}/sign', {'requirement': 'feature-freeze',
                                  'verdict': 'rejected',
                                  'statement': 'x{}'}, 'anna', id='reject'),
    pytest.param(ONE, {'act': 'change', 'reason': 'x{}',
                       'enforcement': 'strict'}, 'coordinator', id='change'),
    pytest.param(ONE, {'act': 'change', 'reason': 'x',
                       'contact:feature-freeze': 'anna{}'}, 'coordinator',
                 id='contact'),
    pytest.param('/campaign', {'sel': f'{NAME}/feature-freeze',
                               'statement': 'x{}'}, 'anna', id='several'),
    pytest.param(MINE, {'act': 'remove', 'reason': 'x{}', 'began': '1'},
                 'coordinator', id='template'),
])
def test_form_field_with_control_characters_is_refused(
        attacked_site, refused, where, fields, user, text):
    """Databases differ in what they do with a null; people see none of it."""
    refused(attacked_site.post(
        where, {k: v.format(text) for k, v in fields.items()}, user), 400)


# Dates, numbers, units and people

@pytest.mark.parametrize('day', cases(
    word='tomorrow', feb_30='2026-02-30', month_13='2026-13-01',
    year_0='0000-01-01', year_1='0001-01-01', year_9999='9999-12-31',
    year_10000='10000-01-01', with_time='2026-01-01T00:00', week='2026-W01-1',
    negative='-2026-01-01', arabic='\u0662\u0660\u0662\u0666-01-01',
    fullwidth='\uff12\uff10\uff12\uff16-01-01', american='01/02/2026',
    short='2026-1-1', null='2026-01-01\x00', twice='2026-01-01 2026-01-01',
    sql="2026-01-01' --", markup='<b>2026-01-01</b>'))
def test_start_that_is_no_day_is_refused(attacked_site, refused, day):
    refused(attacked_site.post(CREATE, {
        'create': '1', 'name': 'Evil', 'template': 'path-to-production',
        'start': day, 'contact:feature-freeze': 'anna'}), 400, typed=day)
    refused(attacked_site.post(ONE, {'act': 'reschedule', 'start': day,
                                     'reason': 'x'}), 400, typed=day)
    refused(attacked_site.post(SIGN, {
        'requirement': 'memory-leaks', 'verdict': 'waived', 'until': day,
        'reason': 'evidence-missing', 'statement': 'x'}), 400, 409)


@pytest.mark.parametrize('number', cases(
    zero='0', negative='-1', huge='9' * 5000, fraction='1.5', word='two',
    exponent='1e1', hex='0x1', arabic='\u0662', superscript='\u00b2',
    underscore='1_0', infinite='inf', nan='nan', null='1\x00',
    more_than_there_are='3'))
def test_quorum_that_is_no_reachable_number_is_refused(
        attacked_site, refused, number):
    refused(attacked_site.post(CREATE, {
        'create': '1', 'name': 'Evil', 'template': 'path-to-production',
        'contact:feature-freeze': 'anna', 'quorum:feature-freeze': number}),
        400, typed=number)
    refused(attacked_site.post(ONE, {
        'act': 'change', 'reason': 'x', 'quorum:feature-freeze': number}),
        400)


@pytest.mark.parametrize('value', cases(
    word='much', other_unit='1 m', no_such_unit='1 foo/event',
    infinite='inf kB/event', nan='nan kB/event', power='9**9**9**9 kB/event',
    exponent='1e999999999 kB/event', small='1e-999999999 kB/event',
    call='__import__("os").system("true") kB/event',
    attribute='().__class__.__mro__ kB/event', digits='9' * 5000,
    brackets='(' * 1000 + '1' + ')' * 1000, null='1\x00 kB/event',
    arabic='\u0661 kB/event', two='1 kB/event 2 kB/event', comma='1,5',
    unit_only='kB/event', fraction='1/0 kB/event', minus='-',
    dimension_bomb='1 ' + 'kB*' * 2000 + 'kB', markup='<b>1</b> kB/event',
    out_of_bounds='2 kB/event'))
def test_evidence_value_that_is_no_quantity_is_refused(
        attacked_site, refused, value):
    refused(attacked_site.post(SIGN, {
        'requirement': 'memory-leaks', 'verdict': 'approved',
        'statement': 'Fine.', 'value:memory_growth': value,
        'link:leak report': 'https://example.org/'}, 'anna'), 400, 409,
        typed=value)


@pytest.mark.parametrize('link', cases(
    javascript='javascript:alert(1)', data='data:text/html,<script>x',
    file='file:///etc/passwd', relative='//example.org', word='report',
    capitals='JaVaScRiPt:alert(1)', space=' javascript:alert(1)',
    newline='https://example.org/\r\nX-Evil: 1', null='https://e.org/\x00',
    no_host='https://', long='https://example.org/' + 'x' * 100000))
def test_evidence_link_that_is_no_web_address_is_refused(
        attacked_site, refused, link):
    refused(attacked_site.post(SIGN, {
        'requirement': 'memory-leaks', 'verdict': 'approved',
        'statement': 'Fine.', 'value:memory_growth': '0.5 kB/event',
        'link:leak report': link}, 'anna'), 400, 409, typed=link)


@pytest.mark.parametrize('plot', cases(
    up='../../conf/trac.ini', absolute='/etc/passwd', none_such='no.png',
    null='a\x00.png', markup='<b>.png', empty=' '))
def test_plot_that_is_no_attachment_of_its_ticket_is_refused(
        attacked_site, refused, plot):
    refused(attacked_site.post(f'/campaign/{FULL}/sign', {
        'requirement': 'physics-emc', 'verdict': 'approved',
        'statement': 'Fine.', 'plot:cluster energy': plot,
        'reference:cluster energy': plot, 'plot:x': plot,
        'reference:x': plot}, 'bruno'), 400, 409, typed=plot)


@pytest.mark.parametrize('who', cases(
    nobody='nobody-here', group_unknown='@nobody', at='@', comma=',,,x',
    space='an na', markup=MARKUP['attribute'], sql=SQL['sql_quote'],
    header=LINES['header'], long='x' * 10000, right_to_left='\u202eanna',
    cyrillic='\u0430nna', authenticated='authenticated ', null='anna\x00',
    plane_1='\U0001f600'))
def test_contact_who_is_no_user_is_refused(attacked_site, refused, who):
    refused(attacked_site.post(CREATE, {
        'create': '1', 'name': 'Evil', 'template': 'path-to-production',
        'contact:feature-freeze': who}), 400, typed=who)


@pytest.mark.parametrize('deputy', cases(
    word='bruno', reversed='bruno for anna 2026-07-14..2026-07-01',
    nobody='nobody for anna 2026-07-01..2026-07-14',
    for_nobody='bruno for eve 2026-07-01..2026-07-14',
    self='anna for anna 2026-07-01..2026-07-14',
    no_such_day='bruno for anna 2026-07-32..2026-08-01',
    open_end='bruno for anna 2026-07-01..', markup=MARKUP['script'],
    null='bruno for anna 2026-07-01..2026-07-14\x00',
    many='bruno for anna 2026-07-01..2026-07-14\n' * 5000))
def test_deputies_field_that_names_no_valid_deputy_is_refused(
        attacked_site, refused, deputy):
    refused(attacked_site.post(ONE, {
        'act': 'change', 'reason': 'x', 'deputies:feature-freeze': deputy}),
        400, typed=deputy)


# Other people's ids

@pytest.mark.parametrize(('where', 'fields', 'user'), [
    pytest.param(f'{PAGE}/sign', {
        'requirement': 'release-validated', 'verdict': 'approved',
        'statement': 'x'}, 'anna', id="another contact's requirement"),
    pytest.param(f'{PAGE}/sign', {
        'requirement': 'memory-leaks', 'verdict': 'approved',
        'statement': 'x'}, 'anna', id="another campaign's requirement"),
    pytest.param(f'{PAGE}/sign', {
        'requirement': '1', 'verdict': 'approved', 'statement': 'x'},
        'anna', id="a ticket's number for a requirement"),
    pytest.param(f'{PAGE}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'waived',
        'reason': 'awaiting', 'until': '2099-01-01', 'statement': 'x'},
        'anna', id='a waiver by a contact'),
    pytest.param(f'{PAGE}/sign', {
        'requirement': 'release-validated', 'verdict': 'withdrawn',
        'statement': 'x'}, 'anna', id="withdrawing another's"),
    pytest.param('/campaign', {
        'sel': [f'{NAME}/feature-freeze', f'{NAME}/release-validated'],
        'statement': 'x'}, 'anna', id="one's own and another's"),
    pytest.param('/campaign', {
        'sel': f'{FULL}/memory-leaks', 'statement': 'x',
        'value:memory-leaks:memory_growth': '1 furlong'},
        'anna', id='a value in furlongs among several'),
    pytest.param('/campaign', {
        'sel': [f'{FULL}/memory-leaks', f'{NAME}/feature-freeze'],
        'statement': 'x', 'link_all': 'javascript:alert(1)'},
        'anna', id='a script for the link of several'),
    pytest.param('/campaign', {
        'sel': f'{FULL}/memory-leaks', 'statement': 'x',
        'value:memory-leaks:nonsense': '1'}, 'anna',
        id='a value that is not asked for among several'),
    pytest.param('/campaign', {
        'sel': f'{NAME}/feature-freeze', 'statement': 'x',
        'verdict': 'waived'}, 'anna', id='waiving several'),
    pytest.param('/campaign?campaign=%00&site=%FF', {'statement': 'x'},
                 'anna', id='broken filters'),
    pytest.param('/campaign', {'sel': 'nope/nope', 'statement': 'x'},
                 'anna', id='of no campaign'),
    pytest.param('/campaign', {'sel': NAME, 'statement': 'x'}, 'anna',
                 id='without a requirement'),
    pytest.param('/campaign', {'statement': 'x'}, 'anna', id='nothing'),
    pytest.param('/campaign', {
        'sel': [f'{NAME}/feature-freeze'] * 100, 'statement': 'x'},
        'bruno', id='a hundred times'),
    pytest.param(PAGE, {'act': 'launch', 'reason': 'x'}, 'anna',
                 id='launch by a contact'),
    pytest.param(PAGE, {'act': 'resume', 'reason': 'x'}, 'anna',
                 id='resume by a contact'),
    pytest.param(PAGE, {'act': 'release', 'release': 'V9', 'reason': 'x'},
                 'anna', id='release by a contact'),
    pytest.param(PAGE, {'act': 'change', 'contact:feature-freeze': 'eve',
                        'reason': 'x'}, 'eve', id='contact by a stranger'),
    pytest.param(PAGE, {'act': 'abandon', 'reason': 'x'}, 'anna',
                 id='abandon by a contact'),
    pytest.param(PAGE, {'act': '__class__', 'reason': 'x'}, 'coordinator',
                 id='an act that is none'),
])
def test_form_with_ids_of_another_campaign_or_ticket_is_refused(
        attacked_site, refused, where, fields, user):
    refused(attacked_site.post(where, fields, user), 400, 403, 404, 409)


# Trac's own pages, where we stand before them

@pytest.mark.parametrize('field', ['comment', 'field_summary',
                                   'action_resolve_resolve_resolution'])
@pytest.mark.parametrize('text', cases(
    script=MARKUP['script'], null='a\x00b', sql=SQL['sql_comment'],
    header=LINES['header'], plane_16=PLANES['plane_16']))
def test_sign_off_ticket_is_not_closed_by_who_may_not_sign(
        attacked_site, unchanged_site, field, text):
    answer = attacked_site.post(
        f'/ticket/{attacked_site.tickets["feature-freeze"]}', {
        'action': 'resolve', 'submit': '1', 'comment': 'x',
        'action_resolve_resolve_resolution': 'fixed', 'view_time': '0',
        field: text}, 'bruno')
    calm(answer, text if '<' in text else '')


ODD_DAYS = {
    'word': 'yesterday week', 'null': '2026-01-01\x00', 'far': '99999-01-01',
    'markup': MARKUP['script'], 'year_0': '0000-00-00', 'long': '9' * 10000,
    'sql': "2026-01-01'; --"}


def stage_saved(attacked_site, day, **dates):
    stage = f'{NAME}: 1. Software preparation'
    calm(attacked_site.post(f'/milestone/{quote(stage)}', {
        'action': 'edit', 'save': '1', 'name': stage, **dates}, 'eve'),
        day if '<' in day else '')


@pytest.mark.parametrize('day', cases(**ODD_DAYS, now='2026-01-01T00:00:00Z'))
def test_milestone_with_an_odd_completion_date_is_not_closed(
        attacked_site, unchanged_site, day):
    stage_saved(attacked_site, day, completed='on', completeddate=day)


@pytest.mark.parametrize('day', cases(**ODD_DAYS))
def test_milestone_with_an_odd_due_date_is_not_changed(attacked_site,
                                                       unchanged_site, day):
    stage_saved(attacked_site, day, due='on', duedate=day)

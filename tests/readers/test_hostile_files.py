"""Files of strangers: refused with words, at a bounded cost."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
import subprocess
import sys
from pathlib import Path

import pytest

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.evidence_readers.choice import BUILT_IN, read_evidence
from prodworkflow.evidence_readers.evidence_file import BYTES_MAX
from support.evidence_files import refusal

ROOT = Path(__file__).parents[2]
MIB = 2**20
SUITE = b'<testsuite><testcase name="x"/></testsuite>'
LAUGHS = (b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
          + b''.join(b'<!ENTITY %c "%s">' % (98 + i, b'&%c;' % (97 + i) * 10)
                     for i in range(9))
          + b']><testsuite><testcase name="&j;"/></testsuite>')
EXTERNAL = (b'<!DOCTYPE testsuite [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            b'<testsuite><testcase name="x">&x;</testcase></testsuite>')
DEEP = 50_000


@pytest.mark.parametrize(('content', 'words'), [
    pytest.param(b'', 'The file is empty', id='empty'),
    pytest.param(b' \n\t ', 'The file is empty', id='only spaces'),
    pytest.param(b'hello', 'No reader knows this file', id='words'),
    pytest.param(b'\x00\xff' * 500, 'No reader', id='binary'),
    pytest.param(b'root\x00\x00', 'No reader', id='ROOT file'),
    pytest.param(b'<html><body/></html>', 'No reader', id='a web page'),
    pytest.param(LAUGHS, 'document type or entities', id='billion laughs'),
    pytest.param(EXTERNAL, 'document type or entities', id='external'),
    pytest.param(b'<!DOCTYPE testsuite SYSTEM "http://127.0.0.1/x.dtd">'
                 + SUITE, 'document type', id='external document type'),
    pytest.param(SUITE[:-3], 'at line 1, column', id='XML cut off'),
    pytest.param(b'<?xml version="1.0" encoding="klingon"?>' + SUITE,
                 'encoding|breaks off', id='unknown encoding'),
    pytest.param(b'<testsuite>' * 200, 'more than 100 deep', id='deep XML'),
    pytest.param(b'{"a": NaN}', 'NaN, which is no number', id='NaN'),
    pytest.param(b'{"a": -Infinity}', '-Infinity', id='infinity'),
    pytest.param(b'{"a": 1e-99999999999999999999}', 'too long or too large',
                 id='endless exponent'),
    pytest.param(b'{"a": 1e400}', 'too long or too large', id='large number'),
    pytest.param(b'{"a": 1e999999999999}', 'too long or too large',
                 id='number that fills the memory'),
    pytest.param(b'{"a": ' + b'9' * 5000 + b'}', 'too long', id='digits'),
    pytest.param(b'{"a": 0.' + b'9' * 5000 + b'}', 'too long',
                 id='digits after the point'),
    pytest.param(b'[' * DEEP + b']' * DEEP, 'nested too deeply|breaks off',
                 id='deep JSON'),
    pytest.param(b'{"a":' * DEEP + b'1' + b'}' * DEEP, 'nested too deeply',
                 id='deep objects'),
    pytest.param(b'{"a": "3/1', 'line 1, column', id='JSON cut off'),
    pytest.param(b'{"a": 1} {"a": 2}', 'line 1, column 10', id='two values'),
    pytest.param(b'{"a": "\xff"}', 'not UTF-8 at byte 8', id='no UTF-8'),
    pytest.param('{"a": 1}'.encode('utf-16'), 'Save it as UTF-8', id='UTF-16'),
    pytest.param(b'\xfe\xff' + '{"a": 1}'.encode('utf-16-be'),
                 'Save it as UTF-8', id='UTF-16 of the other end'),
    pytest.param(SUITE.decode().encode('utf-32'), 'Save it as UTF-8',
                 id='UTF-32'),
    *(pytest.param(pack(SUITE), 'Unpack it', id=pack.__module__)
      for pack in (gzip.compress, bz2.compress, lzma.compress)),
    pytest.param(b'PK\x03\x04' + bytes(50), 'Unpack it', id='zip')])
def test_file_is_refused_with_words(content, words):
    said = refusal(content)
    assert any(each in said for each in words.split('|')), said


HUGE = {
    'too many bytes': "b'[' + b' ' * (17 * 2**20) + b']'",
    'too many values': "b'[' + b'[],' * (5 * 2**20) + b'0]'",
    'too many elements': "b'<testsuite>' + b'<a/>' * (3 * 2**20)",
    'as many attributes as possible': "b'<testsuite>' + b'<a %s/>' % "
        "b' '.join(b'a%d=\"\"' % i for i in range(299_000))",
    'too many attributes': "b'<testsuite>' + b'<a %s/>' % b' '.join("
                           "b'a%d=\"\"' % i for i in range(10**6))",
    'one long token': "b'<testsuite a=\"' + b'x' * (15 * 2**20)",
    'laughs in bytes': repr(LAUGHS),
    'deep JSON': "b'[' * 500000 + b']' * 500000",
    'backslashes': "b'{\"a\": \"' + b'\\\\\\\\' * (7 * 2**20) + b'\"}'",
    'long line': "b'000 (1.0.0) 2026-01-01 00:00:00 x' + b'.' * (15*2**20)",
    'ends only': "b'000 (1.0.0) 2026-01-01 00:00:00 x\\n' + b'...\\n' * 2**20",
    'runs only': "b'\\tCommand being timed: \"x\"\\n' * 10**6",
    'processes only': "b'<valgrindoutput>' + b'</valgrindoutput>' * 10**6",
    'snapshots only': "b'desc: x\\ncmd: x\\ntime_unit: i\\n' + "
                      "b'snapshot=1\\n' * 10**6",
    'rows only': "b'Time wtime pss\\n' + b'1 1 1\\n' * 2 * 10**6",
    'wide rows': "b'Time wtime pss\\n' + b'12 ' * 5 * 10**6",
    'wide head': "b'Time wtime pss ' + b'12 ' * 5 * 10**6",
    'wide run': "b'\\tCommand being timed: \"x\"\\n' + WIDE",
    'wide log': "b'000 (1.0.0) 2026-01-01 00:00:00 ' + WIDE + b'\\n...\\n'",
    'wide JSON': "b'{\"a\": \"' + WIDE + b'\"}'",
    'wide XML': "b'<testsuite>' + WIDE + b'</testsuite>'",
    'spaces': "b'\\tCommand being timed: \"x\"\\n' + b' \\n' * 7 * 2**20",
    'as many elements as possible': "b'<testsuite>' + "
        "b'<testcase/>' * 199_000 + b'<testsuite>'",
    'names': "('{' + ','.join('\"a%d\":1' % i for i in range(5*10**5))"
             " + '}').encode()"}
# Half of the benchmarks of these are broken, each has its own name.
LARGE = {
    'Google Benchmark': "made('context', '\"real_time\": 1, '"
        "'\"cpu_time\": 1, '"
        "'\"time_unit\": \"ns\"', 38_000)",
    'pytest-benchmark': "made('machine_info', '\"stats\": {\"rounds\": 1, '"
        "'\"median\": 1, \"min\": 1, \"mean\": 1, \"stddev\": 0}', 30_000)",
    'HTCondor': "b''.join(b'005 (%d.0.0) 2026-04-09 00:44:53 x\\n(1) Normal '"
        "b'termination (return value 0)\\n...\\n' % i for i in range(1, "
        "60_000))",
    'condor_history': "('[' + ','.join('{\"ClusterId\": %d, \"ProcId\": 0, '"
        "'\"JobStatus\": 4, \"ExitCode\": 0}' % i for i in range(75_000))"
        " + ']').encode()",
    'JUnit': "b'<testsuite>' + b''.join(b'<testcase name=\"%d\"><failure/>'"
        "b'</testcase>' % i for i in range(99_000)) + b'</testsuite>'",
    'prmon': "b'Time\\twtime\\tpss\\n' + b''.join(b'%d\\t%d\\t%d\\n' % ("
        "i, i, i % 977) for i in range(190_000))"}
# The most memory of the process that reads the file.  getrusage tells that of
# the one which started it, where that is larger; Linux's own page does not.
SCRIPT = '''
import pathlib, re, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.evidence_readers.choice import read_evidence
read_evidence(b'<testsuite><testcase name="x"/></testsuite>')
WIDE = b'\\xf0\\x9f\\x98\\x80' + b'x' * (15 * 2**20)
def made(head, members, count):
    return ('{"%s": {}, "benchmarks": [%s]}' % (head, ','.join(
        '{"name": "a%d", %s}, {"name": "b%d"}' % (i, members, i)
        for i in range(count)))).encode()
content = eval(sys.argv[1])
try:
    read_evidence(content)
except UnreadableEvidence as refused:
    error = refused
else:
    error = 'read'
status = pathlib.Path('/proc/self/status').read_text()
print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) // 1024, error)
'''


@pytest.mark.parametrize('made', HUGE.values(), ids=HUGE.keys())
def test_huge_file_is_refused_within_10_s_of_cpu_and_200_mib(made):
    told = subprocess.run([sys.executable, '-c', SCRIPT, made], text=True,
                          capture_output=True, check=True, cwd=ROOT).stdout
    memory, words = told.split(' ', 1)
    assert words not in ('', 'read\n')
    assert int(memory) < 200


@pytest.mark.parametrize('made', LARGE.values(), ids=LARGE.keys())
def test_file_of_very_many_takes_no_more(made):
    """A reader whose work grows by the square would not end."""
    told = subprocess.run([sys.executable, '-c', SCRIPT, made], text=True,
                          capture_output=True, check=True, cwd=ROOT).stdout
    memory, words = told.split(' ', 1)
    assert words == 'read\n' or '10000 is the limit' in words
    assert int(memory) < 200


def test_file_larger_than_the_limit_is_not_even_looked_at():
    assert '16 MiB' in refusal(b'x' * (BYTES_MAX + 1))


DOCUMENTS = [
    {'Max': {'pss': 1, 'wtime': 2}, 'Avg': {}, 'Units': {'Max': {}},
     'prmon': {'Version': 'x'}},
    [{'ClusterId': 1, 'ProcId': 0, 'JobStatus': 4, 'ExitCode': 0,
      'NumJobStarts': 1, 'GlobalJobId': 'a#1'}],
    {'meta': {'Slurm': {'release': 'x'}}, 'errors': [], 'jobs': [
        {'job_id': 1, 'state': {'current': ['COMPLETED']},
         'exit_code': {'status': ['SUCCESS'], 'return_code': {
             'set': True, 'infinite': False, 'number': 0}},
         'time': {'start': 1}, 'steps': [{'tres': {'requested': {'max': [
             {'type': 'mem', 'count': 1}]}}}]}]},
    {'context': {'date': 'x'}, 'benchmarks': [
        {'name': 'a', 'real_time': 1, 'cpu_time': 1, 'time_unit': 'ns'}]},
    {'machine_info': {'node': 'x'}, 'commit_info': {'id': 'x'},
     'benchmarks': [{'name': 'a', 'stats': {
         'rounds': 1, 'median': 1, 'min': 1, 'mean': 1, 'stddev': 0}}]}]
ODD = [None, True, -1, 0, 10**39, 1.5, '', 'x', [], {}, [None], [[]],
       {'a': None}, ['x', 5]]


def places(value):
    """All containers of a JSON document with the keys of their members."""
    if isinstance(value, (dict, list)):
        for key in list(value) if isinstance(value, dict) else range(
                len(value)):
            yield value, key
            yield from places(value[key])


@pytest.mark.parametrize('document', DOCUMENTS)
def test_wrong_types_anywhere_are_read_or_refused_with_words(document):
    """Every member in turn is of every other type."""
    text = json.dumps(document)
    assert read_evidence(text.encode())
    for i in range(len(list(places(document)))):
        for odd in ODD:
            changed = json.loads(text)
            where, key = list(places(changed))[i]
            where[key] = odd
            read_or_refuse(json.dumps(changed).encode())


TEXTS = [
    SUITE, b'<valgrindoutput><tool>memcheck</tool><status><state>FINISHED'
    b'</state></status></valgrindoutput>',
    b'desc: x\ncmd: x\ntime_unit: ms\nsnapshot=0\ntime=1\nmem_heap_B=5\n'
    b'mem_heap_extra_B=0\nmem_stacks_B=0\nheap_tree=empty\n',
    b'Time\twtime\tpss\trss\n1\t0\t5\t5\n2\t1\t6\t6\n',
    b'\tCommand being timed: "x"\n\tElapsed (x): 0:01.00\n\tExit status: 0\n',
    b'000 (1.0.0) 04/09 17:44:53 Job submitted\n...\n005 (1.0.0) 04/09 17:'
    b'44:54 Job terminated.\n\t(1) Normal termination (return value 0)\n...\n']


@pytest.mark.parametrize('text', TEXTS)
def test_every_beginning_and_random_damage_is_read_or_refused(text):
    assert read_evidence(text)
    chance = random.Random(7)
    for end in range(len(text)):
        read_or_refuse(text[:end])
    for _ in range(500):
        damaged = bytearray(text)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(text))] = chance.randrange(256)
        read_or_refuse(bytes(damaged))


def read_or_refuse(content):
    try:
        readings = read_evidence(content)
    except UnreadableEvidence as error:
        assert str(error)
    else:
        assert readings


LONG = 'x' * 10**6 + '\x00\ud800'


@pytest.mark.parametrize('document', DOCUMENTS)
def test_texts_of_files_are_printable_and_short_before_they_are_shown(
        document):
    """Every text in turn is endless and holds what no database keeps."""
    text = json.dumps(document)
    for i in range(len(list(places(document)))):
        changed = json.loads(text)
        where, key = list(places(changed))[i]
        where[key] = LONG
        try:
            readings = read_evidence(json.dumps(changed).encode())
        except UnreadableEvidence as error:
            shown = [str(error)]
        else:
            shown = [str(words) for reading in readings
                     for words in (reading.name, reading.counted,
                                   *reading.unread, *reading.questions,
                                   *vars(reading.provenance).values())]
        assert all(len(each) < 900 and each.isprintable() for each in shown)


def test_each_reader_has_a_document_here():
    read = {read_evidence(each)[0].name.partition(':')[0] for each in (
        *TEXTS, *(json.dumps(each).encode() for each in DOCUMENTS))}
    assert read == {reader.name for reader in BUILT_IN} - {'json'}

"""Template fuzzing: strange texts for the parser, and what they may cost.

``python tests/tools/template_fuzz.py 600`` goes on for ten minutes; the suite
takes a short look at each of the same.
"""

from __future__ import annotations

import random
import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.parser import parse, WORDS

ROOT = Path(__file__).parents[2]
SEEDS = [(ROOT / 'tests' / 'data' / 'full.toml').read_text(encoding='utf-8')]
SECONDS, BYTES = 1.0, 100 * 2**20
HUGE = 240_000

# Of about as many characters as are asked for.
GROWING: dict[str, Callable[[int], str]] = {
    'nested arrays': lambda n: 'a = ' + '[' * n,
    'nested and closed': lambda n: 'a = ' + '[' * (n // 2) + ']' * (n // 2),
    'nested tables': lambda n: 'a = ' + '{a=' * (n // 3),
    'long dotted key': lambda n: '.'.join('a' * (n // 2)) + ' = 1',
    'long dotted header': lambda n: f'[{".".join("a" * (n // 2))}]',
    'long quoted dotted key': lambda n: '."a"' * (n // 4) + ' = 1',
    'dotted key in a table':
        lambda n: 'a = {' + '.'.join('a' * (n // 2)) + ' = 1}',
    'dotted keys behind a comma':
        lambda n: 'a = {b = 1, ' + 'a . ' * (n // 4) + '= 1}',
    'huge number': lambda n: 'a = ' + '9' * n,
    'huge number with lines': lambda n: 'a = ' + '9_' * (n // 2) + '9',
    'huge hexadecimal': lambda n: 'a = 0x' + 'f' * n,
    'many unknown words':
        lambda n: '\n'.join(f'a{k} = 1' for k in range(n // 9)),
    'many headers': lambda n: '\n'.join(f'[a{k}]' for k in range(n // 9)),
    'many tables': lambda n: '[[stage]]\n' * (n // 10),
    'many deep tables':
        lambda n: '[[stage]]\n' + '[[stage.requirement]]\n' * (n // 24),
    'one long word': lambda n: 'a' * n + ' = 1',
    'one long header': lambda n: '[' + ' ' * n,
    'spaces within a header': lambda n: '[a' + ' ' * n + 'b',
    'quotes': lambda n: '"' * n,
    'apostrophes': lambda n: "'" * n,
    'backslashes': lambda n: 'a = "' + '\\\\' * (n // 2),
    'escapes': lambda n: 'a = "' + '\\u0041' * (n // 6) + '"',
    'comments': lambda n: '# a\n' * (n // 4),
    'braces': lambda n: '{' * n,
    'placeholders':
        lambda n: 'title = "t"\ndescription = "' + '{a}' * (n // 3)
        + '"\n[[stage]]\nkey = "a"',
    'placeholders that nothing stands for': lambda n: SEEDS[0].replace(
        'description = """', 'description = """' + '{a}\n' * (n // 12), 3),
    'many items': lambda n: 'lists.s = [' + '"a",' * (n // 4) + ']',
    'many values':
        lambda n: SEEDS[0] + '\n[[stage.requirement.value]]' * (n // 30),
    'many inputs': lambda n: 'inputs = [' + '"a", ' * (n // 5) + ']',
    'requirements times items': lambda n: (
        'title = "T"\n[lists]\ns = [' + ','.join(
            f'"s{k}"' for k in range(n // 70)) + ']\n[[stage]]\nkey = "a"\n'
        'title = "A"\n' + ''.join(
            f'[[stage.requirement]]\nkey = "r{k}"\ntitle = "R"\n'
            'for_each = "s"\n' for k in range(n // 70))),
}
BOMBS = {
    **{name: text(HUGE) for name, text in GROWING.items()},
    'huge exponent': '[[lists.s]]\nname = "a"\nweight = 1e999999999',
    'huge weight': f'[[lists.s]]\nname = "a"\nweight = {"9" * 300}',
    'not a number': '[[lists.s]]\nname = "a"\nweight = nan',
    'infinity': '[[lists.s]]\nname = "a"\nweight = -inf',
    'units': SEEDS[0].replace('"kB/event"', '"' + 'kB*' * 20 + 'kB"'),
    'powers': SEEDS[0].replace('"kB/event"', '"m**999999999"'),
    'amounts': SEEDS[0].replace('"4 GB"', '"9e99 GB"'),
    'lone surrogates': 'title = "\ud800"',
    'null': 'title = "\x00"',
    'a byte order mark': '\ufefftitle = "T"',
    'one megabyte': '#' * 1_000_000,
    'more than that': '#' * 5_000_000,
}


def outcome(text: str) -> str:
    """What came of a text; AssertionError if it is not what may come."""
    try:
        assert isinstance(parse(text), Template)
        return 'template'
    except TemplateError as error:
        lines = text.count('\n') + 1
        assert error.problems
        assert all(1 <= p.line <= lines and p.path and p.words
                   for p in error.problems), error
        assert len(str(error)) < 100_000
        return 'error'


def seconds(text: str) -> float:
    """Of the processor, that a text takes."""
    begun = time.process_time()
    outcome(text)
    return time.process_time() - begun


def size(text: str) -> int:
    """Bytes at the most that a text takes."""
    tracemalloc.start()
    try:
        outcome(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


_words = st.sampled_from([
    *(w for words in WORDS.values() for w in words), '[', ']', '[[', ']]',
    '[[stage]]', '[[stage.requirement]]', '[[stage.requirement.value]]',
    '[lists]', '[[lists.sites]]', '[freeze]', '[stage.requirement.fields]',
    '=', '.', ',', '{', '}', '"', "'", '"""', "'''", '\n', ' ', '#', '\\',
    'true', '-1', '0', '1e9', '1979-05-27', 'inf', 'nan', '"a"', '"sites"',
    '["a", "b"]', '{name = "A", weight = 2}', '"all"', '"at_least = 2"',
    '"weight >= 0.9"', '"{site}"', '"{campaign}"', '"kB/event"', '"10 %"'])
texts = (st.text() | st.lists(_words, max_size=60).map(' '.join)
         | st.lists(_words, max_size=60).map('\n'.join))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A good template, cut and mended in some places."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 30))
        put = draw(_words | st.text(max_size=5))
        text = text[:place] + put + text[place + gone:]
    return text


@st.composite
def reworded(draw: st.DrawFn) -> str:
    """A good template in which other values stand for some words."""
    text = draw(st.sampled_from(SEEDS))
    lines = text.split('\n')
    keyed = [n for n, line in enumerate(lines) if re.match(r'\w+ =', line)]
    for n in draw(st.lists(st.sampled_from(keyed), max_size=5)):
        word = lines[n].partition(' =')[0]
        value = draw(_words | st.text(max_size=8).map(repr))
        lines[n] = f'{draw(st.sampled_from([word, word, "for_each"]))} = ' \
                   f'{value}'
    return '\n'.join(lines)


def main(duration: float) -> None:
    """Try texts for so many seconds; the first that may not be is shown."""
    from hypothesis import given, HealthCheck, settings
    end, tried, took, most = time.monotonic() + duration, 0, 0.0, 0
    for name, text in BOMBS.items():
        took, most = max(took, seconds(text)), max(most, size(text))
        assert took < SECONDS, (name, took)
        assert most < BYTES, (name, most)
    while time.monotonic() < end:
        @settings(max_examples=200, deadline=None, database=None,
                  suppress_health_check=list(HealthCheck))
        @given(texts | damaged() | reworded())
        def attempt(text: str) -> None:
            nonlocal tried, took
            tried, took = tried + 1, max(took, seconds(text))
            assert took < SECONDS, (took, text)
        attempt._hypothesis_internal_use_seed = random.randrange(2**32)
        attempt()
    print(f'{tried} texts and {len(BOMBS)} bombs: templates and errors with '
          f'lines only; at most {took:.2f} s and {most / 2**20:.0f} MB')


if __name__ == '__main__':
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600)

"""Strange texts for the template parser, and how long it may take over them.

``python tests/template_fuzz.py 600`` goes on for ten minutes; the suite takes
a short look at each of the same.
"""

from __future__ import annotations

import random
import re
import sys
import time
import tracemalloc
from pathlib import Path

from hypothesis import strategies as st

from prodworkflow.template import parse, Template, TemplateError, WORDS

ROOT = Path(__file__).parents[1]
SEEDS = [(ROOT / 'tests' / 'data' / 'full.toml').read_text(encoding='utf-8')]
SECONDS, BYTES = 1.0, 100 * 2**20
HUGE = 240_000

BOMBS = {
    'nested arrays': 'a = ' + '[' * HUGE,
    'nested and closed': 'a = ' + '[' * 100_000 + ']' * 100_000,
    'nested tables': 'a = ' + '{a=' * 80_000,
    'long dotted key': '.'.join('a' * 100_000) + ' = 1',
    'long dotted header': f'[{".".join("a" * 100_000)}]',
    'long quoted dotted key': '."a"' * 60_000 + ' = 1',
    'dotted key in a table': 'a = {' + '.'.join('a' * 100_000) + ' = 1}',
    'dotted keys behind a comma': 'a = {b = 1, ' + 'a . ' * 60_000 + '= 1}',
    'huge number': 'a = ' + '9' * HUGE,
    'huge number with lines': 'a = ' + '9_' * 100_000 + '9',
    'huge hexadecimal': 'a = 0x' + 'f' * HUGE,
    'huge exponent': '[[lists.s]]\nname = "a"\nweight = 1e999999999',
    'huge weight': f'[[lists.s]]\nname = "a"\nweight = {"9" * 300}',
    'not a number': '[[lists.s]]\nname = "a"\nweight = nan',
    'infinity': '[[lists.s]]\nname = "a"\nweight = -inf',
    'many unknown words': '\n'.join(f'a{n} = 1' for n in range(25_000)),
    'many headers': '\n'.join(f'[a{n}]' for n in range(25_000)),
    'many tables': '[[stage]]\n' * 24_000,
    'many deep tables': '[[stage]]\n' + '[[stage.requirement]]\n' * 10_000,
    'one long word': 'a' * HUGE + ' = 1',
    'one long header': '[' + ' ' * HUGE,
    'spaces within a header': '[a' + ' ' * HUGE + 'b',
    'quotes': '"' * HUGE,
    'apostrophes': "'" * HUGE,
    'backslashes': 'a = "' + '\\\\' * 100_000,
    'escapes': 'a = "' + '\\u0041' * 40_000 + '"',
    'comments': '# a\n' * 60_000,
    'braces': '{' * HUGE,
    'placeholders': 'title = "t"\ndescription = "'
                    + '{a}' * 70_000 + '"\n[[stage]]\nkey = "a"',
    'placeholders that nothing stands for': SEEDS[0].replace(
        'description = """', 'description = """' + '{a}\n' * 9_000, 3),
    'many items': 'lists.s = [' + '"a",' * 60_000 + ']',
    'many values': SEEDS[0] + '\n[[stage.requirement.value]]' * 8_000,
    'many inputs': 'inputs = [' + '"a", ' * 40_000 + ']',
    'requirements times items': (
        'title = "T"\n[lists]\ns = [' + ','.join(
            f'"s{n}"' for n in range(2000)) + ']\n[[stage]]\nkey = "a"\n'
        'title = "A"\n' + ''.join(
            f'[[stage.requirement]]\nkey = "r{n}"\ntitle = "R"\n'
            'for_each = "s"\n' for n in range(2000))),
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


def measured(text: str) -> tuple[float, int]:
    """Seconds of the processor, and bytes at the most, that a text takes."""
    tracer = sys.gettrace()
    sys.settrace(None)  # what coverage.py takes is not the parser's
    begun = time.process_time()
    outcome(text)
    took = time.process_time() - begun
    sys.settrace(tracer)
    tracemalloc.start()
    try:
        outcome(text)
        return took, tracemalloc.get_traced_memory()[1]
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


def main(seconds: float) -> None:
    """Try texts for so long; the first that may not be is shown."""
    from hypothesis import given, HealthCheck, settings
    end, tried = time.monotonic() + seconds, 0
    worst: tuple[float, int] = (0.0, 0)
    for name, text in BOMBS.items():
        took, size = measured(text)
        worst = max(worst[0], took), max(worst[1], size)
        assert took < SECONDS, (name, took)
        assert size < BYTES, (name, size)
    while time.monotonic() < end:
        @settings(max_examples=200, deadline=None, database=None,
                  suppress_health_check=list(HealthCheck))
        @given(texts | damaged() | reworded())
        def attempt(text: str) -> None:
            nonlocal tried, worst
            tried += 1
            begun = time.process_time()
            outcome(text)
            took = time.process_time() - begun
            worst = max(worst[0], took), worst[1]
            assert took < SECONDS, (took, text)
        attempt._hypothesis_internal_use_seed = random.randrange(2**32)
        attempt()
    print(f'{tried} texts and {len(BOMBS)} bombs: templates and errors with '
          f'lines only; at most {worst[0]:.2f} s and '
          f'{worst[1] / 2**20:.0f} MB')


if __name__ == '__main__':
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600)

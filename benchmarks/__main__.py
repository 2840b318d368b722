"""`python -m benchmarks`: what the plugin costs beside Trac itself."""

from __future__ import annotations

import argparse
import sys

from .cases import CASES
from .measuring import measure
from .world import Scale, World

DEFAULT = (Scale(1, 10000), Scale(100, 20000))


def main(argv=None):
    given = arguments().parse_args(argv)
    missed = 0
    for scale in scales(given):
        print(f'\n{scale}\n{HEAD}', flush=True)
        world = World(scale)
        try:
            for case in CASES:
                if given.only and not any(w in case.name
                                          for w in given.only):
                    continue
                rounds = given.rounds // 6 if case.heavy else given.rounds
                result = measure(world, case, rounds)
                missed += not result.met
                print(line(result), flush=True)
        finally:
            world.close()
    return bool(missed)


def arguments():
    parser = argparse.ArgumentParser(prog='python -m benchmarks',
                                     description=__doc__)
    parser.add_argument('--scale', action='append', default=[],
                        metavar='UNDERWAY,TICKETS[,FINISHED]')
    parser.add_argument('--rounds', type=int, default=20)
    parser.add_argument('--only', action='append', default=[])
    return parser


def scales(given):
    return [Scale(*map(int, text.split(','))) for text in given.scale
            ] or DEFAULT


HEAD = (f'{"":30}{"CPU ms":>16}{"SQL":>12}{"ratio":>8}{"quartiles":>14}'
        f'{"target":>8}\n{"":30}{"with":>8}{"plain":>8}{"with":>6}'
        f'{"plain":>6}')


def line(result):
    ours, plain = result.with_plugin, result.plain
    low, high = result.spread
    target = f'{result.target:.2f}' if result.target else ''
    return (f'{result.case:30}{ours.cpu:8.1f}{plain.cpu:8.1f}'
            f'{ours.statements:6}{plain.statements:6}{result.ratio:8.3f}'
            f'{low:7.2f}{high:7.2f}{target:>8}'
            f'{"" if result.met else "  missed"}')


if __name__ == '__main__':
    sys.exit(main())

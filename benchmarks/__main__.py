"""What the plugin costs beside Trac itself, and whether targets are met."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import sys
from pathlib import Path

from .cases import CASES
from .measuring import measure
from .report import draw, HEAD, keep, line, machine
from .soak import soak
from .world import Scale, World

DEFAULT = ('1,10000', '100,20000', '100,100000')
FULL = ('1,10000', '100,20000', '100,20000,900', '100,100000', '1000,100000')
HEAVY = 5


def main(argv=None):
    given = arguments().parse_args(argv)
    if given.soak:
        return not soak(given.soak)
    print(machine())
    results = []
    for database in given.database or ['sqlite']:
        with serving(database) as new:
            for scale in scales(given, database):
                results += at_scale(scale, given, new())
                if given.json:
                    keep(given.json, results)
    if given.plots:
        draw(given.plots, results)
    missed = [r for r in results if not r.met]
    print(f'\n{len(missed)} of {sum(bool(r.target) for r in results)} '
          'targets missed')
    return bool(missed) and given.strict


def arguments():
    parser = argparse.ArgumentParser(prog='python -m benchmarks',
                                     description=__doc__)
    parser.add_argument(
        '--scale', action='append', metavar='UNDERWAY,TICKETS[,FINISHED]',
        help=f'campaigns and tickets (default: {" and ".join(DEFAULT)}); '
             'may be given more than once')
    parser.add_argument('--full', action='store_true', help='at the scales '
                        + ' and '.join(FULL))
    parser.add_argument(
        '--database', action='append', choices=('sqlite', 'postgres'),
        help='a server is started on loopback where it takes one')
    parser.add_argument('--rounds', type=int, default=15, help='how often '
                        'each thing is done (default: %(default)s)')
    parser.add_argument('--only', action='append', metavar='WORDS',
                        help='only the cases whose names have these words')
    parser.add_argument('--strict', action='store_true',
                        help='exit with 1 where a target is missed')
    parser.add_argument('--json', metavar='FILE', help='keep the results')
    parser.add_argument('--plots', metavar='FOLDER', help='draw them, too')
    parser.add_argument('--soak', type=int, nargs='?', const=10000,
                        metavar='REQUESTS', help='serve so many requests '
                        '(%(const)s) and watch the memory instead')
    return parser


def scales(given, database):
    """The scales that were asked for."""
    texts = given.scale or (FULL if given.full else DEFAULT)
    return [Scale(*map(int, text.split(',')), database=database)
            for text in texts]


def at_scale(scale, given, database):
    """All results at one scale, printed as they come."""
    print(f'\n{scale}\n{HEAD}', flush=True)
    results = []
    world = World(scale, database)
    try:
        for case in CASES:
            if not given.only or any(w in case.name for w in given.only):
                rounds = HEAVY if case.heavy else given.rounds
                results.append(measure(world, case, rounds))
                print(line(results[-1]), flush=True)
    finally:
        world.close()
    return results


@contextlib.contextmanager
def serving(database):
    """What gives a fresh database's address; None for a file of its own."""
    if database == 'sqlite':
        yield lambda: None
        return
    where = Path(__file__).parents[1] / 'tests' / 'servers.py'
    spec = importlib.util.spec_from_file_location('servers', where)
    servers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(servers)
    server = servers.KINDS[database]()
    server.start()
    try:
        yield server.new
    finally:
        server.stop()


if __name__ == '__main__':
    sys.exit(main())

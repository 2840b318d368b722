"""What the plugin costs beside Trac itself, and whether targets are met."""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import sys
from pathlib import Path

from . import report
from .cases import CASES
from .environments import KEEPING
from .plots import draw
from .results import Results
from .runner import measure
from .site import Scale, Site
from .soak import soak

DEFAULT = ('1,10000', '100,20000', '100,100000')
FULL = {'sqlite': ('1,10000', '100,20000', '100,20000,900', '100,100000',
                   '1000,100000'),
        'postgres': ('1,10000', '100,20000', '1000,100000')}
HEAVY = 6


def main(argv=None):
    given = arguments().parse_args(argv)
    kept = Results.read(given.json)
    if given.soak:
        flat = soak(given.soak, kept)
    elif not given.again:
        measured(given, kept)
    if given.json:
        kept.keep(given.json)
    if given.rst:
        kept.document(given.rst)
    if given.plots and kept.results:
        draw(given.plots, kept.results)
    if given.soak:
        return not flat
    print('\n' + '\n'.join(report.summary(kept.results)))
    return given.strict and bool(report.uneven(kept.results) or [
        r for r in kept.results if not r.met])


def arguments():
    parser = argparse.ArgumentParser(prog='python -m benchmarks',
                                     description=__doc__)
    parser.add_argument(
        '--scale', action='append', metavar='UNDERWAY,TICKETS[,FINISHED]',
        help=f'campaigns and tickets (default: {" and ".join(DEFAULT)}); '
             'may be given more than once')
    parser.add_argument('--full', action='store_true', help='at scales up '
                        'to 1,000 campaigns and 100,000 tickets, on all '
                        'databases; in some twenty minutes')
    parser.add_argument(
        '--database', action='append', choices=tuple(FULL),
        help='a server is started on loopback where it takes one')
    parser.add_argument('--rounds', type=int, default=15, help='how often '
                        'each thing is done (default: %(default)s)')
    parser.add_argument('--patience', type=float, default=10,
                        metavar='SECONDS', help='after which a thing is done '
                        'no more often than needed (default: %(default)s)')
    parser.add_argument('--only', action='append', metavar='WORDS',
                        help='only the cases whose names have these words')
    parser.add_argument('--strict', action='store_true', help='exit with 1 '
                        'where a target is missed or statements grow')
    parser.add_argument('--json', metavar='FILE', help='keep the results')
    parser.add_argument('--plots', metavar='FOLDER', help='draw them, too')
    parser.add_argument('--rst', metavar='FILE', help='write them between '
                        'the marks of docs/development/performance.rst')
    parser.add_argument('--again', action='store_true', help='measure '
                        'nothing: take what --json has kept')
    parser.add_argument('--soak', type=int, nargs='?', const=10000,
                        metavar='REQUESTS', help='serve so many requests '
                        '(%(const)s) and watch the memory instead')
    return parser


def measured(given, kept):
    """Measure all that was asked for; what is kept is there at any moment."""
    print(report.machine())
    kept.machine, kept.results, kept.memory = report.machine(), [], {}
    for database in given.database or (FULL if given.full else ['sqlite']):
        with serving(database) as new:
            for scale in scales(given, database):
                at_scale(scale, given, new(), kept)
                if given.json:
                    kept.keep(given.json)


def scales(given, database):
    """The scales that were asked for."""
    texts = given.scale or (FULL[database] if given.full else DEFAULT)
    return [Scale(*map(int, text.split(',')), database=database)
            for text in texts]


def at_scale(scale, given, database, kept):
    """Gather all results at one scale, printed as they come."""
    print(f'\n{scale}\n{report.HEAD}', flush=True)
    site = Site(scale, database)
    try:
        for case in chosen(scale, given):
            kept.results.append(measure(
                site, case, HEAVY if case.heavy else given.rounds,
                given.patience))
            print(report.line(kept.results[-1]), flush=True)
        kept.memory[str(scale)] = site.memory()
        print('\n' + report.memory(site.memory()))
    finally:
        site.close()


def chosen(scale, given):
    """The cases that were asked for, or else those that tell something."""
    if given.only:
        return [c for c in CASES if any(w in c.name for w in given.only)]
    return [c for c in CASES if scale.aimed or c.with_plugin != KEEPING]


@contextlib.contextmanager
def serving(database):
    """What gives a fresh database's address; None for a file of its own."""
    if database == 'sqlite':
        yield lambda: None
        return
    where = Path(__file__).parents[1] / 'tests' / 'support'
    spec = importlib.util.spec_from_file_location(
        'servers', where / 'database_servers.py')
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
